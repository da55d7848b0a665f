"""A plan in the hand: its rows put where dates, durations and links want them. No I/O."""

from dataclasses import dataclass
from datetime import date

from services.engagements.phases.rules import PhaseStatus
from services.engagements.phases.tables import Phase
from services.engagements.plan.rules import NodeStatus
from services.engagements.plan.scheduler import (
    Activity,
    Dependency,
    Slot,
    WorkingDays,
    schedule,
)
from services.engagements.plan.tables import KeyNode, Task, TaskLink
from services.engagements.templates.rules import LinkKind
from shared.calendar import WorkingCalendar


@dataclass(frozen=True)
class Plan:
    """Every row of an engagement's plan."""

    phases: list[Phase]
    tasks: list[Task]
    links: list[TaskLink]
    key_nodes: list[KeyNode]


def arrange(plan: Plan, starts_on: date, calendar: WorkingCalendar) -> list[Task]:
    """Put every row where it belongs; what really happened stays. Which tasks moved.

    Raises `PlanTooLong` (422).
    """
    if not plan.tasks:
        return []
    first = min([starts_on, *(task.started_on for task in plan.tasks if task.started_on)])
    days = WorkingDays(calendar, first)
    links = [
        Dependency(link.before_id, link.after_id, LinkKind(link.kind), link.lag_days)
        for link in plan.links
    ]
    activities = [_activity(task, days) for task in plan.tasks]
    slots = schedule(activities, links, begin=days.start_offset(starts_on))
    moved = [task for task in plan.tasks if _place(task, slots[task.id], days)]
    for phase in plan.phases:
        own = [task for task in plan.tasks if task.phase_id == phase.id]
        _fit(phase, min(task.starts_on for task in own), max(task.ends_on for task in own))
    ends = {task.id: task.ends_on for task in plan.tasks}
    for node in plan.key_nodes:
        if node.status == NodeStatus.PLANNED:
            node.planned_on = ends[node.after_task_id]
    return moved


def _activity(task: Task, days: WorkingDays) -> Activity:
    started = days.start_offset(task.started_on) if task.started_on else None
    finished = days.finish_offset(task.finished_on) if task.finished_on else None
    return Activity(task.id, task.days, started, finished)


def _place(task: Task, slot: Slot, days: WorkingDays) -> bool:
    """Put the task into its slot; whether it moved."""
    starts_on = task.started_on or days.day(slot.start)
    ends_on = task.finished_on or days.day(max(slot.finish - 1, slot.start))
    moved = (task.starts_on, task.ends_on) != (starts_on, ends_on)
    task.starts_on, task.ends_on, task.float_days = starts_on, ends_on, slot.float
    return moved


def _fit(phase: Phase, starts_on: date, ends_on: date) -> None:
    if phase.status == PhaseStatus.PLANNED:
        phase.starts_on = starts_on
    if phase.status != PhaseStatus.ENDED:
        phase.ends_on = max(ends_on, phase.starts_on)
