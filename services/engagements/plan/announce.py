"""The state of a task, as others learn of it, and its audit entry."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement.announce import visibility_of
from services.engagements.members.store import live_members
from services.engagements.members.tables import Member
from services.engagements.plan.tables import Task
from shared import audit
from shared.contracts.engagements import TaskState
from shared.events import Event
from shared.outbox import emit


async def announce_task(
    session: AsyncSession,
    task: Task,
    event: type[Event[TaskState]],
    action: str,
    before: Mapping[str, Any],
) -> None:
    """Save the act on a task, audit it as `action` and emit `event`."""
    await session.flush()
    old, new = audit.changes(before, task.model_dump(mode="json"))
    # Both whose it was and whose it is: the values name either.
    had = before.get("assignee_id")
    about = {UUID(had)} if had else set()
    about |= {task.assignee_id} if task.assignee_id else set()
    await audit.record(
        session, action, ("task", task.id), before=old, after=new, about=sorted(about)
    )
    await emit(session, event(state=await task_state(session, task)))


async def task_state(
    session: AsyncSession, task: Task, team: list[Member] | None = None
) -> TaskState:
    """The public state of a task in reach; `team` where the caller knows it."""
    if team is None:
        team = await live_members(session, task.engagement_id)
    return TaskState(
        id=task.id,
        visibility=visibility_of(task.engagement_id, task.client_id, team),
        engagement_id=task.engagement_id,
        client_id=task.client_id,
        phase_id=task.phase_id,
        title=task.title,
        status=task.status,
        assignee_id=task.assignee_id,
        due_on=task.ends_on,
    )
