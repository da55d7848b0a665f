"""`python -m tests.faults.soak`: an instance at work for long, and whether it stays as it is.

The driver of the fault runs works at a steady modest pace for RAPPORT_SOAK_MINUTES (30 when not
said), and nothing goes wrong. Every two seconds it is looked at what each process holds. What is
seen in the second half counts, once everything is warm: the memory of all processes but NATS may
not rise by 1 % an hour, and nobody may gather descriptors or connections. NATS has a bound at work,
and one for what it still holds when nothing was written for six minutes (see `watching`). What the
instance itself calls an error is printed at the end, with what raised it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import asyncpg
import httpx

from tests.faults.driver import Driver
from tests.faults.faults import SEED
from tests.faults.ledger import Ledger, Outcome
from tests.faults.machine import Machine
from tests.faults.people import bring_in
from tests.faults.watching import Held, Kind, Watch, errors_let_go, held_by, report
from tests.support.instances import empty_instance

MINUTES: Final = float(os.environ.get("RAPPORT_SOAK_MINUTES") or 30)
REST_SECONDS: Final = 4.0
"""Between two loops of each of the driver's workers."""
LOOK_SECONDS: Final = 2.0
QUIET_SECONDS: Final = 360.0
"""NATS forgets ids of messages after two minutes, and lets go of blocks once Go has collected
twice, which takes four at the latest; then what is free goes back to the system."""
KEPT_LINES: Final = 1_000
_CONNECTIONS: Final = """
    SELECT count(*) FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


async def look(machine: Machine, postgres: asyncpg.Connection) -> Held:
    """What all processes hold, and how many connections PostgreSQL has."""
    assert machine.instance.process is not None
    held = dict(await asyncio.to_thread(held_by, machine.instance.process.pid))
    return held | {(Kind.CONNECTIONS, "postgres"): float(await postgres.fetchval(_CONNECTIONS))}


@dataclass(frozen=True)
class Soaked:
    """The number of writes done, what failed, and what was still held when all had rested."""

    done: int
    troubles: list[str]
    rested: Held


async def soak(machine: Machine, watch: Watch, errors: list[str]) -> Soaked:
    """Work and look for so long, then rest; `errors` gets what the instance said of any."""
    ledger = Ledger()
    postgres = await asyncpg.connect(machine.home.state()["postgres_url"])
    async with httpx.AsyncClient(base_url=machine.instance.address, timeout=20) as http:
        cast = await bring_in(machine, http, ledger)
        driver = Driver(cast, ledger, SEED, people_leave=True, rest_seconds=REST_SECONDS)
        working = asyncio.create_task(driver.run())
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < MINUTES * 60 and not working.done():
            watch.note(passed, await look(machine, postgres))
            # What it says is kept for tests; in eight hours that would be too much.
            errors += errors_let_go(machine.instance.lines, KEPT_LINES)
            await asyncio.sleep(LOOK_SECONDS)
        driver.stopping.set()
        await working
    await asyncio.sleep(QUIET_SECONDS)
    rested = await look(machine, postgres)
    await postgres.close()
    return Soaked(len(ledger.of(Outcome.DONE)), driver.troubles, rested)


def main() -> int:
    """Run, print the table; 1 when a limit is passed or a write failed."""
    watch = Watch()
    errors: list[str] = []
    with TemporaryDirectory() as kept, empty_instance(Path(kept)) as instance:
        try:
            soaked = asyncio.run(soak(Machine(instance), watch, errors))
        finally:
            for line in errors + errors_let_go(instance.lines):
                print(line)
    lines, passed = report(watch.courses(), soaked.rested)
    failed = soaked.troubles
    print("\n".join(lines))
    print(f"{soaked.done} writes in {MINUTES:.0f} minutes, {len(failed)} failed")
    print("\n".join([*failed, *passed]) or "every limit kept")
    return int(bool(failed or passed))


if __name__ == "__main__":
    sys.exit(main())
