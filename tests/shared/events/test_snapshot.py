"""A projection can be rebuilt at any time: equal row by row, undisturbed, without effects."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.bus import stream_of
from shared.events import State
from shared.ids import new_id
from shared.outbox import RETENTION_DAYS, emit_snapshots
from shared.snapshot import SnapshotIncomplete, Snapshots, publish_snapshot, rebuild
from tests.shared.events.sample import KEEP, NOTE, SERVICE, ThingState
from tests.shared.events.world import World, things, until


async def _truth(
    session: AsyncSession, ids: Collection[UUID] | None = None, /
) -> AsyncIterator[State]:
    """The publisher's own record of every thing, or of some: here, the newest event of each."""
    rows = await session.execute(
        text(
            "SELECT DISTINCT ON (aggregate_id) data FROM outbox WHERE data IS NOT NULL"
            " AND (CAST(:ids AS uuid[]) IS NULL OR aggregate_id = ANY(:ids))"
            " ORDER BY aggregate_id, epoch DESC, version DESC"
        ),
        {"ids": None if ids is None else list(ids)},
    )
    for row in rows:
        yield ThingState.model_validate_json(row.data)


SNAPSHOTS: Snapshots = {ThingState: _truth}


async def _rows(world: World) -> list[Any]:
    return [tuple(row) for row in await world.fetch("SELECT * FROM things ORDER BY id")]


async def _rebuild(world: World) -> dict[str, int]:
    return await rebuild(world.database, world.bus, [KEEP, NOTE], SERVICE, consumer="mirror")


async def _published(world: World) -> None:
    async def done() -> bool:
        return await world.count("SELECT count(*) FROM outbox WHERE published_at IS NULL") == 0

    await until(done, within=30)


async def test_a_rebuilt_projection_is_equal_row_by_row(world: World) -> None:
    world.start_relay()
    world.start_subscriber(KEEP, NOTE)
    ids = things(700)
    for value in (1, 2):
        await world.change_many(ids, [value] * len(ids))
    await world.settled(1400)
    before = await _rows(world)
    await world.database.worker_pool().execute(
        "UPDATE things SET value = -value WHERE id = ANY($1)", ids[:50]
    )
    await world.database.worker_pool().execute(
        "INSERT INTO things VALUES ($1, 1, 'never was', 1, 1)", new_id()
    )
    await world.database.worker_pool().execute("DELETE FROM things WHERE id = ANY($1)", ids[-5:])
    assert await _rebuild(world) == {"things": 56}
    assert await _rows(world) == before
    assert await world.count("SELECT count(*) FROM steps") == 1400, "no effect a second time"
    shadows = await world.fetch("SELECT 1 FROM pg_tables WHERE schemaname = 'shadow'")
    assert shadows == []


async def test_a_snapshot_brings_back_what_the_stream_has_forgotten(world: World) -> None:
    world.start_relay()
    world.start_subscriber(KEEP, NOTE)
    ids = things(60)
    await world.change_many(ids, list(range(60)))
    await world.settled(60)
    before = await _rows(world)
    await world.bus.api(f"STREAM.PURGE.{stream_of(SERVICE)}")
    with pytest.raises(SnapshotIncomplete):
        await _rebuild(world)
    assert await _rows(world) == before
    assert await publish_snapshot(world.database, SNAPSHOTS) == 60
    await _published(world)
    await world.database.worker_pool().execute("UPDATE things SET remark = 'spoilt'")
    assert await _rebuild(world) == {"things": 60}
    assert await _rows(world) == before
    assert await world.count("SELECT count(*) FROM steps") == 60


async def test_a_state_read_before_a_write_never_gets_the_version_of_the_write(
    world: World,
) -> None:
    thing = new_id()
    await world.change(thing, 1)

    async def read_then_overtaken(
        session: AsyncSession, ids: Collection[UUID] | None = None, /
    ) -> AsyncIterator[State]:
        states = [state async for state in _truth(session, ids)]
        await world.change(thing, 2)
        for state in states:
            yield state

    assert await publish_snapshot(world.database, {ThingState: read_then_overtaken}) == 1
    rows = await world.fetch("SELECT version, data::json->>'value' AS value FROM outbox")
    assert sorted((row["version"], int(row["value"])) for row in rows) == [(1, 1), (1, 1), (2, 2)]
    world.start_relay()
    world.start_subscriber(KEEP)
    await _published(world)

    async def newest() -> bool:
        return await world.count("SELECT coalesce(max(value), 0) FROM things") == 2

    await until(newest, within=20)


async def test_a_state_told_again_keeps_the_time_of_the_act_that_made_it_so(
    world: World,
) -> None:
    remembered, forgotten = things(2)
    await world.change(remembered, 1)
    await world.change(forgotten, 1)
    acts = await world.fetch("SELECT occurred_at FROM outbox WHERE aggregate_id = $1", remembered)
    states = [ThingState(id=each, value=1) for each in (remembered, forgotten)]
    await world.owner(f"DELETE FROM outbox WHERE aggregate_id = '{forgotten}'")
    async with world.database.worker_session() as session:
        assert await emit_snapshots(session, states) == 2
    told = await world.fetch(
        "SELECT aggregate_id AS id, occurred_at AS at FROM outbox WHERE type LIKE '%snapshot%'"
    )
    times = {row["id"]: row["at"] for row in told}
    assert times[remembered] == acts[0]["occurred_at"]
    assert times[forgotten] < acts[0]["occurred_at"] - timedelta(days=RETENTION_DAYS - 1)


async def test_a_new_consumer_starts_from_a_snapshot(world: World) -> None:
    world.start_relay()
    await world.change_many(things(10), list(range(10)))
    await _published(world)
    await world.bus.api(f"STREAM.PURGE.{stream_of(SERVICE)}")
    await publish_snapshot(world.database, SNAPSHOTS)
    world.start_subscriber(KEEP)

    async def filled() -> bool:
        return await world.count("SELECT count(*) FROM things") == 10

    await until(filled, within=20)


async def test_a_rebuild_under_load_loses_nothing(world: World) -> None:
    world.start_relay()
    world.start_subscriber(KEEP, NOTE)
    ids = things(50)
    await world.change_many(ids, [0] * len(ids))
    stop = asyncio.Event()
    written = 0

    async def write() -> None:
        nonlocal written
        while not stop.is_set():
            written += 1
            await world.change_many([*ids[:10], new_id()], [written] * 11)
            await asyncio.sleep(0.02)

    writer = asyncio.create_task(write())
    for _ in range(2):
        await asyncio.sleep(0.3)
        await _rebuild(world)
    stop.set()
    await writer
    await world.settled(50 + 11 * written, within=30)
    assert await world.count("SELECT count(*) FROM things") == 50 + written
    (row,) = await world.fetch(
        "SELECT count(*) AS good FROM things t JOIN aggregate_versions v"
        " ON v.aggregate_id = t.id AND v.version = t.version"
    )
    assert row["good"] == 50 + written


async def test_rows_that_others_refer_to_can_be_rebuilt(world: World) -> None:
    world.start_relay()
    world.start_subscriber(KEEP, NOTE)
    thing = new_id()
    await world.change(thing, 1)
    await world.settled(1)
    await world.owner("CREATE TABLE uses (thing_id uuid NOT NULL REFERENCES things)")
    await world.owner(f"INSERT INTO uses VALUES ('{thing}')")
    await world.owner("UPDATE things SET value = 99")
    assert await _rebuild(world) == {"things": 1}
    assert await world.count("SELECT value FROM things") == 1
