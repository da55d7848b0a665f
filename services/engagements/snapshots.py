"""The current state of everything engagements publish, for projections that start anew."""

from collections.abc import AsyncIterator, Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.deliverables.announce import deliverable_state
from services.engagements.deliverables.tables import Deliverable
from services.engagements.engagement.announce import engagement_state
from services.engagements.engagement.tables import Engagement
from services.engagements.history.store import NAMING, whole_history
from services.engagements.lots import in_lots
from services.engagements.members.tables import Member
from services.engagements.plan.announce import task_state
from services.engagements.plan.tables import Task
from services.engagements.team.announce import member_state
from shared.contracts.engagements import (
    DeliverableState,
    EngagementState,
    MemberState,
    TaskState,
)
from shared.snapshot import Growing, Snapshots
from shared.steps import in_parts


async def engagements(
    session: AsyncSession, ids: Collection[UUID] | None = None
) -> AsyncIterator[EngagementState]:
    """The state of every engagement, or of these, in the parts of its history; oldest first."""
    async for engagement in in_lots(session, Engagement, ids):
        for part in in_parts(await whole_history(session, engagement.id)):
            yield await engagement_state(session, engagement, part)


async def members(
    session: AsyncSession, ids: Collection[UUID] | None = None
) -> AsyncIterator[MemberState]:
    """The state of every place in a team, or of these, oldest first."""
    async for member in in_lots(session, Member, ids):
        yield await member_state(session, member)


async def tasks(
    session: AsyncSession, ids: Collection[UUID] | None = None
) -> AsyncIterator[TaskState]:
    """The state of every task, or of these, oldest first."""
    async for task in in_lots(session, Task, ids):
        yield await task_state(session, task)


async def deliverables(
    session: AsyncSession, ids: Collection[UUID] | None = None
) -> AsyncIterator[DeliverableState]:
    """The state of every deliverable, or of these, oldest first."""
    async for deliverable in in_lots(session, Deliverable, ids):
        yield await deliverable_state(session, deliverable)


SNAPSHOTS: Snapshots = {
    EngagementState: Growing(engagements, NAMING),
    MemberState: members,
    TaskState: tasks,
    DeliverableState: deliverables,
}
