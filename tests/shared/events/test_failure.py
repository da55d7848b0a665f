"""What cannot be handled is set aside, holds nobody else up, and can be handled later."""

from __future__ import annotations

import asyncio
import time
from typing import Final
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from shared import subscriber
from shared.bus import Outgoing
from shared.deadletters import count_dead_letters, dead_letters
from shared.errors import NotKnownYet
from shared.events import EVENTS, Envelope, Event
from shared.ids import new_id
from shared.letters import discard, revive
from shared.outbox import emit
from shared.patience import BACKOFF_SECONDS, TRIES
from shared.subscriber import Subscription
from shared.telemetry import log
from tests.shared.events.sample import KEEP, NOTE, SERVICE, ThingChanged, ThingState, note_step
from tests.shared.events.world import World, things, until

ACK_WAIT: Final = 0.8
"""Seconds after which NATS delivers again what nobody is done with."""


async def _buried(world: World, number: int, *, within: float) -> list[UUID]:
    async def enough() -> bool:
        return await world.count("SELECT count(*) FROM dead_letters") >= number

    await until(enough, within=within)
    async with world.database.worker_session() as session:
        assert await count_dead_letters(session) == number
        return [letter.id for letter in await dead_letters(session)]


async def test_one_poisonous_event_in_a_thousand(world: World) -> None:
    world.start_relay()
    subscriber = world.start_subscriber(KEEP, NOTE)
    ids = things(1000)
    await world.change_many(ids, [-1 if n == 500 else n for n in range(1000)])
    assert await world.settled(999, within=60) < 60
    letters = await _buried(world, 2, within=60)  # one for each subscription
    await _heal(world, ids[500])
    for letter in letters:
        assert await revive(world.database, subscriber.subscriptions, letter)
        assert not await revive(world.database, subscriber.subscriptions, letter)
    assert await world.count("SELECT count(*) FROM steps WHERE thing_id = $1", ids[500]) == 1
    assert await world.count("SELECT count(*) FROM things") == 1000
    assert await world.count("SELECT count(*) FROM dead_letters") == 0


async def test_a_poisonous_event_is_tried_six_times_after_growing_pauses_and_named_in_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shorter = tuple(pause / 10 for pause in BACKOFF_SECONDS)
    monkeypatch.setattr("shared.patience.BACKOFF_SECONDS", shorter)
    started = time.monotonic()

    async def refuse(session: AsyncSession, envelope: Envelope[ThingState]) -> None:
        raise ZeroDivisionError

    with capture_logs(processors=[merge_contextvars]) as logged:
        # Loggers keep the setting of their first line; a new one has that of now.
        monkeypatch.setattr(subscriber, "_log", log("subscriber"))
        world.start_relay()
        world.start_subscriber(Subscription(ThingState, refuse))
        await world.change(new_id(), 1)
        await _buried(world, 1, within=30)
    assert time.monotonic() - started > sum(shorter)
    (letter,) = await world.fetch("SELECT event_id FROM dead_letters")
    told = [line["event"] for line in logged if line.get("event_id") == str(letter[0])]
    assert told.count("event_failed") == TRIES == 6
    assert told.count("dead_letter") == 1


async def test_a_buried_event_is_done_with_and_never_delivered_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.patience.BACKOFF_SECONDS", (0.01,))
    tried: list[UUID] = []

    async def refuse(session: AsyncSession, envelope: Envelope[ThingState]) -> None:
        tried.append(envelope.id)
        raise ZeroDivisionError

    world.start_relay()
    world.start_subscriber(Subscription(ThingState, refuse), ack_wait=ACK_WAIT)
    await world.change(new_id(), 1)
    await _buried(world, 1, within=30)

    async def nothing_is_held() -> bool:
        return int((await world.bus.consumer_info(SERVICE, "mirror"))["num_ack_pending"]) == 0

    await until(nothing_is_held, within=5)
    before = len(tried)
    await asyncio.sleep(2 * ACK_WAIT)  # that nothing comes again can only be waited for
    assert len(tried) == before >= TRIES
    assert await world.count("SELECT count(*) FROM dead_letters") == 1


async def test_what_refers_to_a_record_not_heard_of_yet_is_given_more_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.patience.BACKOFF_SECONDS", (0.05,))
    (thing,) = things(1)
    asked: list[UUID] = []

    async def refer(session: AsyncSession, envelope: Envelope[ThingState]) -> None:
        asked.append(envelope.id)
        if len(asked) < 2 * TRIES:
            raise NotKnownYet("thing", thing)
        await note_step(session, envelope)

    world.start_relay()
    world.start_subscriber(Subscription(ThingState, refer))
    await world.change(thing, 1)
    await world.settled(1)
    assert await world.count("SELECT count(*) FROM dead_letters") == 0


async def test_a_dead_letter_holds_back_only_the_steps_of_its_own_record(world: World) -> None:
    world.start_relay()
    subscriber = world.start_subscriber(NOTE)
    sick, well = things(2)
    for value in (1, -1, 3, 4):
        await world.change(sick, value)
    for value in (1, 2):
        await world.change(well, value)
    (letter,) = await _buried(world, 1, within=60)
    assert await _versions(world, well) == [1, 2]
    assert await _versions(world, sick) == [1]
    await _heal(world, sick)
    assert await revive(world.database, subscriber.subscriptions, letter)
    assert await _versions(world, sick) == [1, 2, 3, 4]


async def test_discarding_a_dead_letter_lets_the_steps_behind_it_go_on(world: World) -> None:
    world.start_relay()
    subscriber = world.start_subscriber(NOTE)
    sick = new_id()
    for value in (1, -1, 3, 4):
        await world.change(sick, value)
    (letter,) = await _buried(world, 1, within=60)
    assert await discard(world.database, subscriber.subscriptions, letter)
    assert await _versions(world, sick) == [1, 3, 4]
    await world.change(sick, 5)
    await world.settled(4)
    assert await _versions(world, sick) == [1, 3, 4, 5]


async def test_a_failing_effect_does_not_hold_back_the_projection(world: World) -> None:
    async def always_fails(session: AsyncSession, envelope: Envelope[ThingState]) -> None:
        doubled = "INSERT INTO things SELECT :id, 1, 'x', 1, 1 FROM generate_series(1, 2)"
        await session.execute(text(doubled), {"id": envelope.aggregate_id})

    world.start_relay()
    world.start_subscriber(KEEP, Subscription(ThingState, always_fails, ordered=True))
    thing = new_id()
    await world.change(thing, 7)
    await _buried(world, 1, within=60)
    assert await world.count("SELECT value FROM things WHERE id = $1", thing) == 7
    (letter,) = await world.fetch("SELECT error FROM dead_letters")
    assert "things_pkey" in letter["error"], "the letter says what went wrong"
    assert str(thing) not in letter["error"], "and not with whom"


async def test_unknown_types_are_applied_once_the_release_knows_them(world: World) -> None:
    class ThingPolished(Event[ThingState]):
        action = "polished"

    world.start_relay()
    forgotten = EVENTS.pop(ThingPolished.type())
    world.start_subscriber(KEEP, NOTE)
    ids = things(620)
    async with world.database.worker_session() as session:
        for thing in ids:
            await emit(session, ThingPolished(state=ThingState(id=thing, value=1)))

    async def parked() -> bool:
        return await world.count("SELECT count(*) FROM parked") == 2 * len(ids)

    await until(parked, within=30)
    await world.stop()
    EVENTS[ThingPolished.type()] = forgotten
    try:
        world.start_subscriber(KEEP, NOTE)
        await world.settled(len(ids))
        assert await world.count("SELECT count(*) FROM things") == len(ids)
        assert await world.count("SELECT count(*) FROM parked") == 0
    finally:
        del EVENTS[ThingPolished.type()]


async def test_what_is_no_event_at_all_becomes_a_dead_letter(world: World) -> None:
    world.start_subscriber(KEEP, NOTE)
    world.start_relay()
    await world.change(new_id(), 1)
    await world.settled(1)
    rubbish = Outgoing(ThingChanged.type(), b"{not json", "rubbish")
    await world.bus.publish_each([rubbish])
    await _buried(world, 1, within=30)
    await world.change(new_id(), 1)
    await world.settled(2)


async def _heal(world: World, thing: UUID) -> None:
    """What the dead letter holds becomes harmless, as a repaired handler would make it."""
    await world.database.worker_pool().execute(
        "UPDATE dead_letters SET message = replace(message, '\"value\":-1', '\"value\":1')"
        " WHERE aggregate_id = $1",
        thing,
    )


async def _versions(world: World, thing: UUID) -> list[int]:
    rows = await world.fetch(
        "SELECT version FROM steps WHERE thing_id = $1 ORDER BY position", thing
    )
    return [row["version"] for row in rows]
