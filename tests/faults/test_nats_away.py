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
BETWEEN_WRITES_SECONDS = 0.5
PRESSED_SECONDS = 0.0
"""Between writes of the longest absence: what gathers must take its time to drain."""
BASELINE = 400 if DOWN_SECONDS else 40
DRAINING_AT_LEAST = 10
SLOWER_AT_MOST = 2.0
"""Of answers while a long backlog drains, against those of before (reliability.md, P1)."""
pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(420 + 2 * (PAUSED_SECONDS + GONE_SECONDS + DOWN_SECONDS)),
]


@dataclass
class Absence:
    """What was seen while NATS was away, times in seconds."""

    raised: list[UUID] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    unready_after: float | None = None


async def test_writes_go_on_without_nats_and_arrive_when_it_is_back(
    machine: Machine, http: httpx.AsyncClient, ledger: Ledger, scene: Scene
) -> None:
    cast = await bring_in(machine, http, ledger)
    normal = Absence()
    for _ in range(BASELINE):
        await raise_case(cast, ledger, normal)
    for name, harm, seconds in (
        ("paused", machine.pause_nats, PAUSED_SECONDS),
        ("gone", machine.nats_gone, GONE_SECONDS),
        ("down", machine.nats_gone, DOWN_SECONDS),
    ):
        if seconds:
            pause = PRESSED_SECONDS if name == "down" else BETWEEN_WRITES_SECONDS
            seen = await without_nats(machine, cast, ledger, partial(harm, seconds), pause)
            resumed, drained = await until_arrived(machine, cast, ledger, scene, seen)
            print(
                f"{name} {seconds:.0f} s: {len(seen.raised)} writes, not ready after"
                f" {seen.unready_after}, arrived {resumed:.1f} s after the return; p99 normal"
                f" {p99(normal):.3f} s, away {p99(seen):.3f} s, draining {p99(drained):.3f} s"
            )
            if name == "down":
                assert len(drained.latencies) >= DRAINING_AT_LEAST
                assert p99(drained) <= SLOWER_AT_MOST * p99(normal)
            assert resumed < RESUMES_WITHIN_SECONDS + len(seen.raised) / 100
            if name == "gone" or seconds > UNREADY_WITHIN_SECONDS:
                assert seen.unready_after is not None
                assert seen.unready_after < UNREADY_WITHIN_SECONDS
            await asyncio.to_thread(machine.wait_until_ready)
    retried = [each for each in ledger.intents if each.tries]
    assert retried == [], "no write had to be tried again"


async def without_nats(
    machine: Machine, cast: Cast, ledger: Ledger, harm: Callable[[], None], pause: float
) -> Absence:
    """Write while NATS is away, watching liveness and readiness."""
    seen, begun = Absence(), time.monotonic()
    away = asyncio.create_task(asyncio.to_thread(harm))
    while not away.done():
        await raise_case(cast, ledger, seen)
        assert await asyncio.to_thread(machine.alive)
        if seen.unready_after is None and not await asyncio.to_thread(machine.ready):
            seen.unready_after = time.monotonic() - begun
        await asyncio.sleep(pause)
    await away
    return seen


async def until_arrived(
    machine: Machine, cast: Cast, ledger: Ledger, scene: Scene, seen: Absence
) -> tuple[float, Absence]:
    """Seconds from NATS's return until all stands on the client page; writes go on meanwhile."""
    await asyncio.to_thread(answers, machine.nats_port)
    begun, drained = time.monotonic(), Absence()
    there = "SELECT count(*) FROM case_refs WHERE id = ANY($1)"
    while await scene.databases["clients"].fetchval(there, seen.raised) < len(seen.raised):
        assert time.monotonic() - begun < 60 + len(seen.raised) / 10, "never arrived"
        await raise_case(cast, ledger, drained)
    return time.monotonic() - begun, drained


async def raise_case(cast: Cast, ledger: Ledger, noted: Absence) -> None:
    """One write, with the time its answer took."""
    subject = f"case {len(ledger.intents)}"
    body = {"kind": "complaint", "subject": subject, "description": "x"}
    begun = time.monotonic()
    made = await cast.persons[0].write(0, Act.RAISED, subject, "POST", "/cases", body)
    noted.latencies.append(time.monotonic() - begun)
    noted.raised.append(UUID(made["id"]))


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


def p99(seen: Absence) -> float:
    """The 99th percentile of the latencies."""
    ordered = sorted(seen.latencies) or [0.0]
    return ordered[int(len(ordered) * 0.99) - 1 if len(ordered) > 99 else -1]
