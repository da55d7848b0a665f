"""Writes on the plan as a whole: make it from a template, schedule it, confirm it."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement import rules as engagement_rules
from services.engagements.engagement import store as engagements
from services.engagements.engagement.announce import announce
from services.engagements.engagement.rules import PLANNABLE, EngagementStatus
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import record
from services.engagements.members.rules import MemberRole
from services.engagements.members.store import live_members, roles_held
from services.engagements.phases.rules import PhaseStatus
from services.engagements.phases.store import phases_of
from services.engagements.phases.tables import Phase
from services.engagements.plan import rules, store
from services.engagements.plan.announce import task_state
from services.engagements.plan.making import rows_of
from services.engagements.plan.rules import NodeStatus
from services.engagements.plan.scheduler import (
    Activity,
    Dependency,
    Slot,
    WorkingDays,
    schedule,
)
from services.engagements.plan.tables import KeyNode, Task
from services.engagements.templates.rules import LinkKind, Template
from shared.calendar import load_calendar
from shared.contracts import engagements as events
from shared.database import context_of
from shared.edge import check
from shared.outbox import emit


async def make_plan(
    session: AsyncSession, engagement: Engagement, template: Template, zone: ZoneInfo
) -> None:
    """Give a fresh draft the template's plan, from its start on; the caller announces.

    Emits `TaskPlanned`.
    """
    engagement.template = template.id
    rows = rows_of(template, engagement)
    for lot in rows:
        session.add_all(lot)
        await session.flush()
    await reschedule(session, engagement, zone)
    team = await live_members(session, engagement.id)
    for task in await store.tasks_of(session, engagement.id):
        await emit(session, events.TaskPlanned(state=await task_state(session, task, team)))


async def reschedule(session: AsyncSession, engagement: Engagement, zone: ZoneInfo) -> list[Task]:
    """Move tasks, phases and key nodes to where dates, durations and links put them.

    What really happened stays; answers the tasks that moved. The caller announces.
    """
    tasks = await store.tasks_of(session, engagement.id)
    if not tasks:
        return []
    first = min([engagement.starts_on, *(task.started_on for task in tasks if task.started_on)])
    days = WorkingDays(await load_calendar(session, zone.key), first)
    links = [
        Dependency(link.before_id, link.after_id, LinkKind(link.kind), link.lag_days)
        for link in await store.links_of(session, engagement.id)
    ]
    activities = [_activity(task, days) for task in tasks]
    slots = schedule(activities, links, begin=days.start_offset(engagement.starts_on))
    moved = [task for task in tasks if _place(task, slots[task.id], days)]
    await _follow(session, engagement.id, tasks)
    await session.flush()
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


async def _follow(session: AsyncSession, engagement_id: UUID, tasks: list[Task]) -> None:
    """Let phases and key nodes follow their tasks."""
    for phase in await phases_of(session, engagement_id):
        own = [task for task in tasks if task.phase_id == phase.id]
        _fit(phase, min(t.starts_on for t in own), max(t.ends_on for t in own))
    ends = {task.id: task.ends_on for task in tasks}
    for node in await store.key_nodes_of(session, engagement_id):
        if node.status == NodeStatus.PLANNED:
            _move(node, ends[node.after_task_id])


def _fit(phase: Phase, starts_on: date, ends_on: date) -> None:
    if phase.status == PhaseStatus.PLANNED:
        phase.starts_on = starts_on
    if phase.status != PhaseStatus.ENDED:
        phase.ends_on = max(ends_on, phase.starts_on)


def _move(node: KeyNode, day: date) -> None:
    node.planned_on = day


async def cascade(
    session: AsyncSession, engagement: Engagement, zone: ZoneInfo, *, besides: UUID | None = None
) -> None:
    """Reschedule and tell of it: `besides` is the task whose own event the caller emits.

    Emits `TaskChanged` per moved task, `EngagementChanged` where anything moved.
    """
    moved = await reschedule(session, engagement, zone)
    team = await live_members(session, engagement.id)
    for task in moved:
        if task.id != besides:
            await emit(session, events.TaskChanged(state=await task_state(session, task, team)))
    if moved:
        await announce(session, engagement, events.EngagementChanged, "plan:cascade")


async def replan(session: AsyncSession, engagement: Engagement, zone: ZoneInfo) -> None:
    """Schedule a changed plan: both project managers confirm it anew.

    Emits `TaskChanged`, `EngagementChanged`.
    """
    engagement.plan_confirmed_consulting_at = engagement.plan_confirmed_client_at = None
    record(session, engagement, "plan_changed")
    await cascade(session, engagement, zone)


async def confirm_plan(session: AsyncSession, engagement_id: UUID) -> None:
    """Confirm the plan as it stands for the side whose project manager acts.

    Raises `AlreadyConfirmed`, `EngagementNotLive` (409). Emits `EngagementChanged`.
    """
    engagement = await engagements.lock_engagement(session, engagement_id)
    context = context_of(session)
    managers = (MemberRole.CONSULTING_PM, MemberRole.CLIENT_PM)
    held = await roles_held(session, engagement.id, context.actor.user_id)
    check(not held.isdisjoint(managers))
    if EngagementStatus(engagement.status) not in PLANNABLE:
        raise engagement_rules.EngagementNotLive(current=engagement.status)
    name = (
        "plan_confirmed_client_at"
        if MemberRole.CLIENT_PM in held
        else "plan_confirmed_consulting_at"
    )
    if getattr(engagement, name) is not None:
        raise rules.AlreadyConfirmed()
    setattr(engagement, name, context.now)
    record(session, engagement, "plan_confirmed")
    await announce(session, engagement, events.EngagementChanged, "plan:confirm")
