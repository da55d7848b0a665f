"""More than an instance can do: what it does at its best, and at three times as much."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import httpx

from deploy.supervisor.topology import PROCESSES
from tests.bench.wire import request
from tests.faults.flooding import Flood, Told
from tests.faults.machine import Machine
from tests.faults.people import Cast

TIMES: Final = 3
PLACES: Final = (16, 48)
"""Callers side by side; the best of both is the peak."""
_HEALTH_SECONDS: Final = 0.2
_KEY: Final = b"a-new-key"


@dataclass(frozen=True)
class Health:
    """One question for health: where, the answer and the seconds it took."""

    where: str
    status: int
    seconds: float


@dataclass(frozen=True)
class Overload:
    """What was told at the peak, beyond it, and by health all along."""

    peak: Told
    over: Told
    health: list[Health]

    @property
    def kept(self) -> float:
        """The goodput beyond the capacity, as a part of the peak."""
        return self.over.goodput / self.peak.goodput

    def __str__(self) -> str:
        over, slowest = self.over, max(each.seconds for each in self.health)
        return (
            f"peak {self.peak.goodput:.0f}/s (p50 {self.peak.median() * 1000:.0f} ms), asked"
            f" {over.asked / over.seconds:.0f}/s: {over.goodput:.0f}/s = {self.kept:.0%}"
            f" (p50 {over.median() * 1000:.0f} ms), of {over.asked} {len(over.refused)} refused,"
            f" {over.late} late;"
            f" {len(self.health)} asked for health, at most {slowest * 1000:.0f} ms"
        )


async def mixed(cast: Cast) -> Callable[[], bytes]:
    """Makes the next request: three that read, of two services, and one that writes."""
    client_id = (await cast.agent.read("/clients")).json()["items"][0]["id"]
    await cast.persons[0].read("/me")  # signs in
    agent = {"Authorization": f"Bearer {cast.agent.token}"}
    person = {"Authorization": f"Bearer {cast.persons[0].token}", "Idempotency-Key": _KEY.decode()}
    case = {"kind": "complaint", "subject": "one of many", "description": "x"}
    kinds = itertools.cycle(
        (
            request("GET", "/api/v1/cases?limit=50", headers=agent),
            request("GET", f"/api/v1/clients/{client_id}/page", headers=agent),
            request("POST", "/api/v1/cases", case, person),
            request("GET", "/api/v1/clients?limit=50", headers=agent),
        )
    )
    return lambda: next(kinds).replace(_KEY, str(uuid4()).encode())


async def overload(
    machine: Machine, message: Callable[[], bytes], peak_seconds: float, over_seconds: float
) -> Overload:
    """Look for the peak, ask for three times as much, and for health all the time."""
    flood = Flood(machine.instance.port, message)
    health: list[Health] = []
    watching = asyncio.create_task(_watch(machine, health))
    try:
        await flood.side_by_side(PLACES[0], peak_seconds / 2)  # warms up
        tries = [await flood.side_by_side(places, peak_seconds) for places in PLACES]
        peak = max(tries, key=lambda told: told.goodput)
        over = await flood.at_rate(peak.goodput * TIMES, over_seconds)
    finally:
        watching.cancel()
        flood.close()
    return Overload(peak, over, health)


async def _watch(machine: Machine, health: list[Health]) -> None:
    """Ask the door and every service whether they live, and the door whether all is ready."""
    ports = machine.home.state()["ports"]
    lives = [f"http://127.0.0.1:{ports[name]}/healthz" for name in PROCESSES]
    async with httpx.AsyncClient(timeout=20) as http:
        while True:
            for where in (*lives, f"{machine.instance.address}/readyz"):
                begun = time.monotonic()
                answer = await http.get(where)
                health.append(Health(where, answer.status_code, time.monotonic() - begun))
            await asyncio.sleep(_HEALTH_SECONDS)
