"""A publisher and a consumer on one database, with the stream of the test's NATS to themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from deploy.engines import Nats
from shared.database import Database, Dsns
from tests.shared.events.sample import SERVICE
from tests.shared.events.world import World, create_tables, delete_stream
from tests.support.engines import Engines


@pytest.fixture
def dsns(empty_database: Callable[[str], Dsns]) -> Iterator[Dsns]:
    """A fresh database with the tables of events."""
    made = empty_database(SERVICE)
    asyncio.run(create_tables(made))
    yield made


@pytest.fixture
async def database(dsns: Dsns) -> AsyncIterator[Database]:
    """Its open pools."""
    database = Database(dsns)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def world(database: Database, engines: Engines) -> AsyncIterator[World]:
    """Everything an event passes through, on the test process's NATS with an empty stream."""
    await delete_stream(engines.nats.url)
    world = World(database, engines.nats.url)
    yield world
    await world.close()


@pytest.fixture
def own_nats(engines: Engines) -> Iterator[Nats]:
    """A nats-server of the test's own, to kill and to wipe."""
    server = Nats(engines.home / f"nats-{id(object())}")
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def frail_world(database: Database, own_nats: Nats) -> AsyncIterator[World]:
    """Everything an event passes through, on the test's own NATS."""
    world = World(database, own_nats.url)
    yield world
    await world.close()
