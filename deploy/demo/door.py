"""The public API as the demonstration calls it: history as an administrator, the rest as oneself.

At most a few calls run at once, and an administrator's calls are spread over several sessions: the
gateway limits each.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from deploy.demo.journal import Journal
from deploy.demo.people import PASSWORD, address
from deploy.supervisor.home import CannotStart
from shared.history import OCCURRED_AT, ON_BEHALF_OF
from shared.http import Client, HTTPError, Response

AT_ONCE: Final = 6
PATIENCE_SECONDS: Final = 60.0
PAUSE_SECONDS: Final = 0.25
ADMINISTRATOR: Final = "admin"
SESSIONS: Final = 3
PRECONDITION_FAILED: Final = 412
NOT_FOUND: Final = 404
_AGAIN: Final = frozenset({429, 502, 503})
_LINK: Final = re.compile(r"/invitations/([\w-]{20,})")


class Door:
    """Calls the API at `base`; every write has a `key` and is made once.

    `ids` are people's ids by handle; `who` is such a handle everywhere.
    """

    def __init__(self, http: Client, base: str, journal: Journal) -> None:
        self.ids: dict[str, str] = {}
        self._http = http
        self._base = f"{base}/api/v1"
        self._journal = journal
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tokens: dict[str, str] = {}
        self._signing_in = asyncio.Lock()
        self._turns = itertools.cycle(range(SESSIONS))

    async def get(self, path: str, **query: str) -> Any:
        """The answer to an administrator's GET."""
        return _body(await self._send("GET", path, await self._administrator(), params=query))

    async def ask(self, path: str, *, who: str) -> Any:
        """The answer to a POST of `who` that may be made again."""
        return _body(await self._send("POST", path, await self._token(who)))

    async def mails(self) -> list[dict[str, Any]]:
        """The newest mails of the local mailbox."""
        query = {"limit": "200", "sort": "-at"}
        answer = await self._send("GET", "/dev/mail", await self._administrator(), params=query)
        if answer.status_code == NOT_FOUND:
            raise CannotStart(
                "the demonstration's people come in by the local mailbox, and invented addresses "
                "get no mail: start it without RAPPORT_GATEWAY_SMTP_URL, or with DEMO=0"
            )
        return list(_body(answer)["items"])

    async def come_in(self, text: str, *, name: str | None = None) -> None:
        """Follow the invitation in a text and choose the public password."""
        found = _LINK.search(text)
        if found is None:
            raise CannotStart(f"there is no invitation in {text!r}")
        body = {"token": found[1], "password": PASSWORD, "name": name}
        answer = await self._send("POST", "/auth/invitations/accept", {}, json=body)
        # Called again after an answer that was lost, it finds the link used: they are in already.
        if answer.status_code != NOT_FOUND:
            _body(answer)

    async def write(
        self,
        key: str,
        path: str,
        body: Any = None,
        *,
        who: str,
        at: datetime | None,
        version: int | None = None,
        survey_token: str | None = None,
    ) -> str:
        """What `who` did at a moment of the past, or does now (None); answers the record's id.

        With a `version` it changes that version of a record, else it creates or acts; a
        `survey_token` opens the survey that is answered.
        """
        made = self._journal.find(key)
        if made is not None:
            return made
        if at is None:
            headers = await self._token(who)
        else:
            behalf = {OCCURRED_AT: at.isoformat(), ON_BEHALF_OF: self.ids[who]}
            headers = await self._administrator() | behalf
        if version is None:
            verb = "POST"
            headers["Idempotency-Key"] = self._journal.idempotency_key(key, body)
        else:
            verb = "PATCH"
            headers["If-Match"] = f'"{version}"'
        if survey_token is not None:
            headers["Survey-Token"] = survey_token
        answer = await self._send(verb, path, headers, json=body)
        if answer.status_code == PRECONDITION_FAILED:
            # Changed before, by a load that was broken off just then.
            return self._note(key, None)
        return self._note(key, _body(answer))

    async def upload(self, key: str, path: str, name: str, content: bytes, *, who: str) -> str:
        """A file that `who` hands in now; answers the record's id."""
        made = self._journal.find(key)
        if made is not None:
            return made
        files = {"file": (name, content, "text/csv")}
        headers = await self._token(who)
        headers["Idempotency-Key"] = self._journal.idempotency_key(key, name)
        return self._note(key, _body(await self._send("POST", path, headers, files=files)))

    def _note(self, key: str, answer: Any) -> str:
        identifier = str(answer["id"]) if isinstance(answer, dict) and "id" in answer else ""
        self._journal.write(key, identifier)
        return identifier

    async def _send(
        self, verb: str, path: str, headers: Mapping[str, str], **options: Any
    ) -> Response:
        """Call, and call again while something is not known yet, too busy, or hangs up on us."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            last = time.monotonic() > deadline
            try:
                async with self._places:
                    answer = await self._http.request(
                        verb, f"{self._base}{path}", headers=headers, **options
                    )
            except HTTPError as error:
                if last:
                    raise CannotStart(
                        f"the demonstration could not be loaded: {error!r}"
                    ) from error
            else:
                unknown = answer.status_code == 422 and "not_known_yet" in answer.text
                if last or not (unknown or answer.status_code in _AGAIN):
                    return answer
            await asyncio.sleep(PAUSE_SECONDS)

    async def _administrator(self) -> dict[str, str]:
        return await self._token(ADMINISTRATOR, session=next(self._turns))

    async def _token(self, who: str, session: int = 0) -> dict[str, str]:
        name = f"{who} {session}"
        async with self._signing_in:
            if name not in self._tokens:
                form = {"grant_type": "password", "username": address(who), "password": PASSWORD}
                answer = await self._send("POST", "/auth/token", {}, data=form)
                self._tokens[name] = _body(answer)["access_token"]
        return {"Authorization": f"Bearer {self._tokens[name]}", "Accept-Language": "zh"}


def _body(answer: Response) -> Any:
    if answer.status_code >= 400:
        raise CannotStart(
            f"the demonstration could not be loaded: {answer.request.method} "
            f"{answer.request.url.path} was answered {answer.status_code}: {answer.text[:500]}"
        )
    return answer.json() if answer.content else None
