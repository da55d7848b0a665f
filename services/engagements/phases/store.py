"""Every statement about phases; row security holds the reach."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.engagements.phases.tables import Phase


async def phases_of(session: AsyncSession, engagement_id: UUID) -> list[Phase]:
    """The phases of an engagement in reach, in order."""
    await session.flush()
    query = select(Phase).where(col(Phase.engagement_id) == engagement_id)
    return list(await session.scalars(query.order_by(col(Phase.position))))
