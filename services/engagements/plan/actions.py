"""Writes on the plan as a whole: make it from a template, schedule it, confirm it."""

from collections.abc import Iterable
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement import rules as engagement_rules
from services.engagements.engagement import store as engagements
from services.engagements.engagement.announce import announce
from services.engagements.engagement.confirming import DURATION, reopen, said
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import record
from services.engagements.members.rules import MemberRole
from services.engagements.members.store import live_members, roles_held
from services.engagements.phases.store import phases_of
from services.engagements.plan import rules, store
from services.engagements.plan.announce import announce_task, task_state
from services.engagements.plan.arranging import Plan, arrange
from services.engagements.plan.making import plan_from
from services.engagements.plan.tables import Task
from services.engagements.templates.rules import Template
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
    plan = plan_from(template, engagement)
    arrange(plan, engagement.starts_on, await load_calendar(session, zone.key))
    for rows in (plan.phases, plan.tasks, plan.links, plan.key_nodes):
        session.add_all(rows)
        await session.flush()
    team = await live_members(session, engagement.id)
    for task in plan.tasks:
        await emit(session, events.TaskPlanned(state=await task_state(session, task, team)))


async def reschedule(session: AsyncSession, engagement: Engagement, zone: ZoneInfo) -> list[Task]:
    """Move tasks, phases and key nodes to where dates, durations and links put them.

    What really happened stays; answers the tasks that moved. The caller announces.
    """
    plan = Plan(
        phases=await phases_of(session, engagement.id),
        tasks=await store.tasks_of(session, engagement.id),
        links=await store.links_of(session, engagement.id),
        key_nodes=await store.key_nodes_of(session, engagement.id),
    )
    moved = arrange(plan, engagement.starts_on, await load_calendar(session, zone.key))
    await store.write_places(session, phases=plan.phases, tasks=plan.tasks, nodes=plan.key_nodes)
    return moved


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


async def release_tasks(session: AsyncSession, engagement_id: UUID) -> None:
    """Leave with its role every open task of a locked engagement whose holder's place is over.

    Otherwise it would wait for nobody. Emits `TaskChanged`.
    """
    await _release(session, await store.left_tasks(session, engagement_id))


async def release_tasks_of(session: AsyncSession, engagement_id: UUID, person_id: UUID) -> None:
    """Leave with its role every open task that a person has in a locked engagement.

    Emits `TaskChanged`.
    """
    await _release(session, await store.tasks_held(session, engagement_id, person_id))


async def _release(session: AsyncSession, tasks: Iterable[Task]) -> None:
    for task in tasks:
        before = task.model_dump(mode="json")
        task.assignee_id = task.assignee_name = None
        await announce_task(session, task, events.TaskChanged, "task:assign", before)


async def change_duration(
    session: AsyncSession, engagement: Engagement, task: Task, days: int, zone: ZoneInfo
) -> None:
    """Let a task take `days` working days: both project managers confirm again.

    Emits `TaskChanged`, `EngagementChanged`.
    """
    task.days = days
    what = said(DURATION, task=task.title)
    if not reopen(session, engagement, what):
        record(session, engagement, "plan_changed", what=what)
    await cascade(session, engagement, zone)


async def confirm_plan(session: AsyncSession, engagement_id: UUID) -> None:
    """Confirm plan and team as they stand for the side whose project manager acts.

    Raises `AlreadyConfirmed`, `EngagementNotRunning` (409). Emits `EngagementChanged`.
    """
    engagement = await engagements.lock_engagement(session, engagement_id)
    context = context_of(session)
    managers = (MemberRole.CONSULTING_PM, MemberRole.CLIENT_PM)
    held = await roles_held(session, engagement.id, context.actor.user_id)
    check(not held.isdisjoint(managers))
    engagement_rules.require_admits(engagement.status, "plan:confirm")
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
