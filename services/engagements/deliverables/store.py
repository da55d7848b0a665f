"""Every statement about deliverables; row security holds the reach."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.engagements.deliverables.tables import Deliverable


async def deliverables_of(session: AsyncSession, engagement_id: UUID) -> list[Deliverable]:
    """What an engagement in reach owes."""
    await session.flush()
    query = select(Deliverable).where(col(Deliverable.engagement_id) == engagement_id)
    return list(await session.scalars(query.order_by(col(Deliverable.id))))
