"""Events commit with the change, all of them leave, in the order of their aggregate."""

from __future__ import annotations

import asyncio
import base64
import re
from collections import defaultdict

import asyncpg
import pytest

from shared.database import Database, Dsns
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.outbox import emit, raise_epoch
from shared.writing import write_out
from tests.shared.events.sample import SERVICE, ThingChanged, ThingState
from tests.shared.events.world import World, things, until


async def test_an_event_rolls_back_with_its_change(world: World) -> None:
    thing = new_id()
    with pytest.raises(RuntimeError):
        async with world.database.worker_session() as session:
            await emit(session, ThingChanged(state=ThingState(id=thing, value=1)))
            raise RuntimeError("the change fails")
    assert await world.count("SELECT count(*) FROM outbox") == 0
    await world.change(thing, 1)
    rows = await world.fetch("SELECT aggregate_id, version FROM outbox")
    assert [tuple(row) for row in rows] == [(thing, 1)]


async def test_versions_count_commits_of_one_aggregate(world: World) -> None:
    thing = new_id()
    await asyncio.gather(*(world.change(thing, n) for n in range(20)))
    versions = await world.fetch("SELECT version FROM outbox ORDER BY version")
    assert [row["version"] for row in versions] == list(range(1, 21))


async def test_two_events_of_one_aggregate_in_one_transaction_are_two_versions(
    world: World,
) -> None:
    thing = new_id()
    await world.change_many([thing, thing], [1, 2])
    rows = await world.fetch("SELECT version, data::json ->> 'value' FROM outbox ORDER BY seq")
    assert [tuple(row) for row in rows] == [(1, "1"), (2, "2")]


async def test_a_restored_publisher_is_newer_than_what_it_lost(world: World) -> None:
    thing = new_id()
    await world.change(thing, 1)
    async with world.database.worker_session() as session:
        await raise_epoch(session)
    await world.change(thing, 2)
    rows = await world.fetch("SELECT epoch, version FROM outbox ORDER BY seq")
    assert [tuple(row) for row in rows] == [(1, 1), (2, 2)]


async def test_a_transaction_that_commits_late_is_published_too(world: World) -> None:
    early, late = things(2)
    async with world.database.worker_session() as session:
        await emit(session, ThingChanged(state=ThingState(id=late, value=1)))
        await write_out(session)
        await world.change(early, 2)
        assert await world.relay.publish_lot() == 1
    assert await world.relay.publish_lot() == 1
    assert [event["subject"] for event in await world.stream()] == [str(early), str(late)]


async def test_two_relays_publish_everything_once_and_in_order(world: World) -> None:
    ids = things(20)
    first, second = world.start_relay(), world.start_relay()
    for value in range(25):
        await world.change_many(ids, [value] * len(ids))
    assert first is not second

    async def all_published() -> bool:
        return await world.count("SELECT count(*) FROM outbox WHERE published_at IS NULL") == 0

    await until(all_published, within=30)
    versions: dict[str, list[int]] = defaultdict(list)
    for event in await world.stream():
        versions[event["subject"]].append(event["version"])
    assert len(versions) == 20
    assert all(seen == list(range(1, 26)) for seen in versions.values())


async def test_a_commit_is_published_without_waiting_for_the_sweep(world: World) -> None:
    world.start_relay()
    await world.change(new_id(), 1)

    async def published() -> bool:
        return await world.count("SELECT count(*) FROM outbox WHERE published_at IS NULL") == 0

    await until(published, within=10)
    await world.change(new_id(), 1)
    assert await until(published, within=10, pause=0.005) < 0.5


async def test_what_another_process_committed_is_published_by_the_sweep_of_an_idle_relay(
    world: World, dsns: Dsns
) -> None:
    world.start_relay()

    async def published() -> bool:
        return await world.count("SELECT count(*) FROM outbox WHERE published_at IS NULL") == 0

    await world.change(new_id(), 1)
    await until(published, within=10)
    await asyncio.sleep(0.3)  # what woke it is done with
    elsewhere = World(Database(dsns), world.url)  # whose commits wake nobody
    await elsewhere.database.open()
    await elsewhere.change(new_id(), 1)
    await elsewhere.database.close()
    assert await until(published, within=10) < 2.5


async def test_the_stream_knows_where_each_event_lies(world: World) -> None:
    await world.change_many(things(150), list(range(150)))
    await world.relay.publish_lot()
    rows = await world.fetch("SELECT id, stream_seq FROM outbox ORDER BY seq")
    assert [row["stream_seq"] for row in rows] == list(range(1, 151))
    assert [str(row["id"]) for row in rows] == [event["id"] for event in await world.stream()]


async def test_a_large_lot_leaves_as_one_atomic_batch_and_a_small_one_does_not(
    world: World,
) -> None:
    await world.change_many(things(150), list(range(150)))
    assert await world.relay.publish_lot() == 150
    await world.change_many(things(2), [1, 2])
    assert await world.relay.publish_lot() == 2
    said = [base64.b64decode(each["hdrs"]).decode() for each in await world.stored()]
    batches = [re.findall(r"Nats-Batch-(?:Id|Sequence): (\S+)", each) for each in said]
    (batch,) = {each[0] for each in batches[:150]}
    assert batches == [[batch, str(number)] for number in range(1, 151)] + [[], []]
    assert "Nats-Batch-Commit: 1" in said[149]


async def test_a_client_side_role_emits_but_never_reads(world: World, dsns: Dsns) -> None:
    person = Actor(user_id=new_id(), name="Zhang", side=Side.CLIENT, client_id=new_id())
    async with world.database.transaction(person) as session:
        await emit(session, ThingChanged(state=ThingState(id=new_id(), value=1)))
    assert await world.count("SELECT count(*) FROM outbox") == 1
    for dsn in (dsns.client, dsns.firm):
        connection = await asyncpg.connect(dsn)
        for table in ("outbox", "aggregate_versions", "publisher_epoch", "inbox", "parked"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.fetch(f"SELECT * FROM {table}")
        await connection.close()


async def test_an_event_is_a_cloud_event(world: World) -> None:
    thing = new_id()
    await world.change(thing, 7)
    await world.relay.publish_lot()
    (event,) = await world.stream()
    assert event["specversion"] == "1.0"
    assert event["type"] == f"{SERVICE}.thing.changed.v1"
    assert event["source"] == f"/{SERVICE}"
    assert event["subject"] == str(thing)
    assert event["datacontenttype"] == "application/json"
    assert event["data"]["value"] == 7
    assert None not in (event["id"], event["time"])
