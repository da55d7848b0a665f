"""The current state of everything engagements publish, for projections that start anew."""

from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession

from services.engagements.engagement.announce import engagement_state
from services.engagements.engagement.store import every_engagement
from services.engagements.team.announce import member_state
from services.engagements.team.store import every_member
from shared.contracts.engagements import EngagementState, MemberState
from shared.snapshot import Snapshots


async def engagements(session: AsyncSession) -> AsyncIterator[EngagementState]:
    """The state of every engagement, oldest first."""
    async for engagement in every_engagement(session):
        yield await engagement_state(session, engagement)


async def members(session: AsyncSession) -> AsyncIterator[MemberState]:
    """The state of every place in a team, oldest first."""
    async for member in every_member(session):
        yield await member_state(session, member)


SNAPSHOTS: Snapshots = {EngagementState: engagements, MemberState: members}
