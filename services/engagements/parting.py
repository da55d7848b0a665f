"""What an erased person still holds ends on the day of the erasure.

Places in teams, with the open tasks that go with them; open actions about stakeholders.
"""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.engagements.engagement.store import lock_engagement
from services.engagements.members.rules import MemberStatus
from services.engagements.members.store import standing_members
from services.engagements.members.tables import Member
from services.engagements.stakeholders.actions import leave_actions
from services.engagements.stakeholders.store import open_for
from services.engagements.stakeholders.tables import StakeholderAction
from services.engagements.team.actions import end_place
from shared.database import context_of
from shared.privacy import Parting


def parting(zone: ZoneInfo) -> Parting:
    """Ends places, and leaves open actions about stakeholders to nobody.

    The day is that of the firm's `zone`.

    Emits `MemberEnded`, `EngagementChanged`, `TaskChanged`.
    """

    async def part(session: AsyncSession, person_id: UUID) -> None:
        today = context_of(session).now.astimezone(zone).date()
        for engagement_id in await _engagements_of(session, person_id):
            engagement = await lock_engagement(session, engagement_id)
            for member in await standing_members(session, engagement_id):
                if member.user_id == person_id:
                    await end_place(session, engagement, member, today)
            await leave_actions(session, engagement_id, person_id)

    return part


async def _engagements_of(session: AsyncSession, person_id: UUID) -> list[UUID]:
    """Where the person has a place or an action that is not over, in order of ids."""
    places = select(col(Member.engagement_id)).where(
        col(Member.user_id) == person_id, col(Member.status) != MemberStatus.ENDED
    )
    actions = select(col(StakeholderAction.engagement_id)).where(open_for(person_id))
    return sorted((await session.scalars(places.union(actions))).all())
