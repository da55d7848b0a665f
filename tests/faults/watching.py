"""What an instance holds, looked at again and again: memory, descriptors, connections.

NATS is judged by two amounts, every other process together by how it rises. JetStream keeps the
block that it writes (8 MB) in memory as long as its stream is written every ten seconds, and
Go's heap grows to twice what it holds. So at work it rises and falls by tens of megabytes, as each
stream fills its blocks: within half an hour a slope says where in a block it began. What it holds
has an upper bound, whatever is stored; and what it would gather per event shows once it had rest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from statistics import fmean, linear_regression
from typing import Final

import psutil

COUNTED_FROM: Final = 0.5
"""The part of the time after which everything is warm."""
PERCENT_PER_HOUR: Final = 1.0
ALL: Final = "all"
ALL_BUT_NATS: Final = "all but NATS"
NATS: Final = "nats-server"
NATS_AT_WORK_MB: Final = 150
"""Twice five streams' blocks and 10 MB, its program, and a quarter more; the most seen was 121."""
NATS_AT_REST_MB: Final = 60
"""Six minutes after the last event, however many are stored; 33 were seen after 58,000."""
_HOUR: Final = 3600.0
_BREATHING: Final = 1.1
"""Pools open and close connections by the hour's need; what leaks goes beyond."""
_OWN: Final = re.compile(r"^Pss_Anon: +(\d+) kB$", re.MULTILINE)
_ERROR: Final = re.compile(
    r'"level": ?"(?:error|critical)"|\b(?:ERROR|FATAL|PANIC): '
    r"|^(?:clients|engagements|desk|surveys|gateway) +│ (?!\{)"
)
"""How errors are told: by services in JSON, but for their libraries' words, and by PostgreSQL."""


class Kind(StrEnum):
    """What is counted, in the unit it is counted in."""

    MEMORY = "MB"
    DESCRIPTORS = "descriptors"
    CONNECTIONS = "connections"


Held = Mapping[tuple[Kind, str], float]
"""One look: how much of a kind a process holds; PostgreSQL's processes count as one."""


def held_by(supervisor: int) -> Held:
    """What the supervisor and every process below it hold now."""
    found: dict[tuple[Kind, str], float] = defaultdict(float)
    parent = psutil.Process(supervisor)
    for process in (parent, *parent.children(recursive=True)):
        with suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
            name = "supervisor" if process.pid == supervisor else process.name()
            memory, descriptors = memory_of(process.pid), process.num_fds()
            found[Kind.MEMORY, name] += memory
            found[Kind.MEMORY, ALL] += memory
            if name != NATS:
                found[Kind.MEMORY, ALL_BUT_NATS] += memory
            found[Kind.DESCRIPTORS, name] += descriptors
    return found


def memory_of(pid: int) -> float:
    """Proportional memory without what has a size: PostgreSQL's buffers, programs and libraries.

    How much of a library counts as a process's own depends on who else on the machine uses it.
    """
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(map(int, _OWN.findall(told))) / 1024


@dataclass(frozen=True)
class Course:
    """How one thing went over time: seconds and amounts."""

    at: list[float]
    amounts: list[float]

    def after(self, part: float) -> Course:
        """What is left without the first `part` of the time, from 0 to 1."""
        since = self.at[0] + (self.at[-1] - self.at[0]) * part
        first = next(n for n, at in enumerate(self.at) if at >= since)
        return Course(self.at[first:], self.amounts[first:])

    def ends(self) -> tuple[float, float]:
        """The means of its first and its last tenth."""
        tenth = max(len(self.amounts) // 10, 1)
        return fmean(self.amounts[:tenth]), fmean(self.amounts[-tenth:])

    def flat(self) -> bool:
        """Whether its second half goes no higher than its first did."""
        half = len(self.amounts) // 2
        return max(self.amounts[half:]) <= max(self.amounts[:half]) * _BREATHING + 1

    def percent_per_hour(self) -> float:
        """The slope of the straight line through it, of its mean."""
        return linear_regression(self.at, self.amounts).slope * _HOUR / fmean(self.amounts) * 100


@dataclass
class Watch:
    """Everything that was seen."""

    at: list[float] = field(default_factory=list)
    seen: list[Held] = field(default_factory=list)

    def note(self, at: float, held: Held) -> None:
        """Keep one look, `at` seconds from the start."""
        self.at.append(at)
        self.seen.append(held)

    def courses(self) -> dict[tuple[Kind, str], Course]:
        """The course of each thing; what was not there held nothing."""
        things = sorted({thing for held in self.seen for thing in held})
        return {
            thing: Course(self.at, [held.get(thing, 0.0) for held in self.seen]) for thing in things
        }


def report(courses: Mapping[tuple[Kind, str], Course], rested: Held) -> tuple[list[str], list[str]]:
    """A table of what counts, and what went over its limit; `rested` is a look after the work."""
    counted = {thing: course.after(COUNTED_FROM) for thing, course in courses.items()}
    head = f"{'second half':<26} {'first':>8} {'last':>8} {'most':>8} {'% / h':>8} {'rested':>8}"
    lines = [head]
    lines += [f"{_row(*each)} {rested.get(each[0], 0.0):8.1f}" for each in counted.items()]
    grown = _grown(counted) | _kept(rested)
    return lines, [f"{kind} of {name}: {why}" for (kind, name), why in grown.items()]


def _row(thing: tuple[Kind, str], course: Course) -> str:
    kind, name = thing
    first, last = course.ends()
    return (
        f"{kind:<12} {name:<13} {first:8.1f} {last:8.1f} {max(course.amounts):8.1f}"
        f" {course.percent_per_hour():+8.2f}"
    )


def _grown(counted: Mapping[tuple[Kind, str], Course]) -> dict[tuple[Kind, str], str]:
    """Why each thing that grew too much is over its limit."""
    found: dict[tuple[Kind, str], str] = {}
    for (kind, name), course in counted.items():
        if kind is Kind.MEMORY:
            slope = course.percent_per_hour()
            if name == ALL_BUT_NATS and slope > PERCENT_PER_HOUR:
                found[kind, name] = f"rises by {slope:.2f} % an hour"
            if name == NATS and max(course.amounts) > NATS_AT_WORK_MB:
                found[kind, name] = f"rises to {max(course.amounts):.0f} MB"
        elif not course.flat():
            found[kind, name] = f"rises to {max(course.amounts):.0f}"
    return found


def _kept(rested: Held) -> dict[tuple[Kind, str], str]:
    """Whether NATS kept more than it may once nothing was written any more."""
    thing = Kind.MEMORY, NATS
    kept = rested.get(thing, 0.0)
    return {thing: f"keeps {kept:.0f} MB at rest"} if kept > NATS_AT_REST_MB else {}


def errors_let_go(lines: list[str], newest: int = 0) -> list[str]:
    """Forget all but the newest lines of a log; the errors among them, in lines as they were said.

    Others may append meanwhile.
    """
    forgotten = lines[: max(len(lines) - newest, 0)]
    del lines[: len(forgotten)]
    return [line.replace("\\n", "\n") for line in forgotten if _ERROR.search(line)]
