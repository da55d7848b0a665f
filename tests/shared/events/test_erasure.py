"""An erased person's words are nowhere in events: not stored, parked, given up on or streamed."""

from __future__ import annotations

from pathlib import Path

from deploy.engines import Nats
from shared.blanking import blank_payloads
from shared.ids import new_id
from shared.outbox import replay
from tests.shared.events.sample import KEEP, NOTE, ThingChanged
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
