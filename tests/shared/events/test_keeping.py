"""How long events are kept, and that what is kept can be told again."""

from __future__ import annotations

from datetime import timedelta

from shared.bus import stream_of
from shared.ids import new_id
from shared.outbox import purge_outbox, replay
from tests.shared.events.sample import KEEP, NOTE, SERVICE
from tests.shared.events.world import World, things, until

_NANO = 1_000_000_000


async def aged(world: World, days: int, *, published: bool) -> int:
    """One event committed so many days ago; its place in the outbox."""
    await world.change(new_id(), days)
    age = timedelta(days=days)
    rows = await world.fetch(
        "UPDATE outbox SET committed_at = now() - $1::interval,"
        " published_at = CASE WHEN $2 THEN now() - $1::interval END"
        " WHERE seq = (SELECT max(seq) FROM outbox) RETURNING seq",
        age,
        published,
    )
    return int(rows[0]["seq"])


async def test_events_are_kept_thirty_days_and_what_is_not_published_for_ever(
    world: World,
) -> None:
    kept = [await aged(world, 29, published=True), await aged(world, 31, published=False)]
    gone = await aged(world, 31, published=True)
    async with world.database.worker_session() as session:
        await purge_outbox(session)
    left = [row["seq"] for row in await world.fetch("SELECT seq FROM outbox ORDER BY seq")]
    assert left == kept
    assert gone not in left


async def test_what_was_applied_is_remembered_when_the_outbox_has_forgotten_it(
    world: World,
) -> None:
    world.start_relay()
    world.start_subscriber(KEEP, NOTE)
    await world.change(new_id(), 1)
    await world.settled(1)
    await world.database.worker_pool().execute(
        "UPDATE outbox SET published_at = now() - interval '31 days'"
    )
    async with world.database.worker_session() as session:
        await purge_outbox(session)
    assert await world.count("SELECT count(*) FROM outbox") == 0
    assert await world.count("SELECT count(*) FROM inbox") == 2


async def test_a_replay_ten_seconds_later_reaches_consumers_in_and_after_the_duplicate_window(
    world: World,
) -> None:
    """Of two streams' windows one is over by then: neither swallows what is told again."""
    world.start_relay()
    world.start_subscriber(KEEP, NOTE)
    ids = things(30)
    await world.change_many(ids, [1] * len(ids))
    await world.settled(30)

    async def ten_seconds_old() -> bool:
        return await world.count(
            "SELECT count(*) FROM outbox WHERE published_at > now() - interval '10 seconds'"
        ) == 0  # fmt: skip

    await until(ten_seconds_old, within=30)
    await tell_again(world, copies=2)
    await shorten_window(world, seconds=1)
    await until(ten_seconds_old, within=30)
    await tell_again(world, copies=3)
    assert await world.count("SELECT count(*) FROM steps") == 30


async def tell_again(world: World, *, copies: int) -> None:
    """Lose the projection's inbox and replay: every event arrives once more and fills it again."""
    pool = world.database.worker_pool()
    await pool.execute("DELETE FROM things")
    await pool.execute("DELETE FROM inbox WHERE subscription = $1", KEEP.name)
    async with world.database.worker_session() as session:
        assert await replay(session) == 30

    async def filled() -> bool:
        return await world.count("SELECT count(*) FROM things") == 30

    await until(filled, within=20)
    events = [event["id"] for event in await world.stream()]
    assert (len(events), len(set(events))) == (30 * copies, 30)


async def shorten_window(world: World, *, seconds: int) -> None:
    """Let the stream forget message ids sooner."""
    info = await world.bus.api(f"STREAM.INFO.{stream_of(SERVICE)}")
    body = info["config"] | {"duplicate_window": seconds * _NANO}
    await world.bus.api(f"STREAM.UPDATE.{stream_of(SERVICE)}", body)
