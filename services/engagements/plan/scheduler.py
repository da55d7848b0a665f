"""When each task of a plan begins and ends, on the working calendar: pure.

Days are counted as working days from the plan's first day: a task of `days` that starts at offset
s occupies the offsets s to s + days - 1, and finishes at s + days. A link holds the later task by
the start or finish of the earlier one plus a lag; negative lags let tasks overlap. What really
happened is fixed and moves everything after it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from uuid import UUID

from services.engagements.templates.rules import LinkKind
from shared.calendar import WorkingCalendar, is_working_day
from shared.errors import Unprocessable

FARTHEST_DAYS = 4000
"""A plan that needs more calendar days than this is a mistake."""


_FROM_FINISH = frozenset({LinkKind.FS, LinkKind.FF})
"""The earlier task holds by its finish, else by its start."""
_HOLDS_FINISH = frozenset({LinkKind.FF, LinkKind.SF})
"""The later task's finish is held, else its start."""


class PlanHasCycle(ValueError):
    """Tasks wait for each other in a circle."""


class PlanTooLong(Unprocessable):
    """The plan reaches further than anyone plans."""

    code = "plan_too_long"
    title = {"en": "The plan is too long", "zh": "计划过长"}
    text = {
        "en": "A plan covers at most about ten years.",
        "zh": "计划跨度最多约十年。",
    }


@dataclass(frozen=True)
class Activity:
    """A task as the scheduler sees it; offsets of what really happened, where known."""

    id: UUID
    days: int
    started: int | None = None
    finished: int | None = None


@dataclass(frozen=True)
class Dependency:
    """`after` is held by `before`; lag in working days."""

    before: UUID
    after: UUID
    kind: LinkKind = LinkKind.FS
    lag: int = 0


@dataclass(frozen=True)
class Slot:
    """Where a task stands: start (inclusive) and finish (exclusive) offsets, and its float."""

    start: int
    finish: int
    float: int = 0

    @property
    def critical(self) -> bool:
        """Whether a day's delay delays the whole plan."""
        return self.float <= 0


@dataclass
class WorkingDays:
    """The working days from a first day on, by offset; grows as it is asked."""

    calendar: WorkingCalendar
    first: date
    _days: list[date] = field(default_factory=list)

    def day(self, offset: int) -> date:
        """The working day at an offset. Raises `PlanTooLong`."""
        while len(self._days) <= offset:
            self._grow()
        return self._days[offset]

    def start_offset(self, day: date) -> int:
        """The offset of a day on which work starts: the next working day when it is off."""
        self._reach(day)
        return bisect_left(self._days, day)

    def finish_offset(self, day: date) -> int:
        """The (exclusive) offset of a day on which work finishes."""
        self._reach(day)
        return bisect_right(self._days, day)

    def _reach(self, day: date) -> None:
        while not self._days or self._days[-1] <= day:
            self._grow()

    def _grow(self) -> None:
        day = self._days[-1] + timedelta(days=1) if self._days else self.first
        while not is_working_day(self.calendar, day):
            day += timedelta(days=1)
            if (day - self.first).days > FARTHEST_DAYS:
                raise PlanTooLong()
        if (day - self.first).days > FARTHEST_DAYS:
            raise PlanTooLong()
        self._days.append(day)


def schedule(
    activities: Sequence[Activity], dependencies: Sequence[Dependency], *, begin: int = 0
) -> dict[UUID, Slot]:
    """The earliest slot of every task from `begin` on, with the float it has before it delays all.

    Raises `PlanHasCycle`.
    """
    by_id = {activity.id: activity for activity in activities}
    incoming: dict[UUID, list[Dependency]] = {activity.id: [] for activity in activities}
    outgoing: dict[UUID, list[Dependency]] = {activity.id: [] for activity in activities}
    for dependency in dependencies:
        incoming[dependency.after].append(dependency)
        outgoing[dependency.before].append(dependency)
    order = _order(incoming)
    slots: dict[UUID, Slot] = {}
    for id_ in order:
        slots[id_] = _earliest(by_id[id_], incoming[id_], slots, begin)
    end = max((slot.finish for slot in slots.values()), default=0)
    latest: dict[UUID, int] = {}
    for id_ in reversed(order):
        latest[id_] = _latest(slots[id_], outgoing[id_], slots, latest, end)
    return {
        id_: Slot(slot.start, slot.finish, latest[id_] - slot.start) for id_, slot in slots.items()
    }


def _order(incoming: Mapping[UUID, Sequence[Dependency]]) -> list[UUID]:
    graph = {id_: [each.before for each in links] for id_, links in incoming.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise PlanHasCycle("tasks wait for each other in a circle") from error


def _earliest(
    activity: Activity, incoming: Sequence[Dependency], slots: Mapping[UUID, Slot], begin: int
) -> Slot:
    bounds = {link: _bound(link, slots[link.before], activity.days) for link in incoming}
    if activity.started is None:
        start = max([begin, *bounds.values()])
        return Slot(start, start + activity.days)
    if activity.finished is not None:
        return Slot(min(activity.started, activity.finished), activity.finished)
    # Begun work keeps its start; what holds its finish still moves its end.
    by_finish = [bound for link, bound in bounds.items() if link.kind in _HOLDS_FINISH]
    return Slot(activity.started, max([activity.started, *by_finish]) + activity.days)


def _bound(link: Dependency, before: Slot, days: int) -> int:
    """The earliest start that a link allows the later task."""
    held = before.finish if link.kind in _FROM_FINISH else before.start
    return held + link.lag - (days if link.kind in _HOLDS_FINISH else 0)


def _latest(
    slot: Slot,
    outgoing: Sequence[Dependency],
    slots: Mapping[UUID, Slot],
    latest: Mapping[UUID, int],
    end: int,
) -> int:
    """The latest start that delays neither a later task beyond its latest start nor the end."""
    length = slot.finish - slot.start
    bounds = [end - length]
    for link in outgoing:
        after = slots[link.after]
        held = after.finish - after.start if link.kind in _HOLDS_FINISH else 0
        limit = latest[link.after] + held - link.lag
        bounds.append(limit - (length if link.kind in _FROM_FINISH else 0))
    return min(bounds)
