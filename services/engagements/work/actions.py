"""Writes of the work itself: phases and tasks begin and end, key nodes are held."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement import rules as engagement_rules
from services.engagements.engagement import store as engagements
from services.engagements.engagement.access import LEADS, oversees, require_role
from services.engagements.engagement.announce import announce
from services.engagements.engagement.confirming import require_confirmed
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import record
from services.engagements.members.rules import CLIENT_ROLES, MemberRole, gaps
from services.engagements.members.store import account_closed, live_members, place_of, roles_held
from services.engagements.members.tables import Member
from services.engagements.phases import rules as phase_rules
from services.engagements.phases.rules import PhaseStatus
from services.engagements.phases.tables import Phase
from services.engagements.plan import rules, store
from services.engagements.plan.actions import cascade, change_duration
from services.engagements.plan.announce import announce_task
from services.engagements.plan.rules import NodeStatus, TaskStatus
from services.engagements.plan.tables import KeyNode, Task
from services.engagements.team.map import shown
from shared.assigning import require_account
from shared.contracts import engagements as events
from shared.database import context_of
from shared.dates import day_words
from shared.naming import named_at
from shared.rows import row_of


async def start_phase(
    session: AsyncSession, phase_id: UUID, on: date | None, zone: ZoneInfo
) -> None:
    """Begin a phase of a running engagement whose plan both sides confirmed.

    Raises `EngagementNotRunning`, `IllegalPhaseStep`, `PlanNotConfirmed`, `TeamHasGaps` (409),
    `DayAhead` (422). Emits `PhaseStarted`.
    """
    engagement, phase = await engagements.with_engagement(session, Phase, phase_id)
    await require_role(session, engagement.id, *LEADS)
    engagement_rules.require_admits(engagement.status, "phase:start")
    phase.status = phase_rules.become(PhaseStatus(phase.status), PhaseStatus.ACTIVE)
    require_confirmed(engagement)
    await _require_team(session, engagement, phase)
    earliest = rules.earliest(engagement.starts_on)
    phase.started_on = phase.starts_on = rules.actual_day(on, _today(session, zone), earliest)
    phase.ends_on = max(phase.ends_on, phase.starts_on)
    engagement.latest_phase_id = phase.id
    record(session, engagement, "phase_started", phase=phase.title)
    await announce(session, engagement, events.PhaseStarted, "phase:start", child=phase)


async def _require_team(session: AsyncSession, engagement: Engagement, phase: Phase) -> None:
    missing = gaps(
        [place_of(member) for member in await live_members(session, engagement.id)],
        domains=engagement.domains,
        small=engagement.small,
        needs=[MemberRole(role) for role in phase.needs],
    )
    if missing:
        raise rules.TeamHasGaps(
            gaps=" ".join(gap.text["en"] for gap in missing),
            gaps_zh="".join(gap.text["zh"] for gap in missing),
            extra={"gaps": [gap.model_dump(mode="json") for gap in shown(missing)]},
        )


async def end_phase(session: AsyncSession, phase_id: UUID, on: date | None, zone: ZoneInfo) -> None:
    """End a phase whose tasks are done.

    Raises `EngagementNotRunning`, `IllegalPhaseStep`, `TasksOpen` (409), `DayAhead` (422). Emits
    `PhaseEnded`.
    """
    engagement, phase = await engagements.with_engagement(session, Phase, phase_id)
    await require_role(session, engagement.id, *LEADS)
    engagement_rules.require_admits(engagement.status, "phase:end")
    phase.status = phase_rules.become(PhaseStatus(phase.status), PhaseStatus.ENDED)
    undone = await store.open_tasks(session, phase.id)
    if undone:
        raise rules.TasksOpen(count=undone)
    phase.ended_on = phase.ends_on = rules.actual_day(on, _today(session, zone), phase.starts_on)
    engagement.latest_phase_id = phase.id
    record(session, engagement, "phase_ended", phase=phase.title)
    await announce(session, engagement, events.PhaseEnded, "phase:end", child=phase)


async def assign_task(session: AsyncSession, task_id: UUID, user_id: UUID | None) -> None:
    """Give a task to a live member in its role, or leave it with the role (None).

    Raises `WrongAssignee`, `NotActive` (422), `EngagementNotRunning`, `TaskDone` (409),
    `NotYoursToAssign` (403). Emits `TaskChanged`.
    """
    engagement, task = await engagements.with_engagement(session, Task, task_id)
    before = task.model_dump(mode="json")
    engagement_rules.require_admits(engagement.status, "task:assign")
    if task.status == TaskStatus.DONE:
        raise rules.TaskDone()
    team = await live_members(session, engagement.id)
    me = context_of(session).actor.user_id
    mine = {member.id for member in team if member.user_id == me}
    own = [member.id for member in team if member.answers_to in mine]
    fitting = {m.user_id: m for m in team if m.role == task.role}
    between = [fitting[one].id for one in (task.assignee_id, user_id) if one in fitting]
    held = await roles_held(session, engagement.id, me)
    by_place = rules.may_assign(held, MemberRole(task.role), own=own, places=between)
    if not by_place and not oversees(context_of(session).actor):
        raise rules.NotYoursToAssign()
    place = await _taker(session, engagement, fitting, user_id)
    task.assignee_id = user_id
    task.assignee_name = place.name if place else None
    await announce_task(session, task, events.TaskChanged, "task:assign", before)


async def _taker(
    session: AsyncSession,
    engagement: Engagement,
    fitting: Mapping[UUID, Member],
    user_id: UUID | None,
) -> Member | None:
    if user_id is None:
        return None
    if user_id not in fitting:
        raise rules.WrongAssignee()
    closed = await account_closed(session, engagement.id, user_id)
    require_account(session, user_id, "/user_id", has_one=not closed)
    return fitting[user_id]


async def change_task(session: AsyncSession, task: Task, days: int, zone: ZoneInfo) -> None:
    """Change a task's duration; its version was checked by the caller. The plan is confirmed anew.

    Raises `EngagementNotRunning`, `TaskDone` (409). Emits `TaskChanged`,
    `EngagementChanged`.
    """
    engagement = await engagements.lock_engagement(session, task.engagement_id)
    await require_role(session, engagement.id, *LEADS)
    engagement_rules.require_admits(engagement.status, "task:edit")
    if task.status == TaskStatus.DONE:
        raise rules.TaskDone()
    if task.days != days:
        with named_at("/days"):
            await change_duration(session, engagement, task, days, zone)
        await announce(session, engagement, events.EngagementChanged, "task:edit", child=task)


async def start_task(session: AsyncSession, task_id: UUID, on: date | None, zone: ZoneInfo) -> None:
    """Begin a task of a running phase; what depends on it moves.

    Raises `EngagementNotRunning`, `PhaseNotRunning`, `IllegalTaskStep` (409), `DayAhead` (422).
    Emits `TaskStarted`.
    """
    engagement, task = await engagements.with_engagement(session, Task, task_id)
    before = task.model_dump(mode="json")
    await _require_hand(session, engagement, task, "task:start")
    task.status = rules.become(TaskStatus(task.status), TaskStatus.ACTIVE)
    earliest = rules.earliest(engagement.starts_on)
    task.started_on = rules.actual_day(on, _today(session, zone), earliest)
    await cascade(session, engagement, zone, besides=task.id)
    await announce_task(session, task, events.TaskStarted, "task:start", before)


async def finish_task(
    session: AsyncSession, task_id: UUID, on: date | None, zone: ZoneInfo
) -> None:
    """Finish a task; what depends on it moves.

    Raises `EngagementNotRunning`, `PhaseNotRunning`, `IllegalTaskStep` (409), `DayAhead` (422).
    Emits `TaskFinished`.
    """
    engagement, task = await engagements.with_engagement(session, Task, task_id)
    before = task.model_dump(mode="json")
    await _require_hand(session, engagement, task, "task:finish")
    task.status = rules.become(TaskStatus(task.status), TaskStatus.DONE)
    begun = task.started_on or engagement.starts_on
    task.finished_on = max(begun, rules.actual_day(on, _today(session, zone), begun))
    await cascade(session, engagement, zone, besides=task.id)
    await announce_task(session, task, events.TaskFinished, "task:finish", before)


async def _require_hand(
    session: AsyncSession, engagement: Engagement, task: Task, act: str
) -> None:
    """Whoever does the task, or leads on its side, moves it, while engagement and phase run."""
    engagement_rules.require_admits(engagement.status, act)
    phase = await row_of(session, Phase, task.phase_id)
    if phase.status != PhaseStatus.ACTIVE:
        raise rules.PhaseNotRunning(PhaseStatus(phase.status))
    me = context_of(session).actor.user_id
    held = await roles_held(session, engagement.id, me)
    by_role = task.assignee_id is None and task.role in held
    by_side = MemberRole.CLIENT_PM in held and MemberRole(task.role) in CLIENT_ROLES
    if task.assignee_id != me and not by_role and not by_side:
        await require_role(session, engagement.id, *LEADS)


async def hold_key_node(
    session: AsyncSession, node_id: UUID, on: date | None, zone: ZoneInfo
) -> None:
    """Record that a key node was held, today or on the day `on`, also before it was planned.

    Raises `EngagementNotRunning`, `NodeHeldAlready` (409), `DayAhead` (422). Emits
    `EngagementChanged`.
    """
    engagement, node = await engagements.with_engagement(session, KeyNode, node_id)
    await require_role(session, engagement.id, *LEADS)
    engagement_rules.require_admits(engagement.status, "key-node:hold")
    node.status = rules.hold(NodeStatus(node.status))
    earliest = rules.earliest(engagement.starts_on)
    node.held_on = rules.actual_day(on, _today(session, zone), earliest)
    record(session, engagement, "key_node_held", node=node.title, day=day_words(node.held_on))
    await announce(session, engagement, events.EngagementChanged, "key-node:hold", child=node)


def _today(session: AsyncSession, zone: ZoneInfo) -> date:
    return context_of(session).now.astimezone(zone).date()
