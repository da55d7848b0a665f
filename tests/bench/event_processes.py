"""The processes of bench_events: the publisher's and the consumer's side, ours and bare.

`python -m tests.bench.event_processes <role> <json>` runs one side until it has handled `count`
events, and prints what it measured as one line of JSON.
"""

from __future__ import annotations

import asyncio
import cProfile
import json
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import uvloop
from sqlalchemy.ext.asyncio import AsyncSession

from shared.bus import Bus, Outgoing
from shared.database import Database, Dsns, context_of
from shared.events import Envelope
from shared.ids import new_id
from shared.outbox import emit
from shared.pull import Pull, acknowledge
from shared.relay import Relay
from shared.subscriber import Subscriber, Subscription
from tests.shared.events.sample import KEEP, KEEP_MANY, SERVICE, ThingChanged, ThingState

Settings = dict[str, Any]
LOT = 500
PLACES = 8
"""Writers at once, as many as the pool has connections: where a machine cannot keep the rate, the
writers slow down."""


async def _database(settings: Settings) -> Database:
    dsn = settings["dsn"]
    database = Database(Dsns(owner=dsn, firm=dsn, client=dsn, worker=dsn))
    await database.open()
    return database


async def write(settings: Settings) -> Settings:
    """Commit `count` changes at `rate` a second, the relay running beside; commit times."""
    database = await _database(settings)
    relay = Relay(database, Bus(settings["nats"], name=SERVICE), publisher=SERVICE)
    database.on_emit.append(relay.wake)
    relaying = asyncio.create_task(relay.run())
    committed: list[float] = []

    async def one(number: int) -> None:
        state = ThingState(id=new_id(), value=number, remark="x" * settings["size"])
        async with database.worker_session() as session:
            await emit(session, ThingChanged(state=state))
        committed[number] = time.time()

    committed.extend([0.0] * settings["count"])
    await _paced(settings, one)
    await asyncio.sleep(2)
    relaying.cancel()
    await database.close()
    return {"times": committed}


async def _paced(settings: Settings, one: Callable[[int], Awaitable[None]]) -> None:
    begun, tasks = time.perf_counter(), set()
    places = asyncio.Semaphore(PLACES)

    async def placed(number: int) -> None:
        async with places:
            await one(number)

    for number in range(settings["count"]):
        due = begun + number / settings["rate"]
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        task = asyncio.ensure_future(placed(number))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)


async def relay(settings: Settings) -> Settings:
    """Publish what the outbox holds; seconds it took."""
    database = await _database(settings)
    relay = Relay(database, Bus(settings["nats"], name=SERVICE), publisher=SERVICE)
    begun = time.time()
    published = 0
    while published < settings["count"]:
        published += await relay.publish_lot()
    ended = time.time()
    await database.close()
    return {"begun": begun, "ended": ended}


async def subscribe(settings: Settings) -> Settings:
    """Apply `count` events (by the number in each); when each was committed."""
    database = await _database(settings)
    handled = [0.0] * settings["count"]
    done = asyncio.Event()

    def note(values: list[int]) -> None:
        now = time.time()
        for value in values:
            handled[value] = now
        if max(values) == settings["count"] - 1:
            done.set()

    async def keep(session: AsyncSession, envelope: Envelope[ThingState]) -> None:
        await KEEP.handler(session, envelope)
        context_of(session).after_commit.append(lambda: note([envelope.state.value]))

    async def keep_many(session: AsyncSession, envelopes: list[Envelope[ThingState]]) -> None:
        await KEEP_MANY.handler(session, envelopes)
        values = [envelope.state.value for envelope in envelopes]
        context_of(session).after_commit.append(lambda: note(values))

    many = bool(settings.get("many"))
    subscription = Subscription(ThingState, keep_many if many else keep, many=many)
    bus = Bus(settings["nats"], name="mirror")
    subscriber = Subscriber(database, bus, consumer="mirror", subscriptions=[subscription])
    running = asyncio.create_task(subscriber.run())
    await done.wait()
    await asyncio.sleep(0.5)
    running.cancel()
    await database.close()
    return {"times": handled, "ended": max(handled)}


async def bare_write(settings: Settings) -> Settings:
    """Publish `count` messages at `rate` a second, each awaited; when each was sent."""
    bus = Bus(settings["nats"], name=SERVICE)
    await bus.ensure_stream(SERVICE)
    sent = [0.0] * settings["count"]

    async def one(number: int) -> None:
        sent[number] = time.time()
        await bus.publish_each([_bare(number, settings["size"])])

    await _paced(settings, one)
    await bus.close()
    return {"times": sent}


async def bare_publish(settings: Settings) -> Settings:
    """Publish `count` messages in atomic batches, nothing else."""
    bus = Bus(settings["nats"], name=SERVICE)
    await bus.ensure_stream(SERVICE)
    begun = time.time()
    for start in range(0, settings["count"], LOT):
        end = min(start + LOT, settings["count"])
        await bus.publish_batch([_bare(n, settings["size"]) for n in range(start, end)])
    ended = time.time()
    await bus.close()
    return {"begun": begun, "ended": ended}


def _bare(number: int, size: int) -> Outgoing:
    payload = b"%08d" % number + b"x" * (size + 500)
    return Outgoing(ThingChanged.type(), payload, str(new_id()))


async def bare_pull(settings: Settings) -> Settings:
    """Pull `count` messages and acknowledge them, copying them into a table where asked."""
    bus = Bus(settings["nats"], name="mirror")
    await bus.ensure_consumer(SERVICE, "mirror", [f"{SERVICE}.>"])
    pull = Pull(bus, SERVICE, "mirror", window=2 * LOT)
    await pull.open()
    connection = await asyncpg.connect(settings["dsn"]) if settings.get("copy") else None
    arrived = [0.0] * settings["count"]
    left = settings["count"]
    while left:
        lot = await pull.lot(LOT)
        if connection is not None and lot:
            await connection.copy_records_to_table(
                "bare", records=[(int(each.data[:8]), each.data.decode()) for each in lot]
            )
        now = time.time()
        for each in lot:
            arrived[int(each.data[:8])] = now
        await acknowledge(bus, lot)
        left -= len(lot)
    await asyncio.sleep(0.2)
    await bus.close()
    return {"times": arrived, "ended": max(arrived)}


ROLES: dict[str, Callable[[Settings], Awaitable[Settings]]] = {
    role.__name__: role for role in (write, relay, subscribe, bare_write, bare_publish, bare_pull)
}


async def main(role: str, told: str) -> None:
    """Run one side; where `profile` names a folder, what it did goes there as `<role>.prof`."""
    settings = json.loads(told)
    profiler = cProfile.Profile()
    if settings.get("profile"):
        profiler.enable()
    measured = await ROLES[role](settings)
    if settings.get("profile"):
        profiler.disable()
        profiler.dump_stats(Path(settings["profile"]) / f"{role}.prof")
    # Within the loop: once uvloop has run, what is longer than a pipe is cut without an error.
    print(json.dumps(measured | {"cpu": time.process_time()}), flush=True)


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
