"""NATS hangs or is gone: writes go on, the door says so, and what waited arrives afterwards."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

import httpx
import pytest

from tests.faults.evidence import Scene
from tests.faults.faults import DOWN_SECONDS, GONE_SECONDS, PAUSED_SECONDS
from tests.faults.ledger import Act, Ledger
from tests.faults.machine import Machine
from tests.faults.people import Cast, bring_in

UNREADY_WITHIN_SECONDS = 30.0
RESUMES_WITHIN_SECONDS = 15.0
USUAL_SECONDS = 20.0 if DOWN_SECONDS else 3.0
"""How long it is looked at before NATS goes."""
DRAINING_AT_LEAST = 10
SLOWER_AT_MOST = 2.0
"""Of answers while a long backlog drains, against those of before (reliability.md, P1)."""


@dataclass(frozen=True)
class Absence:
    """A way in which NATS is not there, and who writes meanwhile."""

    name: str
    harm: Callable[[Machine], None]
    seconds: float
    writers: int = 1
    pause: float = 0.5
    """Seconds between two writes of a writer."""


ABSENCES = [
    Absence("paused", partial(Machine.pause_nats, seconds=PAUSED_SECONDS), PAUSED_SECONDS),
    Absence("gone", partial(Machine.nats_gone, seconds=GONE_SECONDS), GONE_SECONDS),
    # What gathers must take its time to drain.
    Absence("down", partial(Machine.nats_gone, seconds=DOWN_SECONDS), DOWN_SECONDS, 4, 0.05),
]
pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(420 + 2 * (PAUSED_SECONDS + GONE_SECONDS + DOWN_SECONDS)),
]


@dataclass
class Written:
    """Cases that were raised, and when each was asked for and answered."""

    raised: list[UUID] = field(default_factory=list)
    times: list[tuple[float, float]] = field(default_factory=list)

    def p99(self, since: float, until: float) -> float:
        """Seconds that answers took to what was asked within a time, the 99th percentile."""
        ordered = sorted(self._within(since, until)) or [0.0]
        return ordered[int(len(ordered) * 0.99) - 1 if len(ordered) > 99 else -1]

    def count(self, since: float, until: float) -> int:
        """How many were asked for within a time."""
        return len(self._within(since, until))

    def _within(self, since: float, until: float) -> list[float]:
        return [done - asked for asked, done in self.times if since <= asked < until]


@dataclass(frozen=True)
class Story:
    """When NATS went, greeted again, and when all that was written until then had arrived."""

    written: Written
    begun: float
    left: float
    back: float
    arrived: float
    unready_after: float | None

    def __str__(self) -> str:
        spans = {
            "before": (self.begun, self.left),
            "away": (self.left, self.back),
            "draining": (self.back, self.arrived),
        }
        said = [
            f"{name} {self.written.count(*span)} writes, p99 {self.written.p99(*span):.3f} s"
            for name, span in spans.items()
        ]
        return (
            f"{self.back - self.left:.0f} s; {'; '.join(said)}; not ready after"
            f" {self.unready_after} s; arrived {self.arrived - self.back:.1f} s after the return"
        )


@pytest.mark.parametrize("absence", [each for each in ABSENCES if each.seconds], ids=str)
async def test_writes_go_on_without_nats_and_arrive_when_it_is_back(
    machine: Machine, http: httpx.AsyncClient, ledger: Ledger, scene: Scene, absence: Absence
) -> None:
    cast = await bring_in(machine, http, ledger)
    story = await lived_through(machine, cast, ledger, scene, absence)
    print(f"{absence.name} {story}")
    assert story.back - story.left >= absence.seconds
    assert story.written.count(story.left, story.back) > absence.seconds / 2
    waiting = len(story.written.raised)
    assert story.arrived - story.back < RESUMES_WITHIN_SECONDS + waiting / 100
    if absence.name != "paused" or absence.seconds > UNREADY_WITHIN_SECONDS:
        assert story.unready_after is not None
        assert story.unready_after < UNREADY_WITHIN_SECONDS
    if absence.name == "down":
        assert story.written.count(story.back, story.arrived) >= DRAINING_AT_LEAST
        usual = story.written.p99(story.begun, story.left)
        assert story.written.p99(story.back, story.arrived) <= SLOWER_AT_MOST * usual
    await asyncio.to_thread(machine.wait_until_ready)
    assert [each for each in ledger.intents if each.tries] == [], "no write had to be tried again"


async def lived_through(
    machine: Machine, cast: Cast, ledger: Ledger, scene: Scene, absence: Absence
) -> Story:
    """Let people write before NATS goes, while it is away, and until all has arrived."""
    written, enough, begun = Written(), asyncio.Event(), time.monotonic()
    async with asyncio.TaskGroup() as group:
        for _ in range(absence.writers):
            group.create_task(keep_raising(cast, ledger, written, absence.pause, enough))
        await asyncio.sleep(USUAL_SECONDS)
        left = time.monotonic()
        harm = group.create_task(asyncio.to_thread(absence.harm, machine))
        unready_at = await watched(machine, harm)
        await asyncio.to_thread(answers, machine.nats_port)
        back = time.monotonic()
        arrived = await arrival(scene, list(written.raised))
        enough.set()
    after = None if unready_at is None else unready_at - left
    return Story(written, begun, left, back, arrived, after)


async def keep_raising(
    cast: Cast, ledger: Ledger, written: Written, pause: float, enough: asyncio.Event
) -> None:
    """Raise one case after the other."""
    while not enough.is_set():
        subject = f"case {len(ledger.intents)}"
        body = {"kind": "complaint", "subject": subject, "description": "x"}
        asked = time.monotonic()
        made = await cast.persons[0].write(0, Act.RAISED, subject, "POST", "/cases", body)
        written.times.append((asked, time.monotonic()))
        written.raised.append(UUID(made["id"]))
        await asyncio.sleep(pause)


async def watched(machine: Machine, harm: asyncio.Task[None]) -> float | None:
    """When the instance first said that it is not ready; it lives as long as the harm lasts."""
    unready_at = None
    while not harm.done():
        assert await asyncio.to_thread(machine.alive)
        if unready_at is None and not await asyncio.to_thread(machine.ready):
            unready_at = time.monotonic()
        await asyncio.sleep(0.25)
    return unready_at


async def arrival(scene: Scene, raised: list[UUID]) -> float:
    """When all of these cases stand in the registry."""
    begun = time.monotonic()
    there = "SELECT count(*) FROM case_refs WHERE id = ANY($1)"
    while await scene.databases["clients"].fetchval(there, raised) < len(raised):
        assert time.monotonic() - begun < 60 + len(raised) / 10, "never arrived"
        await asyncio.sleep(0.05)
    return time.monotonic()


def answers(port: int) -> None:
    """Wait until NATS greets on its port again."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
                if probe.recv(4) == b"INFO":
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("NATS did not come back")
