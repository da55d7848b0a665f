"""A consumer that makes no progress is made anew; what waits is told by metrics."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from shared.bus import Bus, stream_of
from shared.events import Envelope
from shared.gauges import measure
from shared.ids import new_id
from shared.progress import Standing, judged
from shared.pull import Pull
from shared.relay import Relay
from shared.subscriber import Subscriber, Subscription
from shared.telemetry import REGISTRY
from tests.shared.events.sample import KEEP, NOTE, SERVICE, ThingState
from tests.shared.events.world import World, until


def gauge(name: str, **labels: str) -> float:
    """A metric as it would be scraped now."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def hold_back(world: World) -> None:
    """Let the server deliver nothing to the consumer any more, heartbeats apart."""
    until_ = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    await world.bus.api(f"CONSUMER.PAUSE.{stream_of(SERVICE)}.mirror", {"pause_until": until_})


async def test_a_stalled_consumer_is_noticed_and_made_anew(world: World) -> None:
    world.start_relay()
    subscriber = world.start_subscriber(KEEP, NOTE, watch_seconds=0.1, stall_seconds=2)
    await world.change(new_id(), 1)
    await world.settled(1)
    await hold_back(world)
    await world.change(new_id(), 2)
    assert await world.settled(2, within=30) > 1  # it was held back indeed
    assert subscriber.reason() == "ok"
    assert await world.count("SELECT count(*) FROM steps") == 2


async def test_a_consumer_that_is_gone_without_a_word_is_made_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pull, "_check_alive", lambda _: None)  # the reader is told of nothing
    world.start_relay()
    world.start_subscriber(KEEP, NOTE, watch_seconds=0.1)
    await world.change(new_id(), 1)
    await world.settled(1)
    await world.bus.delete_consumer(SERVICE, "mirror")
    await world.change(new_id(), 2)
    await world.settled(2, within=15)


async def test_a_quiet_consumer_is_left_alone(world: World) -> None:
    world.start_relay()
    world.start_subscriber(KEEP, NOTE, watch_seconds=0.1, stall_seconds=0.2)
    await world.change(new_id(), 1)
    await world.settled(1)
    made = (await world.bus.consumer_info(SERVICE, "mirror"))["created"]
    await asyncio.sleep(3)  # many watches, with nothing pending
    assert (await world.bus.consumer_info(SERVICE, "mirror"))["created"] == made


async def test_a_reader_that_is_only_sent_the_same_again_is_told_of_by_name(world: World) -> None:
    """It follows its stream and takes what comes, so readiness has nothing against it."""
    away = True

    async def stay_away(session: AsyncSession, envelope: Envelope[ThingState]) -> None:
        if away:
            raise ConnectionError("what this handler needs is not there")

    world.start_relay()
    subscriber = world.start_subscriber(
        Subscription(ThingState, stay_away), ack_wait=0.3, watch_seconds=0.1, stall_seconds=1
    )
    await world.change(new_id(), 1)

    async def told() -> bool:
        return "1 waiting, 1 of them delivered again" in subscriber.progress.stuck().get(
            SERVICE, ""
        )

    await until(told, within=15)
    assert subscriber.reason() == "ok"
    assert gauge("rapport_consumer_stuck_seconds", stream=SERVICE) > 0.5
    assert gauge("rapport_consumer_redelivered", stream=SERVICE) == 1
    away = False

    async def goes_on() -> bool:
        return gauge("rapport_consumer_stuck_seconds", stream=SERVICE) == 0

    await until(goes_on, within=15)
    assert subscriber.progress.stuck() == {}


def standing(
    floor: int, undelivered: int, unacknowledged: int, before: Standing | None
) -> Standing:
    """What a look ten seconds after the one before sees."""
    info = {
        "ack_floor": {"stream_seq": floor},
        "num_pending": undelivered,
        "num_ack_pending": unacknowledged,
        "num_redelivered": 0,
    }
    return judged(info, before, before.moved_at + 10 if before else 0.0)


@pytest.mark.parametrize(
    ("floor", "undelivered", "unacknowledged", "moved_at"),
    [
        (5, 3, 2, 0.0),  # nothing happened
        (5, 9, 2, 0.0),  # more was published
        (5, 0, 5, 0.0),  # all was handed out, and nothing acknowledged
        (6, 3, 2, 10.0),  # the oldest is done
        (5, 3, 1, 10.0),  # another one is done
        (5, 0, 0, 10.0),  # nothing waits
        (0, 9, 0, 10.0),  # the consumer was made anew
    ],
)
def test_progress_is_what_the_server_has_acknowledged(
    floor: int, undelivered: int, unacknowledged: int, moved_at: float
) -> None:
    before = standing(5, 3, 2, None)
    assert standing(floor, undelivered, unacknowledged, before).moved_at == moved_at


async def test_the_lag_is_what_was_published_and_not_handled(world: World) -> None:
    world.start_relay()
    world.start_subscriber(KEEP, NOTE, watch_seconds=0.1)
    await world.change(new_id(), 1)
    await world.settled(1)
    await hold_back(world)
    for value in range(7):
        await world.change(new_id(), value)

    async def told() -> bool:
        return gauge("rapport_consumer_lag", stream=SERVICE) == 7

    await until(told, within=15)


async def test_the_age_of_the_oldest_event_is_told_while_nats_is_away(world: World) -> None:
    away = Bus("nats://127.0.0.1:9", name=SERVICE)
    await world.change(new_id(), 1)
    await world.database.worker_pool().execute(
        "UPDATE outbox SET committed_at = now() - interval '1 hour'"
    )
    relay = asyncio.create_task(Relay(world.database, away, publisher=SERVICE).run())

    async def told() -> bool:
        return gauge("rapport_outbox_age_seconds") > 3_500

    await until(told, within=15)
    relay.cancel()
    world.start_relay()

    async def nothing_waits() -> bool:
        return gauge("rapport_outbox_age_seconds") == 0

    await until(nothing_waits, within=15)
    await away.close()


async def test_dead_letters_are_counted_where_nothing_is_subscribed_to(world: World) -> None:
    idle = Subscriber(world.database, world.bus, consumer="idle", subscriptions=())
    loops = [
        asyncio.create_task(idle.run()),
        asyncio.create_task(measure(world.database, every=0.1)),
    ]
    for number in (3, 0):
        await world.database.worker_pool().execute(
            "INSERT INTO dead_letters (id, publisher, type, error) SELECT gen_random_uuid(), 's',"
            " 's.thing.changed.v1', 'x' FROM generate_series(1, $1)"
            if number
            else "DELETE FROM dead_letters WHERE $1 = 0",
            number,
        )

        async def told(expected: int = number) -> bool:
            return gauge("rapport_dead_letters") == expected

        await until(told, within=15)
    for loop in loops:
        loop.cancel()
