"""People are erased from a living instance: nothing that names them is left in any store.

A colleague who worked on other people's cases, a contact person of a client, and the requester of a
case; looked for in every table of every database and in the files of the streams.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import asyncpg
import pytest

from deploy.supervisor.home import Home
from deploy.supervisor.topology import PROCESSES
from shared.provision import database_name
from tests.support.instances import Instance, empty_home
from tests.support.people import first_administrator

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

COLLEAGUE, CONTACT, REQUESTER = CANARIES = ("canary-7d1f", "canary-e20b", "canary-93ac")
TABLES: Final = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


@pytest.fixture
def instance(open_home: Path) -> Iterator[Instance]:
    """An empty one of its own."""
    with Instance(empty_home(open_home / "home")) as instance:
        yield instance


def work(instance: Instance) -> dict[str, str]:
    """What the three did and had done to them, by way of the door; their ids."""
    admin = first_administrator(instance)
    client = admin.post("/clients", {"legal_name": "华信科技有限公司"})["id"]
    agent = admin.bring_in("agent@firm.example", COLLEAGUE, side="firm", roles=["agent"])
    ceo, requester = (
        admin.bring_in(f"{name}@huaxin.example", name, side="client", client_id=client)
        for name in ("ceo", REQUESTER)
    )
    contact = agent.post("/contacts", {"client_id": client, "name": CONTACT})
    agent.post(
        "/interactions",
        {
            "client_id": client,
            "contact_ids": [contact["id"]],
            "kind": "call",
            "occurred_at": "2026-01-05T02:00:00Z",
            "summary": f"spoke with {CONTACT}",
        },
    )  # fmt: skip
    said = {"kind": "complaint", "subject": REQUESTER, "description": REQUESTER}
    case = requester.post("/cases", said)
    path = f"/cases/{case['id']}"
    admin.post(f"{path}/assign", {"assignee_id": agent.id})
    requester.post(f"{path}/messages", {"body": REQUESTER})
    agent.post(f"{path}/messages", {"body": "answered"})
    agent.post(f"{path}/notes", {"body": "noted"})
    agent.post(f"{path}/restate", {"text": REQUESTER})
    requester.post(f"{path}/confirm-need", {"confirmed": True})
    offered = {"title": "t", "description": "d", "duration_days": 1, "risk": "low"}
    solution = agent.post("/solutions", {"case_id": case["id"], **offered})
    requester.post(f"/solutions/{solution['id']}/accept")
    other = ceo.post("/cases", said | {"subject": "o", "description": "d"})
    admin.post(f"/cases/{other['id']}/assign", {"assignee_id": agent.id})
    agent.post(f"/cases/{other['id']}/messages", {"body": "answered"})
    shown = admin.get(f"/clients/{client}/timeline", limit=50)
    assert shown["items"]
    return {"colleague": agent.id, "contact": contact["id"], "requester": requester.id}


def erase(instance: Instance, person_id: str) -> None:
    """`rapport user erase`, as an operator does it."""
    command = [sys.executable, "-m", "deploy.cli", "user", "erase", person_id]
    done = subprocess.run(
        [*command, "--reason", "asked", "--yes"],
        env={**os.environ, "RAPPORT_HOME": str(instance.home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


async def databases(home: Home) -> dict[str, asyncpg.Connection]:
    """Every service's database, with the eyes of the superuser."""
    server = home.state()["postgres_url"].rpartition("/")[0]
    return {name: await asyncpg.connect(f"{server}/{database_name(name)}") for name in PROCESSES}


async def at_rest(stores: dict[str, asyncpg.Connection]) -> None:
    """Wait until everything is sealed, published and cleaned out of the streams."""
    busy = (
        "SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL)"
        " + (SELECT count(*) FROM audit WHERE seq IS NULL) + (SELECT count(*) FROM stream_erasures)"
    )
    deadline = time.monotonic() + 120
    quiet = 0
    while quiet < 3:
        assert time.monotonic() < deadline, "never comes to rest"
        quiet = 0 if any([await each.fetchval(busy) for each in stores.values()]) else quiet + 1
        await asyncio.sleep(0.5)


async def hits(instance: Instance, stores: dict[str, asyncpg.Connection]) -> dict[str, list[str]]:
    """Where each canary still stands: tables by database, files of the streams."""
    found: dict[str, list[str]] = {word: [] for word in CANARIES}
    for name, store in stores.items():
        for (table,) in await store.fetch(TABLES):
            for word in CANARIES:
                asked = f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE $1'
                if await store.fetchval(asked, f"%{word}%"):
                    found[word].append(f"{name}.{table}")
    for file in (instance.home / "nats").rglob("*.blk"):
        content = file.read_bytes()
        found_here = [word for word in CANARIES if word.encode() in content]
        for word in found_here:
            found[word].append(file.parent.parent.name)
    return found


async def test_nothing_of_erased_people_is_left_in_any_store(instance: Instance) -> None:
    people = await asyncio.to_thread(work, instance)
    stores = await databases(Home(instance.home))
    try:
        await at_rest(stores)
        before = await hits(instance, stores)
        everywhere = {"clients.user_refs", "desk.user_refs", "gateway.users", "gateway.audit_trail"}
        assert everywhere <= set(before[COLLEAGUE]) & set(before[REQUESTER]), before
        assert {"clients.contacts", "gateway.search_entries"} <= set(before[CONTACT])
        for person_id in people.values():
            await asyncio.to_thread(erase, instance, person_id)
        await at_rest(stores)
        assert await hits(instance, stores) == {word: [] for word in CANARIES}
        left = "SELECT count(*) FROM dead_letters"
        assert [await store.fetchval(left) for store in stores.values()] == [0] * len(stores)
    finally:
        for store in stores.values():
            await store.close()
