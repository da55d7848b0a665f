"""Every service understands every event it follows, and can rebuild what it made of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest

from deploy.engines import Nats
from deploy.supervisor.topology import PROCESSES
from shared.asyncapi import public_events
from shared.bus import Bus, BusRefused, Outgoing
from shared.database import Database, Dsns
from shared.snapshot import rebuild
from shared.subscriber import Subscriber
from tests.contracts.examples import path_of
from tests.shared.events.world import until
from tests.support.engines import Engines
from tests.support.projections import projections_of, subscriptions_of


@pytest.fixture
async def told(engines: Engines) -> AsyncIterator[Bus]:
    """A NATS of the test's own that holds every golden example."""
    with Nats(engines.home / "nats-contracts", durable=False) as server:
        bus = Bus(server.url, name="teller")
        for event in public_events():
            await bus.ensure_stream(event.state_type().publisher)
            payload = _of_its_own_record(path_of(event).read_bytes())
            await bus.publish_each([Outgoing(event.type(), payload, event.type())])
        yield bus
        await bus.close()
    server.wipe()


def _of_its_own_record(payload: bytes) -> bytes:
    """The example under an id of its kind's own: all examples bear the same, records never do."""
    message = json.loads(payload)
    publisher, aggregate, *_ = message["type"].split(".")
    message["subject"] = message["data"]["id"] = str(uuid5(NAMESPACE_OID, publisher + aggregate))
    return json.dumps(message).encode()


async def _contents(database: Database, tables: Sequence[str]) -> dict[str, list[str]]:
    pool = database.worker_pool()
    return {
        table: [
            row["row"]
            for row in await pool.fetch(f"SELECT t::text AS row FROM {table} t ORDER BY 1")
        ]
        for table in tables
    }


@pytest.fixture
async def database(
    service: str, service_database: Callable[[str], Dsns]
) -> AsyncIterator[Database]:
    """The service's database, migrated and open."""
    database = Database(service_database(service))
    await database.open()
    yield database
    await database.close()


@pytest.mark.parametrize("service", PROCESSES)
async def test_a_service_applies_and_rebuilds_every_event_it_follows(
    service: str, told: Bus, database: Database
) -> None:
    subscriptions = subscriptions_of(service)
    subscriber = Subscriber(database, told, consumer=service, subscriptions=subscriptions)

    running = asyncio.create_task(subscriber.run())
    try:
        await until(lambda: _nothing_left(told, service, subscriber.publishers), within=30)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    pool = database.worker_pool()
    assert await pool.fetch("SELECT type, error FROM dead_letters") == []
    assert await pool.fetchval("SELECT count(*) FROM parked") == 0
    tables = projections_of(service)
    before = await _contents(database, tables)
    assert all(before.values()), "every projection has learnt something"
    for publisher in {each.state.publisher for each in subscriptions if each.tables}:
        changed = await rebuild(database, told, subscriptions, publisher, consumer=service)
        assert set(changed.values()) == {0}
    assert await _contents(database, tables) == before


async def _nothing_left(bus: Bus, consumer: str, publishers: Sequence[str]) -> bool:
    left: Any = 0
    for publisher in publishers:
        try:
            info = await bus.consumer_info(publisher, consumer)
        except BusRefused:
            return False  # the subscriber has not made it yet
        left += info["num_pending"] + info["num_ack_pending"]
    return bool(left == 0)
