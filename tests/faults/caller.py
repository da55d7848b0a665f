"""Somebody who calls the public API and does not give up: the same key until it is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle
from typing import Any, Final
from uuid import uuid4

import httpx

from tests.faults.faults import GONE_SECONDS
from tests.faults.ledger import Act, Intent, Ledger, Outcome
from tests.support.plain import WITHOUT_TLS

PATIENCE_SECONDS: Final = 120.0 + GONE_SECONDS
"""Longer than what follows from a write may be held up by the longest absence amid them."""
PAUSE_SECONDS: Final = 0.1
_ADDRESSES: Final = cycle([f"127.0.1.{each}" for each in range(1, 51)])
_AGAIN: Final = frozenset({401, 429, 502, 503, 504})
_AGAIN_CODES: Final = frozenset({"idempotency_key_in_use", "not_known_yet"})


class Unanswered(Exception):
    """Patience ran out: whether the write was done is unknown."""


class Refused(Exception):
    """The write was answered, and not with yes."""


@dataclass
class Caller:
    """One person, signed in by password; signs in anew when the token has run out."""

    http: httpx.AsyncClient
    email: str
    password: str
    ledger: Ledger
    patience: float = PATIENCE_SECONDS
    token: str = field(default="", init=False)

    async def write(
        self,
        thread: int,
        act: Act,
        token: str,
        method: str,
        path: str,
        body: dict[str, Any],
        **headers: str,
    ) -> Any:
        """Do one write and write it down; the answer's body. Raises `Refused`, `Unanswered`."""
        intent = self.ledger.intend(thread, act, token)
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid4())
        answer = await self._until_answered(intent, method, path, body, headers)
        found = answer.json()
        if answer.is_success:
            self.ledger.settled(intent, Outcome.DONE, answer.status_code, str(found.get("id", "")))
            return found
        self.ledger.settled(intent, Outcome.REFUSED, answer.status_code, answer.text[:300])
        raise Refused(f"{method} {path}: {answer.status_code} {answer.text[:300]}")

    async def setup(self, path: str, body: dict[str, Any]) -> Any:
        """A write that sets the stage and stands in no ledger; its answer's body."""
        headers = {"Idempotency-Key": str(uuid4())}
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            answer, why = await self._try("POST", path, body, headers, {})
            if answer is not None:
                assert answer.is_success, answer.text
                return answer.json()
            await asyncio.sleep(PAUSE_SECONDS)
        raise Unanswered(f"POST {path}: {why}")

    @asynccontextmanager
    async def elsewhere(self) -> AsyncIterator[Caller]:
        """The same person at another address: what is limited by address is so for an office, and
        all of a driver's people are at one."""
        transport = httpx.AsyncHTTPTransport(verify=WITHOUT_TLS, local_address=next(_ADDRESSES))
        base, timeout = self.http.base_url, self.http.timeout
        async with httpx.AsyncClient(base_url=base, timeout=timeout, transport=transport) as http:
            there = replace(self, http=http)
            there.token = self.token
            yield there

    async def amend(self, path: str, **changes: Any) -> None:
        """Change what sets the stage, as it is now."""
        match = {"If-Match": f'"{(await self.read(path)).json()["version"]}"'}
        answer, why = await self._try("PATCH", path, changes, match, {})
        assert answer is not None and answer.is_success, answer.text if answer else why

    async def find(self, path: str, name: str, value: str, **query: Any) -> dict[str, Any]:
        """The item of a list whose `name` is `value`, once it is there. Raises `Unanswered`."""
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            items = (await self.read(path, limit=200, **query)).json()["items"]
            for item in items:
                if item[name] == value:
                    return dict(item)
            await asyncio.sleep(PAUSE_SECONDS)
        raise Unanswered(f"{path} {name}={value}")

    async def read(self, path: str, **query: Any) -> httpx.Response:
        """Read until there is an answer other than "try again"."""
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            answer, _ = await self._try("GET", path, None, {}, query)
            if answer is not None:
                return answer
            await asyncio.sleep(PAUSE_SECONDS)
        raise Unanswered(path)

    async def _until_answered(
        self, intent: Intent, method: str, path: str, body: Any, headers: dict[str, str]
    ) -> httpx.Response:
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            answer, why = await self._try(method, path, body, headers, {})
            if answer is not None:
                return answer
            self.ledger.tried(intent, why)
            await asyncio.sleep(PAUSE_SECONDS)
        raise Unanswered(f"{method} {path}")

    async def _try(
        self, method: str, path: str, body: Any, headers: dict[str, str], query: dict[str, Any]
    ) -> tuple[httpx.Response | None, str]:
        """One attempt: the answer, or None and why it is worth another one."""
        try:
            if not self.token:
                await self._sign_in()
            answer = await self.http.request(
                method,
                f"/api/v1{path}",
                json=body,
                params=query,
                headers=headers | {"Authorization": f"Bearer {self.token}"},
            )
        except httpx.HTTPError as error:
            return None, type(error).__name__
        if answer.status_code == 401:
            self.token = ""
        if answer.status_code in _AGAIN or _code(answer) in _AGAIN_CODES:
            return None, f"{answer.status_code} {_code(answer)}"
        return answer, ""

    async def _sign_in(self) -> None:
        form = {"grant_type": "password", "username": self.email, "password": self.password}
        answer = await self.http.post("/api/v1/auth/token", data=form)
        answer.raise_for_status()
        self.token = str(answer.json()["access_token"])


def _code(answer: httpx.Response) -> str:
    """The problem document's code, where the answer is one."""
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        return str(answer.json().get("code", ""))
    return ""
