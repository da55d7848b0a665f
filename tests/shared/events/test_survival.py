"""Nothing that was committed is lost, doubled or stuck, whatever is killed."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final
from uuid import UUID

import psutil
import pytest

from deploy.engines import Nats
from shared.bus import Outgoing
from shared.database import Dsns
from shared.faults import AFTER_PUBACK, BEFORE_ACK, BEFORE_PUBACK
from shared.ids import new_id
from shared.outbox import replay
from tests.shared.events.sample import KEEP, NOTE, SERVICE, ThingChanged
from tests.shared.events.world import World, things, until

ACK_WAIT: Final = 1.0


@contextmanager
def process(
    dsns: Dsns,
    url: str,
    *,
    point: str = "-",
    ack_wait: float = 30,
    by: signal.Signals = signal.SIGKILL,
) -> Iterator[subprocess.Popen[bytes]]:
    """A relay and a subscriber in a process of their own."""
    running = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.shared.events.program"),
            *(dsns.worker, url, point, str(ack_wait), by.name),
        ]
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()


async def ledger_is_clean(world: World, ids: list[UUID], steps: int) -> None:
    """Every step of every thing exactly once and in order, and the newest state kept."""
    for thing in ids:
        rows = await world.fetch(
            "SELECT version FROM steps WHERE thing_id = $1 ORDER BY position", thing
        )
        assert [row["version"] for row in rows] == list(range(1, steps + 1))
    rows = await world.fetch("SELECT version FROM things WHERE id = ANY($1)", ids)
    assert [row["version"] for row in rows] == [steps] * len(ids)
    assert await world.count("SELECT count(*) FROM parked") == 0
    assert await world.count("SELECT count(*) FROM dead_letters") == 0


@pytest.mark.faults
@pytest.mark.parametrize("point", [BEFORE_PUBACK, AFTER_PUBACK, BEFORE_ACK])
async def test_a_process_killed_anywhere_leaves_a_clean_ledger(
    frail_world: World, own_nats: Nats, dsns: Dsns, point: str
) -> None:
    ids = things(5)
    for value in range(1, 4):
        await frail_world.change_many(ids, [value] * len(ids))
    with process(dsns, own_nats.url, point=point, ack_wait=1) as doomed:
        assert await asyncio.to_thread(doomed.wait, 30) == -signal.SIGKILL
    with process(dsns, own_nats.url, ack_wait=1):
        await frail_world.settled(15)
        await asyncio.sleep(1.5)
    await ledger_is_clean(frail_world, ids, 3)


@pytest.mark.faults
async def test_a_process_killed_at_random_moments_leaves_a_clean_ledger(
    frail_world: World, own_nats: Nats, dsns: Dsns
) -> None:
    chance = random.Random(20261123)
    ids = things(10)
    for value in range(1, 6):
        await frail_world.change_many(ids, [value] * len(ids))
        with process(dsns, own_nats.url, ack_wait=1) as doomed:
            await asyncio.sleep(0.7 + chance.random())
            doomed.kill()
    with process(dsns, own_nats.url, ack_wait=1):
        await frail_world.settled(50)
        await asyncio.sleep(1.5)
    await ledger_is_clean(frail_world, ids, 5)


@pytest.mark.slow
async def test_a_process_stopped_between_commit_and_ack_for_twice_ack_wait_has_its_effect_once(
    frail_world: World, own_nats: Nats, dsns: Dsns
) -> None:
    world, ids = frail_world, things(200)
    moment, halt = BEFORE_ACK, signal.SIGSTOP
    with process(dsns, own_nats.url, point=moment, ack_wait=ACK_WAIT, by=halt) as sleeper:
        await world.change_many(ids, [1] * len(ids))
        await until(partial(is_stopped, sleeper), within=30)
        reader = await world.bus.consumer_info(SERVICE, "mirror")
        assert await world.count("SELECT count(*) FROM things") > 0
        assert reader["ack_floor"]["stream_seq"] == 0

        world.start_subscriber(KEEP, NOTE, ack_wait=ACK_WAIT)
        await asyncio.sleep(2 * ACK_WAIT)
        await until(partial(delivered_again, world), within=15)
        assert await is_stopped(sleeper)
        sleeper.send_signal(signal.SIGCONT)
        await until(partial(all_acknowledged, world), within=30)
        await asyncio.sleep(1.5)
    await ledger_is_clean(world, ids, 1)


async def is_stopped(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process waits to be continued."""
    return bool(psutil.Process(process.pid).status() == psutil.STATUS_STOPPED)


async def delivered_again(world: World) -> bool:
    """Whether the server handed something out a second time."""
    handed_out = (await world.bus.consumer_info(SERVICE, "mirror"))["delivered"]
    return bool(handed_out["consumer_seq"] > handed_out["stream_seq"])


async def all_acknowledged(world: World) -> bool:
    """Whether nothing waits for the reader any more."""
    reader = await world.bus.consumer_info(SERVICE, "mirror")
    return not reader["num_pending"] and not reader["num_ack_pending"]


@pytest.mark.faults
async def test_killed_wiped_and_started_again_nats_loses_nothing(
    frail_world: World, own_nats: Nats
) -> None:
    world, ids = frail_world, things(20)
    relay = world.start_relay()
    subscriber = world.start_subscriber(KEEP, NOTE)
    await world.change_many(ids, [1] * len(ids))
    await world.settled(20)
    own_nats.kill()
    own_nats.wipe()
    await world.change_many(ids, [2] * len(ids))
    await asyncio.sleep(2)
    own_nats.start()
    assert await world.settled(40, within=20) < 15
    await world.change_many(ids, [3] * len(ids))
    await world.settled(60)
    await ledger_is_clean(world, ids, 3)
    assert (relay.reason(), subscriber.reason()) == ("ok", "ok")
    assert len({event["id"] for event in await world.stream()}) == 60


@pytest.mark.faults
async def test_consumption_goes_on_within_15_seconds_of_the_return_of_nats(
    frail_world: World, own_nats: Nats
) -> None:
    world, thing = frail_world, new_id()
    world.start_relay()
    world.start_subscriber(KEEP, NOTE)
    await world.change(thing, 1)
    await world.settled(1)
    own_nats.kill()
    await asyncio.sleep(5)
    await world.change(thing, 2)
    own_nats.start()
    assert await world.settled(2, within=20) < 15
    await ledger_is_clean(world, [thing], 2)


@pytest.mark.slow
async def test_a_paused_nats_is_noticed_and_waited_for(frail_world: World, own_nats: Nats) -> None:
    world, thing = frail_world, new_id()
    relay = world.start_relay()
    subscriber = world.start_subscriber(KEEP, NOTE)
    await world.change(thing, 1)
    await world.settled(1)
    assert own_nats.process is not None
    own_nats.process.send_signal(signal.SIGSTOP)
    await world.change(thing, 2)

    async def unready() -> bool:
        return relay.reason() != "ok" or subscriber.reason() != "ok"

    try:
        await until(unready, within=30)
    finally:
        own_nats.process.send_signal(signal.SIGCONT)
    assert await world.settled(2, within=20) < 15
    await ledger_is_clean(world, [thing], 2)

    async def ready() -> bool:
        return relay.reason() == "ok" and subscriber.reason() == "ok"

    await until(ready, within=15)


async def test_a_replay_at_once_reaches_consumers_and_has_no_second_effect(world: World) -> None:
    world.start_relay()
    world.start_subscriber(KEEP, NOTE)
    ids = things(30)
    await world.change_many(ids, [1] * len(ids))
    await world.settled(30)
    await world.database.worker_pool().execute("DELETE FROM things")
    async with world.database.worker_session() as session:
        assert await replay(session) == 30

    async def twice() -> bool:
        return len(await world.stream()) == 60

    await until(twice, within=20)
    assert len({event["id"] for event in await world.stream()}) == 30
    assert await world.count("SELECT count(*) FROM steps") == 30


async def test_a_batch_with_a_stored_message_falls_back_to_single_ones(world: World) -> None:
    await world.bus.ensure_stream(SERVICE)
    messages = [Outgoing(ThingChanged.type(), b"%d" % n, f"id-{n}") for n in range(150)]
    assert await world.bus.publish_each(messages[70:71]) == [1]
    sequences = await world.bus.publish_batch(messages)
    assert sequences[70] == 1
    others = sequences[:70] + sequences[71:]
    assert others == list(range(2, 151))


async def test_a_lost_consumer_is_made_again(world: World) -> None:
    world.start_relay()
    world.start_subscriber(KEEP, NOTE)
    thing = new_id()
    await world.change(thing, 1)
    await world.settled(1)
    await world.bus.delete_consumer(SERVICE, "mirror")
    await world.change(thing, 2)
    assert await world.settled(2, within=20) < 15
    await ledger_is_clean(world, [thing], 2)
