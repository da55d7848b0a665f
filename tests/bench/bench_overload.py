"""What an instance does at its best, and what is left of that when three times as much is asked.

`python -m tests.bench overload` finds the most good answers a second that callers side by side get
from a whole instance: a list of cases, a client page, a new case, a list of clients in turn. Then
it sends three times as many requests a second whatever is answered. The floor is the peak of the
same round. Whoever asks runs on the same cores, so the part that is kept is lower here than before
a machine of its own.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from pathlib import Path
from typing import Final

import httpx
import uvloop

from tests.faults.ledger import Ledger
from tests.faults.machine import Machine
from tests.faults.overloading import TIMES, mixed, overload
from tests.faults.people import bring_in
from tests.support.instances import Instance, empty_instance

GOAL: Final = 0.8
ROUNDS: Final = 3
PEAK_SECONDS, OVER_SECONDS = 5.0, 10.0


async def measure(instance: Instance) -> list[float]:
    """The part of its peak that each round kept; prints every round."""
    machine = Machine(instance)
    async with httpx.AsyncClient(base_url=instance.address, timeout=20) as http:
        cast = await bring_in(machine, http, Ledger())
        message = await mixed(cast)
    kept = []
    for _ in range(ROUNDS):
        seen = await overload(machine, message, PEAK_SECONDS, OVER_SECONDS)
        print(seen, flush=True)
        wrong = [each for each in seen.over.refused if not each.refused_well]
        sick = [each for each in seen.health if each.status != httpx.codes.OK]
        if wrong or sick:
            raise RuntimeError(f"{wrong[:3]} {sick[:3]}")
        kept.append(seen.kept)
    return kept


def main() -> int:
    """Measure and judge; 1 when the goal is missed."""
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_instance(Path(folder)) as instance,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        kept = runner.run(measure(instance))
    half = statistics.median(kept)
    met = half >= GOAL
    print(
        f"at {TIMES} x the capacity: {half:.0%} of the peak ({min(kept):.0%}-{max(kept):.0%});"
        f" goal {GOAL:.0%} {'met' if met else 'missed'}"
    )
    return int(not met)


if __name__ == "__main__":
    raise SystemExit(main())
