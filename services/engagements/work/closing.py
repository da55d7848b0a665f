"""Whoever has no account any more does none of the tasks that were theirs."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement.store import lock_engagement
from services.engagements.members.store import engagements_of
from services.engagements.plan.actions import release_tasks_of
from shared.contracts.gateway import UserState
from shared.events import Envelope


async def give_tasks_back(session: AsyncSession, envelope: Envelope[UserState]) -> None:
    """Leave with their role the open tasks of somebody whose account is closed.

    Their places stay until somebody ends them. Emits `TaskChanged`.
    """
    person = envelope.state
    if person.status != "deactivated":
        return
    for engagement_id in await engagements_of(session, person.id):
        await lock_engagement(session, engagement_id)
        await release_tasks_of(session, engagement_id, person.id)
