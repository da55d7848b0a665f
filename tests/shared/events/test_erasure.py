"""An erased person's words are nowhere in events: not stored, parked, given up on or streamed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from deploy.engines import Nats
from shared import privacy
from shared.blanking import blank_payloads
from shared.eraser import Eraser
from shared.events import State
from shared.ids import new_id
from shared.outbox import emit_snapshots, replay
from shared.restating import restate
from shared.snapshot import Growing, Snapshots
from shared.steps import PART, in_parts
from tests.shared.events.sample import KEEP, NOTE, SERVICE, ThingChanged, ThingState
from tests.shared.events.world import World, until

CANARY = "canary-5f0c2b"


async def _stored(world: World) -> int:
    """Rows of the machinery's tables that hold the canary."""
    return sum(
        [
            await world.count(f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%{CANARY}%'")
            for table in ("outbox", "parked", "dead_letters")
        ]
    )


async def _clean(world: World) -> bool:
    return await world.count("SELECT count(*) FROM stream_erasures") == 0


def _on_disk(store: Path) -> int:
    """Files of the stream that hold the canary."""
    return sum(CANARY.encode() in file.read_bytes() for file in store.rglob("*.blk"))


async def test_nothing_of_an_erased_person_is_left(frail_world: World, own_nats: Nats) -> None:
    world, person, other = frail_world, new_id(), new_id()
    world.start_relay()
    world.start_eraser()
    subscriber = world.start_subscriber(KEEP, NOTE)
    told, poisonous, kept = (new_id() for _ in range(3))
    await world.change(told, 1, owner_id=person, remark=CANARY)
    await world.change(kept, 1, owner_id=other, remark="kept")
    await world.change(poisonous, -1, owner_id=person, remark=CANARY)
    await world.change(poisonous, 2, owner_id=person, remark=CANARY)
    await world.settled(2)

    async def buried() -> bool:
        return await world.count("SELECT count(*) FROM dead_letters") == 1

    await until(buried, within=60)
    assert await world.count("SELECT count(*) FROM parked") == 1
    async with world.database.worker_session() as session:
        await replay(session)  # a second copy of each in the stream

    async def copied() -> bool:
        return len(await world.stream()) == 8

    await until(copied, within=20)
    assert await _stored(world) == 5
    assert _on_disk(own_nats.store) > 0
    async with world.database.worker_session() as session:
        assert await blank_payloads(session, person) == 5

    await until(lambda: _clean(world), within=20)
    assert await _stored(world) == 0
    assert [event["data"]["remark"] for event in await world.stream()] == ["kept", "kept"]
    assert _on_disk(own_nats.store) == 0
    assert subscriber.reason() == "ok"


async def test_a_replay_sends_tombstones_that_have_no_effect(world: World) -> None:
    person, thing = new_id(), new_id()
    world.start_relay()
    world.start_eraser()
    await world.change(thing, 1, owner_id=person, remark=CANARY)
    await world.change(thing, 2)
    async with world.database.worker_session() as session:
        await blank_payloads(session, person)
    await until(lambda: _clean(world), within=20)
    async with world.database.worker_session() as session:
        await replay(session)
    world.start_subscriber(KEEP, NOTE)
    await world.settled(1)
    steps = await world.fetch("SELECT version FROM steps")
    assert [row["version"] for row in steps] == [2], "the tombstone only keeps its place"
    first, *_ = await world.stream()
    assert first["type"] == ThingChanged.type()


async def test_who_is_asked_for_again_during_a_search_is_searched_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second erasure may be of a message behind the place where the search is by then."""
    person = new_id()

    async def ask() -> None:
        async with world.database.worker_session() as session:
            await blank_payloads(session, person)

    async def searching(*_: object) -> int:
        await ask()
        return 1

    await world.change(new_id(), 1, owner_id=person, remark=CANARY)
    await world.relay.publish_lot()
    await ask()
    eraser = Eraser(world.database, world.bus, publisher=SERVICE)
    with monkeypatch.context() as patched:
        patched.setattr("shared.eraser.erase_from_stream", searching)
        assert await eraser.erase() == 1
    assert not await _clean(world)
    assert await eraser.erase() == 1
    assert await _clean(world)


async def test_nothing_waits_for_a_search(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def searching(*_: object) -> int:
        begun.set()
        await goes_on.wait()
        return 0

    monkeypatch.setattr("shared.eraser.erase_from_stream", searching)
    world.start_relay()
    world.start_eraser()
    world.start_subscriber(NOTE)
    async with world.database.worker_session() as session:
        await blank_payloads(session, new_id())
    await asyncio.wait_for(begun.wait(), 20)
    await world.change(new_id(), 1)
    await world.settled(1)
    second = Eraser(world.database, world.bus, publisher=SERVICE)
    assert await second.erase() == 0, "one searches at a time"
    goes_on.set()
    await until(lambda: _clean(world), within=20)


async def _erased(world: World, person: UUID) -> None:
    """Erase a person from what was emitted."""
    for statement in privacy.DDL:
        await world.owner(statement.replace("{service}", SERVICE))
    async with world.database.worker_session() as session:
        await session.execute(
            text("INSERT INTO erasures VALUES (:person, :person, 'asked', now())"),
            {"person": person},
        )
        await blank_payloads(session, person)


async def _after(world: World, person: UUID, states: dict[UUID, ThingState]) -> None:
    """Erase a person, of whom the things in `states` told."""

    async def read(
        _: AsyncSession, ids: Collection[UUID] | None = None
    ) -> AsyncIterator[ThingState]:
        for id_ in states if ids is None else ids:
            yield states[id_]

    await _erased(world, person)
    async with world.database.worker_session() as session:
        assert await restate(session, person, {ThingState: read}) == len(states)
        assert await restate(session, person, {ThingState: read}) == 0, "said once"


async def test_what_was_silenced_is_said_again_without_the_person(world: World) -> None:
    person, thing, other = new_id(), new_id(), new_id()
    world.start_relay()
    world.start_eraser()
    await world.change(thing, 1, owner_id=person, remark=CANARY)
    await world.change(thing, 7, owner_id=person, remark=CANARY)
    await world.change(other, 3, remark="kept")
    await _after(
        world, person, {thing: ThingState(id=thing, value=7, owner_id=person, remark="[erased]")}
    )
    await until(lambda: _clean(world), within=20)
    world.start_subscriber(KEEP)

    async def known() -> bool:
        return await world.count("SELECT count(*) FROM things") == 2

    await until(known, within=20)
    rows = await world.fetch("SELECT value, remark, version FROM things ORDER BY value")
    assert [tuple(row) for row in rows] == [(3, "kept", 1), (7, "[erased]", 3)]
    told = [event["data"]["remark"] for event in await world.stream() if event["data"]]
    assert sorted(told) == ["[erased]", "kept"]


async def test_a_history_is_said_again_however_long_ago_it_named_the_person(world: World) -> None:
    """The event that told of it may be forgotten, and later ones name nobody."""
    person, thing = new_id(), new_id()
    await world.change(thing, 1, owner_id=person, remark=CANARY)
    await world.change(thing, 2)

    async def read(_: AsyncSession, ids: Collection[UUID] | None = None) -> AsyncIterator[State]:
        for id_ in ids or ():
            yield ThingState(id=id_, value=2)

    named: Snapshots = {
        ThingState: Growing(read, f"SELECT uuid '{thing}' WHERE :person = uuid '{person}'")
    }
    await world.owner("DELETE FROM outbox WHERE version = 1")
    await _erased(world, person)
    async with world.database.worker_session() as session:
        assert await restate(session, person, named) == 1
        assert await restate(session, person, named, first=False) == 0
    types = await world.fetch("SELECT type FROM outbox ORDER BY seq")
    assert [row["type"].split(".")[2] for row in types] == ["changed", "restated"]


async def test_a_long_history_is_said_again_in_parts(world: World) -> None:
    person, thing = new_id(), new_id()
    await world.change(thing, 1, owner_id=person, remark=CANARY)

    async def read(_: AsyncSession, ids: Collection[UUID] | None = None) -> AsyncIterator[State]:
        for part in in_parts([{}] * (2 * PART + 1)):
            yield ThingState(id=thing, value=len(part))

    await _erased(world, person)
    async with world.database.worker_session() as session:
        assert await restate(session, person, {ThingState: read}) == 1
    async with world.database.worker_session() as session:
        assert await emit_snapshots(session, [part async for part in read(session)]) == 3
    rows = await world.fetch("SELECT version, data FROM outbox WHERE data IS NOT NULL ORDER BY seq")
    told = [(row["version"], orjson.loads(row["data"])["value"]) for row in rows]
    assert told[:3] == [(2, PART), (3, PART), (4, 1)]
    assert sorted(told[3:]) == [(4, 1), (4, PART), (4, PART)], "a snapshot is all of one version"


async def test_a_state_said_again_is_a_step_without_effect(world: World) -> None:
    person, thing = new_id(), new_id()
    world.start_relay()
    world.start_subscriber(NOTE)
    await world.change(thing, 1, owner_id=person, remark=CANARY)
    await world.settled(1)
    await _after(world, person, {thing: ThingState(id=thing, value=1, owner_id=person)})
    await world.change(thing, 2)
    await world.settled(2)
    steps = await world.fetch("SELECT version, value FROM steps ORDER BY position")
    assert [tuple(row) for row in steps] == [(1, 1), (3, 2)]
    assert await world.count("SELECT count(*) FROM parked") == 0
