"""Loads the demonstration through the gateway's public API, as an administrator would.

Every step looks first, so that a load that was broken off is finished at the next start.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from deploy.demo.accounts import enter, knows
from deploy.demo.people import HENGDA, HUAXIN, PASSWORD, PEOPLE
from deploy.supervisor.home import CannotStart, Home
from deploy.supervisor.topology import Engines, dsns
from shared.clock import utc_now
from shared.database import Database
from shared.http import Client, Response, make_client

SAMPLE: Final = Path(__file__).parent / "clients.csv"
PATIENCE_SECONDS: Final = 60.0
Say = Callable[[str], None]


def load(home: Home, address: str, *, say: Say) -> None:
    """Load what is missing of the demonstration; does nothing when it was loaded before."""
    if home.state().get("demo_loaded"):
        return
    say("loading the demonstration")
    asyncio.run(_load(home, address, say))
    home.remember(demo_loaded=True)


async def _load(home: Home, address: str, say: Say) -> None:
    state = home.state()
    engines = Engines(state["postgres_url"], state["nats_url"])
    database = Database(dsns("gateway", engines, home.secrets()), pool_size=2)
    await database.open()
    try:
        firm = [person for person in PEOPLE if person.client is None]
        ids = await enter(database, firm, {})
        async with make_client() as http:
            admin = await sign_in(http, address, "admin@firm.example")
            clients = await _clients(admin, say)
            await _heard_of(database, clients)
            rest = [person for person in PEOPLE if person.client is not None]
            ids |= await enter(database, rest, clients)
            await _owners(admin, ids["manager@firm.example"])
            await _touches(admin, clients[HUAXIN], say)
            await _cases(http, address, admin, ids, say)
    finally:
        await database.close()


class Caller:
    """Somebody who is signed in and calls the API."""

    def __init__(self, http: Client, address: str, token: str) -> None:
        self._http = http
        self._base = f"{address}/api/v1"
        self._headers = {"Authorization": f"Bearer {token}", "Accept-Language": "zh"}

    async def get(self, path: str, **query: str) -> Any:
        """The answer of a GET."""
        return _body(
            await self._http.get(f"{self._base}{path}", params=query, headers=self._headers)
        )

    async def post(self, path: str, body: Any = None, **options: Any) -> Any:
        """The answer of a POST; waits for what is not projected yet."""
        for _ in range(20):
            answer = await self._http.post(
                f"{self._base}{path}", json=body, headers=self._headers, **options
            )
            if answer.status_code != 422 or "not_known_yet" not in answer.text:
                break
            await asyncio.sleep(0.25)
        return _body(answer)

    async def upload(self, path: str, name: str, content: bytes) -> Any:
        """The answer of a POST with a file."""
        files = {"file": (name, content, "text/csv")}
        return _body(
            await self._http.post(f"{self._base}{path}", files=files, headers=self._headers)
        )


def _body(answer: Response) -> Any:
    if answer.status_code >= 400:
        raise CannotStart(
            f"the demonstration could not be loaded: {answer.request.method} "
            f"{answer.request.url.path} was answered {answer.status_code}: {answer.text[:500]}"
        )
    return answer.json() if answer.content else None


async def sign_in(http: Client, address: str, email: str) -> Caller:
    """Sign in with the demonstration's password."""
    form = {"grant_type": "password", "username": email, "password": PASSWORD}
    answer = _body(await http.post(f"{address}/api/v1/auth/token", data=form))
    return Caller(http, address, answer["access_token"])


async def _clients(admin: Caller, say: Say) -> dict[str, UUID]:
    """Import the sample, once; returns the ids of the two clients with people of their own."""
    found = await _ids(admin)
    if len(found) < 2:
        say(f"importing {SAMPLE.name}")
        started = await admin.upload("/imports", SAMPLE.name, SAMPLE.read_bytes())
        await _until(admin, started["id"], "ready")
        choice = {"mode": "create", "key": "credit_code", "similar": "skip"}
        await admin.post(f"/imports/{started['id']}/apply", choice)
        await _until(admin, started["id"], "applied")
        found = await _ids(admin)
    return found


async def _ids(admin: Caller) -> dict[str, UUID]:
    found = {}
    for name in (HUAXIN, HENGDA):
        listed = await admin.get("/clients", q=name[:4], limit="50")
        for item in listed["items"]:
            if item["legal_name"] == name:
                found[name] = UUID(item["id"])
    return found


async def _until(admin: Caller, import_id: str, status: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        now = await admin.get(f"/imports/{import_id}")
        if now["status"] == status:
            return
        if now["status"] == "failed":
            break
        await asyncio.sleep(0.2)
    raise CannotStart(f"the import of {SAMPLE.name} is {now['status']}, not {status}.")


async def _heard_of(database: Database, clients: dict[str, UUID]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    for client_id in clients.values():
        while not await knows(database, client_id):
            if time.monotonic() > deadline:
                raise CannotStart("the gateway did not hear of the new clients in 60 s.")
            await asyncio.sleep(0.1)


async def _owners(admin: Caller, manager: UUID) -> None:
    """The client manager looks after the clients that nobody looks after yet."""
    listed = await admin.get("/clients", limit="200", fields="id,owner_id")
    free = [item["id"] for item in listed["items"] if item["owner_id"] is None]
    if free:
        await admin.post("/clients/bulk", {"ids": free, "change": {"owner_id": str(manager)}})


async def _touches(admin: Caller, client_id: UUID, say: Say) -> None:
    """One contact record, so that the client page has something to tell."""
    if (await admin.get("/interactions", client_id=str(client_id), limit="1"))["items"]:
        return
    say("writing a contact record")
    body = {
        "client_id": str(client_id),
        "kind": "call",
        "occurred_at": (utc_now() - timedelta(hours=3)).isoformat(),
        "summary": "电话回访：对方希望本月内看到组织诊断的初步结论。",
        "intent": 4,
        "next_step": "约访谈时间",
    }
    await admin.post("/interactions", body)


async def _cases(http: Client, address: str, admin: Caller, ids: dict[str, UUID], say: Say) -> None:
    """A request and a complaint, the complaint about `agent2`."""
    if (await admin.get("/cases", limit="1"))["items"]:
        return
    say("raising a request and a complaint")
    client_pm = await sign_in(http, address, "pm@huaxin.example")
    request = {
        "kind": "request",
        "subject": "希望调整下周访谈的时间",
        "description": "生产部下周盘点，希望把访谈移到周四以后。",
    }
    asked = await client_pm.post("/cases", request)
    agent = {"assignee_id": str(ids["agent@firm.example"])}
    await admin.post(f"/cases/{asked['id']}/assign", agent)
    core = await sign_in(http, address, "core@huaxin.example")
    complaint = {
        "kind": "complaint",
        "subject": "两次询问没有得到答复",
        "description": "上周两次致电客服，均未在承诺时间内回复。",
        "remedy_sought": "请说明原因并给出明确的答复时间。",
    }
    case = await core.post("/cases", complaint)
    about = {"user_ids": [str(ids["agent2@firm.example"])]}
    await admin.post(f"/cases/{case['id']}/about", about)
