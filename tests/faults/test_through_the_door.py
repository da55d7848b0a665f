"""What holds from the door to PostgreSQL and on to other services: one deadline, one trace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Final
from uuid import uuid4

import httpx
import pytest

from tests.faults.caller import Caller
from tests.faults.ledger import Ledger
from tests.faults.machine import Machine
from tests.faults.otlp import Collector, Seen, collecting
from tests.faults.people import bring_in
from tests.support.instances import empty_instance
from tests.support.letters import asked

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

DEADLINE_SECONDS: Final = 5.0
"""15 as shipped; half a second more is what an answer may take beyond it."""
ROUTE: Final = "/api/v1/clients"
WAY: Final = (
    ("rapport-gateway", "POST gateway"),
    ("rapport-clients", "POST /api/v1/clients"),
    ("rapport-desk", "handle clients.client:take_over_client"),
)
HELD: Final = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'WITH held%' AND state = 'active'"
WAITING: Final = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    """Where every process sends its spans."""
    with collecting() as collector:
        yield collector


@pytest.fixture(scope="module")
def traced(collector: Collector, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """An instance with a short deadline in which every request is traced."""
    environment = {"RAPPORT_GATEWAY_TRACE_RATIO": "1"}
    environment["RAPPORT_GATEWAY_REQUEST_SECONDS"] = str(DEADLINE_SECONDS)
    for process in ("GATEWAY", "CLIENTS", "DESK"):
        environment[f"RAPPORT_{process}_OTLP_ENDPOINT"] = collector.address
    with empty_instance(tmp_path_factory.mktemp("traced"), **environment) as instance:
        yield Machine(instance)


@pytest.fixture
async def admin(traced: Machine, ledger: Ledger) -> AsyncIterator[Caller]:
    """An administrator, signed in."""
    async with httpx.AsyncClient(base_url=traced.instance.address, timeout=30) as http:
        admin = (await bring_in(traced, http, ledger)).admin
        await admin.read("/me")
        yield admin


async def until(true: Callable[[], Any], within: float = 30) -> Any:
    """Wait for a condition; what it said."""
    end = time.monotonic() + within
    while not (found := true()):
        assert time.monotonic() < end, "did not happen"
        await asyncio.sleep(0.1)
    return found


async def test_a_blocked_write_is_answered_at_the_deadline_and_its_statement_is_ended(
    traced: Machine, admin: Caller
) -> None:
    home = traced.instance.home
    made = await admin.setup("/clients", {"legal_name": f"Locked {uuid4().hex[:8]}"})
    headers = {"Authorization": f"Bearer {admin.token}", "If-Match": '"1"'}
    holder = asyncio.create_task(
        asyncio.to_thread(
            asked,
            home,
            "clients",
            "WITH held AS (SELECT id FROM clients WHERE id = $1 FOR UPDATE)"
            " SELECT pg_sleep($2) FROM held",
            made["id"],
            DEADLINE_SECONDS * 3,
        )
    )
    await until(lambda: asked(home, "clients", HELD))
    begun = time.monotonic()
    edit = asyncio.create_task(
        admin.http.patch(f"/api/v1/clients/{made['id']}", json={"city": "深圳"}, headers=headers)
    )
    await until(lambda: asked(home, "clients", WAITING)[0][0] == 1)
    answer = await edit
    seconds = time.monotonic() - begun
    assert answer.status_code == 504, answer.text
    assert answer.json()["code"] == "deadline_exceeded"
    assert DEADLINE_SECONDS - 0.5 < seconds < DEADLINE_SECONDS + 0.5
    assert not holder.done(), "the lock was gone before the deadline: this shows nothing"
    await asyncio.sleep(1)
    assert asked(home, "clients", WAITING)[0][0] == 0
    await holder
    now = await admin.read(f"/clients/{made['id']}")
    assert (now.json()["city"], now.headers["etag"]) == (None, '"1"')


async def test_one_trace_leads_from_the_door_over_the_service_to_a_handler_elsewhere(
    admin: Caller, collector: Collector
) -> None:
    made = await admin.setup("/clients", {"legal_name": f"Traced {uuid4().hex[:8]}"})
    assert made["id"]

    def spans() -> tuple[Seen, Seen, Seen] | None:
        for trace in {s.trace for s in collector.spans if s.attributes.get("http.route") == ROUTE}:
            of_it = [each for each in collector.spans if each.trace == trace]
            found = [named(of_it, *each) for each in WAY]
            if all(found):
                return found[0], found[1], found[2]
        return None

    door, service, handler = await until(spans)
    assert door.parent == ""
    assert service.parent == door.id
    # The framework divides a service's span: the event leaves from one of its parts.
    parts = {s.id for s in collector.spans if s.parent == service.id} | {service.id}
    assert handler.parent in parts


def named(spans: list[Seen], process: str, name: str) -> Any:
    """The span of that name from that process, or None."""
    return next((each for each in spans if (each.process, each.name) == (process, name)), None)
