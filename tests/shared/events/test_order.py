"""Whatever the order and however often events arrive, what is left is as if they came in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.applying import Subscription, apply_lot
from shared.clock import utc_now
from shared.database import Database
from shared.events import Envelope, decode, encode, snapshot_type
from shared.ids import new_id
from shared.outbox import emit_snapshots, raise_epoch
from tests.shared.events.sample import KEEP, KEEP_MANY, NOTE, ThingChanged, ThingState
from tests.shared.events.world import World, things

THINGS = 3
STEPS = 6


@dataclass(frozen=True)
class Step:
    """One event of one of the things."""

    thing: int
    number: int


EVERY_STEP = [Step(thing, number) for thing in range(THINGS) for number in range(1, STEPS + 1)]


@st.composite
def deliveries(draw: st.DrawFn) -> list[list[Step]]:
    """Every step at least once, some more often, in any order, cut into lots anywhere."""
    again = draw(st.lists(st.sampled_from(EVERY_STEP), max_size=12))
    steps = draw(st.permutations(EVERY_STEP + again))
    cuts = sorted(draw(st.sets(st.integers(1, len(steps) - 1), max_size=6)))
    return [steps[a:b] for a, b in zip([0, *cuts], [*cuts, len(steps)], strict=True)]


def message(thing: UUID, version: int, *, epoch: int = 1, value: int | None = None) -> bytes:
    """An event as the stream delivers it."""
    state = ThingState(id=thing, value=version if value is None else value)
    row = {
        "id": new_id(),
        "type": ThingChanged.type(),
        "aggregate_id": thing,
        "epoch": epoch,
        "version": version,
        "starts_epoch": version == 1 or epoch > 1,
        "subject_ids": [],
        "occurred_at": utc_now(),
        "actor_id": None,
        "historical": False,
        "traceparent": None,
        "data": state.model_dump_json(),
    }
    return encode(row)


async def apply(database: Database, subscriptions: Sequence[Subscription], *lot: bytes) -> None:
    """One lot, in one transaction."""
    async with database.worker_session() as session:
        await apply_lot(session, subscriptions, [(decode(each), each) for each in lot])


@given(lots=deliveries())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_shuffled_and_repeated_deliveries_end_in_order(
    world: World, lots: list[list[Step]]
) -> None:
    ids = things(THINGS)
    messages = {step: message(ids[step.thing], step.number) for step in EVERY_STEP}
    for lot in lots:
        await apply(world.database, [KEEP, NOTE], *(messages[step] for step in lot))
    for thing in ids:
        kept = await world.fetch("SELECT value, version FROM things WHERE id = $1", thing)
        assert [tuple(row) for row in kept] == [(STEPS, STEPS)]
        steps = await world.fetch(
            "SELECT version FROM steps WHERE thing_id = $1 ORDER BY position", thing
        )
        assert [row["version"] for row in steps] == list(range(1, STEPS + 1))
        assert await world.count("SELECT count(*) FROM parked WHERE aggregate_id = $1", thing) == 0


async def test_a_projection_takes_the_newest_and_does_not_wait_for_gaps(world: World) -> None:
    thing = new_id()
    await apply(world.database, [KEEP_MANY], message(thing, 5))
    await apply(world.database, [KEEP_MANY], message(thing, 3), message(thing, 4))
    (row,) = await world.fetch("SELECT value FROM things WHERE id = $1", thing)
    assert row["value"] == 5


async def test_who_wants_every_event_misses_none_whatever_the_order(world: World) -> None:
    got: list[int] = []

    async def count_all(_: object, envelopes: list[Envelope[ThingState]]) -> None:
        got.extend(each.version for each in envelopes)

    everything = Subscription(ThingState, count_all, every=True, many=True)
    thing = new_id()
    await apply(world.database, [everything], message(thing, 5), message(thing, 2))
    await apply(world.database, [everything], message(thing, 3))
    assert got == [2, 5, 3]
    stale = message(thing, 4).replace(b".changed.", b".snapshot.")
    fresh = message(thing, 5).replace(b".changed.", b".snapshot.")
    await apply(world.database, [everything], stale, fresh)
    assert got == [2, 5, 3, 5], "a snapshot of less than is known"
    overtaken = message(thing, 4).replace(b".changed.", b".restated.")
    await apply(world.database, [everything], overtaken)
    assert got == [2, 5, 3, 5, 4], "words that a person was erased from are never too late"


async def test_a_handler_of_many_gets_one_event_per_record(world: World) -> None:
    sizes: list[int] = []

    async def count_thing(_: object, envelopes: list[object]) -> None:
        sizes.append(len(envelopes))

    first, second = things(2)
    lot = [message(first, 1), message(first, 2), message(second, 1), message(first, 3)]
    await apply(world.database, [Subscription(ThingState, count_thing, many=True)], *lot)
    assert sizes == [2]


async def test_a_restored_publisher_wins_with_a_lower_version(world: World) -> None:
    thing = new_id()
    for lot in (message(thing, 1), message(thing, 2), message(thing, 3)):
        await apply(world.database, [KEEP, NOTE], lot)
    await apply(world.database, [KEEP, NOTE], message(thing, 2, epoch=2, value=20))
    await apply(world.database, [KEEP, NOTE], message(thing, 4, epoch=1, value=40))
    (row,) = await world.fetch("SELECT value, epoch FROM things WHERE id = $1", thing)
    assert tuple(row) == (20, 2)
    steps = await world.fetch("SELECT epoch, version FROM steps ORDER BY position")
    assert [tuple(step) for step in steps] == [(1, 1), (1, 2), (1, 3), (2, 2)]


async def test_steps_of_a_new_epoch_wait_for_its_first(world: World) -> None:
    """The second event after a restore comes before the first: both have their effect, in order."""
    thing = new_id()
    await world.change(thing, 1)
    async with world.database.worker_session() as session:
        await raise_epoch(session)
    await world.change(thing, 2)
    await world.change(thing, 3)
    rows = await world.fetch("SELECT * FROM outbox ORDER BY seq")
    first, second, third = (encode(row) for row in rows)
    for lot in (first, third, second):
        await apply(world.database, [NOTE], lot)
    steps = await world.fetch("SELECT epoch, version FROM steps ORDER BY position")
    assert [tuple(step) for step in steps] == [(1, 1), (2, 2), (2, 3)]


async def test_a_snapshot_of_a_restored_publisher_wins_and_the_next_step_has_its_effect(
    world: World,
) -> None:
    """Known before, and known from the snapshot alone: both go on with the new epoch's first."""
    known, late = things(2)
    for thing in (known, late):
        await world.change(thing, 1)
        await world.change(thing, 2)
    await apply(world.database, [KEEP, NOTE], *(message(known, n, value=n) for n in (1, 2, 3)))
    async with world.database.worker_session() as session:
        await raise_epoch(session)
        await emit_snapshots(session, [ThingState(id=thing, value=2) for thing in (known, late)])
    for thing in (known, late):
        await world.change(thing, 3)
    rows = await world.fetch("SELECT * FROM outbox WHERE epoch = 2 ORDER BY seq")
    for row in rows:
        await apply(world.database, [KEEP, NOTE], encode(row))
        if row["type"] == snapshot_type(ThingState) and row["aggregate_id"] == known:
            assert await world.count("SELECT value FROM things WHERE id = $1", known) == 2
    steps = await world.fetch(
        "SELECT thing_id, epoch, version FROM steps WHERE epoch = 2 ORDER BY position"
    )
    assert [tuple(step) for step in steps] == [(known, 2, 3), (late, 2, 3)]
    assert await world.count("SELECT count(*) FROM parked") == 0


async def test_a_type_nobody_knows_is_parked_and_read_after_an_upgrade(world: World) -> None:
    thing = new_id()
    body = orjson.loads(message(thing, 1)) | {"type": "sample.thing.polished.v1"}
    await apply(world.database, [KEEP], orjson.dumps(body))
    (row,) = await world.fetch("SELECT reason FROM parked WHERE aggregate_id = $1", thing)
    assert row["reason"] == "unknown"
    assert await world.count("SELECT count(*) FROM things WHERE id = $1", thing) == 0


async def test_an_ordered_subscription_added_later_begins_at_a_snapshot(world: World) -> None:
    """It had no part in the first steps: it goes on from the snapshot, and from what waited."""
    first, second, young = things(3)
    await apply(world.database, [NOTE], message(first, 7), message(first, 8))
    await apply(world.database, [NOTE], message(young, 2))
    lot = [_snapshot(first, 8), _snapshot(second, 4), _snapshot(young, 2)]
    await apply(world.database, [NOTE], *lot)
    await apply(world.database, [NOTE], message(second, 5), message(young, 1))
    steps = await world.fetch("SELECT thing_id, version FROM steps ORDER BY position")
    assert {
        thing: [step["version"] for step in steps if step["thing_id"] == thing]
        for thing in (first, second, young)
    } == {first: [7, 8], second: [5], young: [1, 2]}


def _snapshot(thing: UUID, version: int) -> bytes:
    body = orjson.loads(message(thing, version))
    return orjson.dumps(body | {"type": snapshot_type(ThingState), "epochstart": False})
