"""What the tests of events do again and again: write, relay, subscribe, count."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from shared import audit, deadletters, inbox, outbox
from shared.bus import Bus, BusRefused, stream_of
from shared.database import Database, Dsns
from shared.eraser import Eraser
from shared.ids import new_id
from shared.migrating import CONTEXT_FUNCTIONS
from shared.outbox import emit
from shared.relay import Relay
from shared.subscriber import Subscriber, Subscription
from tests.shared.events.sample import SERVICE, TABLES, ThingChanged, ThingState


async def create_tables(dsns: Dsns) -> None:
    """What `create_shared_tables` does, for events alone, and the sample's tables."""
    owner = await asyncpg.connect(dsns.owner)
    roles = ", ".join(f"{SERVICE}_{role}" for role in ("firm", "client", "worker"))
    for signature, body in CONTEXT_FUNCTIONS.items():
        await owner.execute(
            f"CREATE FUNCTION {signature} LANGUAGE sql STABLE AS $$ SELECT {body} $$"
        )
    await owner.execute(f"GRANT USAGE ON SCHEMA public TO {roles}")
    await owner.execute("CREATE SCHEMA shadow")
    await owner.execute(f"GRANT USAGE, CREATE ON SCHEMA shadow TO {SERVICE}_worker")
    for module in (outbox, inbox, deadletters, audit):
        for statement in module.DDL:
            await owner.execute(statement.replace("{service}", SERVICE))
    for statement in TABLES:
        await owner.execute(statement)
    await owner.close()


async def delete_stream(url: str) -> None:
    """Forget the sample's stream, so that a test starts from nothing."""
    bus = Bus(url, name="cleaner")
    with suppress(BusRefused):
        await bus.api(f"STREAM.DELETE.{stream_of(SERVICE)}")
    await bus.close()


async def until(
    true: Callable[[], Awaitable[bool]], *, within: float, pause: float = 0.05
) -> float:
    """Wait for a condition; the seconds it took. Fails when `within` seconds are not enough."""
    begun = time.monotonic()
    while not await true():
        if time.monotonic() - begun > within:
            raise AssertionError(f"did not happen within {within} s")
        await asyncio.sleep(pause)
    return time.monotonic() - begun


class World:
    """A database that publishes and consumes, and the bus between."""

    def __init__(self, database: Database, url: str) -> None:
        self.database = database
        self.url = url
        self.bus = Bus(url, name=SERVICE)
        self.relay = Relay(database, self.bus, publisher=SERVICE)
        self._tasks: list[asyncio.Task[None]] = []
        self._buses = [self.bus]

    def start_relay(self) -> Relay:
        """A relay of its own connection, woken by commits, running until the test ends."""
        bus = Bus(self.url, name=SERVICE)
        relay = Relay(self.database, bus, publisher=SERVICE)
        self.database.on_emit.append(relay.wake)
        self._buses.append(bus)
        self._tasks.append(asyncio.create_task(relay.run()))
        return relay

    def start_eraser(self) -> None:
        """An eraser on the world's connection, running until the test ends."""
        eraser = Eraser(self.database, self.bus, publisher=SERVICE)
        self._tasks.append(asyncio.create_task(eraser.run()))

    def start_subscriber(
        self, *subscriptions: Subscription, consumer: str = "mirror", **patience: float
    ) -> Subscriber:
        """A subscriber of its own connection, running until the test ends."""
        bus = Bus(self.url, name=consumer)
        subscriber = Subscriber(
            self.database, bus, consumer=consumer, subscriptions=subscriptions, **patience
        )
        self._buses.append(bus)
        self._tasks.append(asyncio.create_task(subscriber.run()))
        return subscriber

    async def stop(self) -> None:
        """End the background loops."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """End everything."""
        await self.stop()
        for bus in self._buses:
            await bus.close()

    async def change(self, thing: UUID, value: int, **fields: Any) -> None:
        """Commit one change of a thing."""
        async with self.database.worker_session() as session:
            await emit(session, ThingChanged(state=ThingState(id=thing, value=value, **fields)))

    async def change_many(self, things: Sequence[UUID], values: Sequence[int]) -> None:
        """Commit many changes in one transaction."""
        async with self.database.worker_session() as session:
            for thing, value in zip(things, values, strict=True):
                await emit(session, ThingChanged(state=ThingState(id=thing, value=value)))

    async def fetch(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """Rows, as the worker sees them."""
        return list(await self.database.worker_pool().fetch(statement, *values))

    async def count(self, statement: str, *values: Any) -> int:
        """One number, as the worker sees it."""
        return int(await self.database.worker_pool().fetchval(statement, *values))

    async def owner(self, statement: str) -> None:
        """Run a statement as the owner of the tables."""
        connection = await asyncpg.connect(self.database.dsns.owner)
        await connection.execute(statement)
        await connection.close()

    async def stream(self) -> list[dict[str, Any]]:
        """Every event in the stream, in order."""
        return [orjson.loads(base64.b64decode(each["data"])) for each in await self.stored()]

    async def stored(self) -> list[dict[str, Any]]:
        """Every message in the stream, in order, as NATS has it."""
        found = []
        info = await self.bus.api(f"STREAM.INFO.{stream_of(SERVICE)}")
        for sequence in range(1, int(info["state"]["last_seq"]) + 1):
            with suppress(BusRefused):
                reply = await self.bus.api(
                    f"STREAM.MSG.GET.{stream_of(SERVICE)}", {"seq": sequence}
                )
                found.append(reply["message"])
        return found

    async def settled(self, events: int, *, within: float = 30) -> float:
        """Wait until that many steps were noted; the seconds it took."""

        async def enough() -> bool:
            return await self.count("SELECT count(*) FROM steps") >= events

        return await until(enough, within=within)


def things(number: int) -> list[UUID]:
    """Fresh ids."""
    return [new_id() for _ in range(number)]
