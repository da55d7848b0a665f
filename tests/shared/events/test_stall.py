"""A consumer that makes no progress is made anew; what waits is told by metrics."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from shared.bus import Bus, stream_of
from shared.gauges import measure
from shared.ids import new_id
from shared.relay import Relay
from shared.subscriber import Subscriber
from shared.telemetry import REGISTRY
from tests.shared.events.sample import KEEP, NOTE, SERVICE
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


async def test_a_quiet_consumer_is_left_alone(world: World) -> None:
    world.start_relay()
    world.start_subscriber(KEEP, NOTE, watch_seconds=0.1, stall_seconds=0.2)
    await world.change(new_id(), 1)
    await world.settled(1)
    made = (await world.bus.consumer_info(SERVICE, "mirror"))["created"]
    await asyncio.sleep(3)  # many watches, with nothing pending
    assert (await world.bus.consumer_info(SERVICE, "mirror"))["created"] == made


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
