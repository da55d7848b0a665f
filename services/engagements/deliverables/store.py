"""Every statement about deliverables; row security holds the reach."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.engagements.deliverables.tables import Deliverable
from shared.errors import NotFound


async def engagement_of(session: AsyncSession, deliverable_id: UUID) -> UUID:
    """The engagement of a deliverable in reach, so that it can be locked first.

    Raises `NotFound` (404).
    """
    query = select(col(Deliverable.engagement_id)).where(col(Deliverable.id) == deliverable_id)
    found = await session.scalar(query)
    if found is None:
        raise NotFound()
    return UUID(str(found))


async def deliverable_in_engagement(session: AsyncSession, deliverable_id: UUID) -> Deliverable:
    """The deliverable, read after its engagement was locked. Raises `NotFound` (404)."""
    deliverable = await session.get(Deliverable, deliverable_id, populate_existing=True)
    if deliverable is None:
        raise NotFound()
    return deliverable


async def deliverables_of(session: AsyncSession, engagement_id: UUID) -> list[Deliverable]:
    """What an engagement in reach owes."""
    await session.flush()
    query = select(Deliverable).where(col(Deliverable.engagement_id) == engagement_id)
    return list(await session.scalars(query.order_by(col(Deliverable.id))))
