"""Every statement about phases; row security holds the reach."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.engagements.phases.tables import Phase
from shared.errors import NotFound


async def phases_of(session: AsyncSession, engagement_id: UUID) -> list[Phase]:
    """The phases of an engagement in reach, in order."""
    await session.flush()
    query = select(Phase).where(col(Phase.engagement_id) == engagement_id)
    return list(await session.scalars(query.order_by(col(Phase.position))))


async def engagement_of(session: AsyncSession, phase_id: UUID) -> UUID:
    """The engagement of a phase in reach, so that it can be locked first.

    Raises `NotFound` (404).
    """
    found = await session.scalar(select(col(Phase.engagement_id)).where(col(Phase.id) == phase_id))
    if found is None:
        raise NotFound()
    return UUID(str(found))


async def phase_in_engagement(session: AsyncSession, phase_id: UUID) -> Phase:
    """The phase, read after its engagement was locked. Raises `NotFound` (404)."""
    phase = await session.get(Phase, phase_id, populate_existing=True)
    if phase is None:
        raise NotFound()
    return phase
