"""Thousands of callers hang up in the middle: nothing stays open, nothing stays taken."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest

from deploy.supervisor.topology import PROCESSES
from tests.faults.caller import Caller
from tests.faults.evidence import Scene
from tests.faults.faults import SEED
from tests.faults.ledger import Act, Ledger
from tests.faults.machine import Machine
from tests.faults.people import bring_in

pytestmark = [pytest.mark.faults, pytest.mark.timeout(420)]
HANG_UPS = 5_000
AT_ONCE = 60
PATIENCE_SECONDS = 0.05
DRIVING_SECONDS = 180.0
REST_SECONDS = 90.0
"""What was sent before a hang-up is still answered; on a busy machine that takes its time."""
_TAKEN = re.compile(r"^rapport_(connections_in_use|requests_in_flight)(\S*) (\S+)$", re.MULTILINE)
_OPEN = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
ITSELF = "requests_in_flight of gateway"
"""The door counts the very request that asks for its counts."""


async def test_5000_callers_that_hang_up_leave_nothing_behind(
    machine: Machine, http: httpx.AsyncClient, ledger: Ledger, scene: Scene
) -> None:
    cast = await bring_in(machine, http, ledger)
    person, agent = cast.persons[0], cast.agent
    case = await person.write(0, Act.RAISED, "a case", "POST", "/cases", complaint("a case"))
    chance = random.Random(SEED)
    kinds = [
        request(agent, "GET", "/cases?q=case&total=true"),
        request(agent, "GET", "/clients?sort=-updated_at&total=true"),
        request(agent, "GET", "/search?q=aurora"),
        request(agent, "GET", f"/clients/{case['client_id']}/page"),
        request(agent, "POST", f"/cases/{case['id']}/messages", {"body": "hello"}),
        request(person, "POST", "/cases", complaint("hung up on")),
        request(agent, "GET", "/me"),
    ]
    begun = time.monotonic()
    places = asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as group:
        for _ in range(HANG_UPS):
            await places.acquire()
            hung_up = hang_up(machine, chance.choice(kinds), chance.random() * PATIENCE_SECONDS)
            group.create_task(hung_up).add_done_callback(lambda _: places.release())
    took = time.monotonic() - begun
    print(f"{HANG_UPS} hung up on in {took:.1f} s")
    assert took < DRIVING_SECONDS

    taken = await at_rest(machine, http, scene)
    assert {name: value for name, value in taken.items() if value} == {ITSELF: 1.0}
    done = await scene.databases["desk"].fetchval(
        "SELECT count(*) FROM cases WHERE subject = 'hung up on'"
    )
    print(f"{done} cases were raised all the same")
    assert 0 < done < HANG_UPS, "callers were to hang up in the middle of the work"
    assert machine.ready()
    assert (await agent.read("/cases")).status_code == 200
    await person.write(0, Act.RAISED, "after all", "POST", "/cases", complaint("after all"))


def complaint(subject: str) -> dict[str, str]:
    """A case a client-side person raises."""
    return {"kind": "complaint", "subject": subject, "description": "x"}


def request(who: Caller, method: str, path: str, body: object = None) -> bytes:
    """A request as it goes over the wire, but for the key that every write brings anew."""
    content = json.dumps(body).encode() if body is not None else b""
    head = (
        f"{method} /api/v1{path} HTTP/1.1\r\nHost: rapport\r\nAuthorization: Bearer {who.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
        "Idempotency-Key: KEY\r\n\r\n"
    )
    return head.encode() + content


async def hang_up(machine: Machine, sent: bytes, patience: float) -> None:
    """Ask, wait no longer than `patience` seconds, and reset the connection."""
    _, writer = await asyncio.open_connection("127.0.0.1", machine.instance.port)
    writer.write(sent.replace(b"KEY", str(uuid4()).encode()))
    await asyncio.sleep(patience)
    writer.transport.abort()


async def at_rest(machine: Machine, http: httpx.AsyncClient, scene: Scene) -> dict[str, float]:
    """What is taken or open by the services' own word and PostgreSQL's, once it is at rest."""
    deadline = time.monotonic() + REST_SECONDS
    while True:
        try:
            taken = {name: value async for name, value in in_use(machine, http)}
        except httpx.TimeoutException as error:
            assert time.monotonic() < deadline, error.request.url
            continue
        for name, pool in scene.databases.items():
            taken[f"open sessions of {name}"] = float(await pool.fetchval(_OPEN))
        if sum(taken.values()) <= 1 or time.monotonic() > deadline:
            return taken
        await asyncio.sleep(0.2)


async def in_use(machine: Machine, http: httpx.AsyncClient) -> AsyncIterator[tuple[str, float]]:
    """Every process's own count of connections handed out and requests being answered."""
    ports = machine.home.state()["ports"]
    for name in PROCESSES:
        metrics = (await http.get(f"http://127.0.0.1:{ports[name]}/metrics")).text
        found = _TAKEN.findall(metrics)
        assert len(found) >= 6, metrics
        for what, which, value in found:
            yield f"{what}{which} of {name}", float(value)
