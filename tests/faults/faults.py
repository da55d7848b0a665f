"""Which faults happen, in which order and how far apart: decided by a seed that is logged."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from deploy.supervisor.topology import PROCESSES
from tests.faults.ledger import Act, Ledger, Outcome
from tests.faults.machine import ENGINES, Machine

MINUTES: Final = float(os.environ.get("RAPPORT_FAULT_MINUTES") or 0)
"""About how long all fault tests together take; 0, the default, means each fault once, shortly."""
SEED: Final = int(os.environ.get("RAPPORT_FAULT_SEED") or 20261123)
RUN_SECONDS: Final = MINUTES * 24
OLDER_SECONDS: Final = 60.0 if MINUTES else 2.0
"""How old the copy is that NATS's disk is set back to."""
PAUSED_SECONDS: Final = 60.0 if MINUTES else 20.0
GONE_SECONDS: Final = 300.0 if MINUTES else 5.0
DOWN_SECONDS: Final = min(3600.0, MINUTES * 12)
"""The longest absence: an hour from 300 minutes on, none in the short run."""
FORGOTTEN_SECONDS: Final = min(600.0, MINUTES * 6) or 4.0
"""How far one service's database is set back: ten minutes from 100 minutes on."""
READY_WITHIN_SECONDS: Final = 60.0
PROGRESS: Final = 10
PROGRESS_SECONDS: Final = 15.0
MEETING_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.02
_STRIKES_WITHIN_SECONDS: Final = 0.1
SERVED_BY: Final[Mapping[str, frozenset[Act]]] = {
    "clients": frozenset({Act.REGISTERED, Act.CHANGED, Act.SOUGHT, Act.WON}),
    "surveys": frozenset({Act.RATED}),
    "engagements": frozenset(
        {
            Act.JOINED, Act.PROPOSED, Act.ACTIVATED, Act.CONFIRMED, Act.AGREED,
            Act.PHASE_STARTED, Act.SUBMITTED, Act.COMMENTED, Act.CHECK_ASKED, Act.CHECKED,
            Act.DECIDED, Act.TASK_STARTED, Act.TASK_FINISHED, Act.PHASE_ENDED,
            Act.LEFT,
        }
    ),
}  # fmt: skip
"""Which writes a service alone answers, so that its end can meet one of them in the middle."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong."""

    name: str
    happen: Callable[[Machine], None]
    meets: frozenset[Act] = frozenset(Act)
    """What should be under way when it happens."""


def _set_back(machine: Machine) -> None:
    machine.copy_nats()
    time.sleep(OLDER_SECONDS)
    machine.set_nats_back()


def _kill(name: str, machine: Machine) -> None:
    machine.kill(name)


KILLS: Final = tuple(
    Fault(f"kill {name}", partial(_kill, name), SERVED_BY.get(name, frozenset(Act)))
    for name in (*PROCESSES, *ENGINES)
)
DISKS: Final = (
    Fault("wipe the disk of nats", Machine.wipe_nats),
    Fault(f"set nats back by {OLDER_SECONDS:.0f} s", _set_back),
)
WAITS: Final = (
    Fault(
        f"pause nats for {PAUSED_SECONDS:.0f} s",
        partial(Machine.pause_nats, seconds=PAUSED_SECONDS),
    ),
    Fault(f"nats gone for {GONE_SECONDS:.0f} s", partial(Machine.nats_gone, seconds=GONE_SECONDS)),
)
ONCE: Final = (*KILLS, *DISKS, *(WAITS if MINUTES else ()))
"""Short absences of NATS have a test of their own."""


@dataclass(frozen=True)
class Struck:
    """A fault that happened."""

    name: str
    met: int
    """The writes under way when it did."""
    ready_after: float
    """Seconds from the fault's end until the instance was ready again."""


async def happen_in_turn(machine: Machine, ledger: Ledger) -> list[Struck]:
    """Every fault once in an order of the seed, then on for a while."""
    chance = random.Random(SEED)
    until = time.monotonic() + RUN_SECONDS
    struck: list[Struck] = []
    while not struck or time.monotonic() < until:
        faults = list(ONCE) if not struck else [*KILLS, *DISKS]
        chance.shuffle(faults)
        for fault in faults:
            await _progress(ledger)
            await _meeting(ledger, fault)
            await asyncio.sleep(chance.random() * _STRIKES_WITHIN_SECONDS)
            meets = [each.act for each in ledger.under_way()]
            ledger.note(fault=fault.name, meets=meets)
            await asyncio.to_thread(fault.happen, machine)
            seconds = await asyncio.to_thread(machine.wait_until_ready, READY_WITHIN_SECONDS)
            ledger.note(fault=fault.name, ready_after=seconds)
            struck.append(Struck(fault.name, len(meets), seconds))
    return struck


async def _progress(ledger: Ledger) -> None:
    """Let the driver get on, so that every fault meets work in the middle."""
    done = len(ledger.of(Outcome.DONE))
    until = time.monotonic() + PROGRESS_SECONDS
    while len(ledger.of(Outcome.DONE)) < done + PROGRESS and time.monotonic() < until:
        await asyncio.sleep(_PAUSE_SECONDS)


async def _meeting(ledger: Ledger, fault: Fault) -> None:
    """Wait for a write that the fault is meant to meet, but not for ever."""
    until = time.monotonic() + MEETING_SECONDS
    while not any(each.act in fault.meets for each in ledger.under_way()):
        if time.monotonic() > until:
            return
        await asyncio.sleep(_PAUSE_SECONDS)
