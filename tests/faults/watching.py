"""What an instance holds, looked at again and again: memory, descriptors, connections."""

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
_HOUR: Final = 3600.0
_BREATHING: Final = 1.1
"""Pools open and close connections by the hour's need; what leaks goes beyond."""
_OWN: Final = re.compile(r"^Pss_(?:Anon|File): +(\d+) kB$", re.MULTILINE)


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
            memory, descriptors = _megabytes(process.pid), process.num_fds()
            found[Kind.MEMORY, name] += memory
            found[Kind.MEMORY, ALL] += memory
            found[Kind.DESCRIPTORS, name] += descriptors
    return found


def _megabytes(pid: int) -> float:
    """Proportional memory without what is shared on purpose: PostgreSQL's buffers have a size."""
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


def report(courses: Mapping[tuple[Kind, str], Course]) -> tuple[list[str], list[str]]:
    """A table of what counts, and what went over its limit."""
    counted = {thing: course.after(COUNTED_FROM) for thing, course in courses.items()}
    head = f"{'second half':<26} {'first':>8} {'last':>8} {'most':>8} {'% / h':>8}"
    lines = [head, *(_row(thing, course) for thing, course in counted.items())]
    return lines, [f"{kind} of {name}: {why}" for (kind, name), why in _grown(counted).items()]


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
            if name == ALL and slope > PERCENT_PER_HOUR:
                found[kind, name] = f"rises by {slope:.2f} % an hour"
        elif not course.flat():
            found[kind, name] = f"rises to {max(course.amounts):.0f}"
    return found
