"""A subscriber may start before a publisher has ever made its stream; a lost one is warned of."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import CapturingLogger

from shared import subscriber as subscribing
from shared.bus import NO_STREAM
from shared.ids import new_id
from tests.shared.events.sample import KEEP, NOTE, SERVICE
from tests.shared.events.world import World, delete_stream, until


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> CapturingLogger:
    """What subscribers log; their own logger may have been bound by an earlier test."""
    logger = CapturingLogger()
    monkeypatch.setattr(subscribing, "_log", logger)
    return logger


def waits(logged: CapturingLogger) -> list[str]:
    """The reasons with which a subscriber warned that it waits for the stream."""
    told = [call.kwargs for call in logged.calls if call.args == ("subscriber_waits",)]
    return [str(fields["reason"]) for fields in told if fields["stream"] == SERVICE]


async def test_a_stream_that_is_made_a_moment_later_is_no_warning(
    world: World, logged: CapturingLogger
) -> None:
    subscriber = world.start_subscriber(KEEP, NOTE)

    async def refused() -> bool:
        return SERVICE in subscriber._disturbed

    await until(refused, within=30)
    world.start_relay()
    await world.change(new_id(), 1)
    await world.settled(1)
    assert waits(logged) == []
    assert subscriber.reason() == "ok"


async def test_a_stream_that_is_never_made_is_warned_of_once(
    world: World, logged: CapturingLogger
) -> None:
    world.start_subscriber(KEEP, NOTE, patience_seconds=0.5)

    async def warned() -> bool:
        return bool(waits(logged))

    assert await until(warned, within=30) >= 0.5
    await asyncio.sleep(1.2)  # two more tries
    (reason,) = waits(logged)
    assert f"{NO_STREAM}" in reason


async def test_a_stream_that_was_lost_is_warned_of_at_once(
    world: World, logged: CapturingLogger, nats_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.start_relay()
    subscriber = world.start_subscriber(KEEP, NOTE, watch_seconds=0.1, patience_seconds=600)
    await world.change(new_id(), 1)
    await world.settled(1)
    await delete_stream(nats_url)
    monkeypatch.setattr(subscriber, "stall_seconds", 0)

    async def warned() -> bool:
        return bool(waits(logged))

    await until(warned, within=30)
