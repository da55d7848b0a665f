"""Every statement that changes places in a team; row security holds the reach."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.engagements.members.tables import Member
from shared.errors import NotFound


async def engagement_of(session: AsyncSession, member_id: UUID) -> UUID:
    """The engagement of a place in reach, so that it can be locked first.

    Raises `NotFound` (404).
    """
    query = select(col(Member.engagement_id)).where(col(Member.id) == member_id)
    found = await session.scalar(query)
    if found is None:
        raise NotFound()
    return UUID(str(found))


async def member_in_engagement(session: AsyncSession, member_id: UUID) -> Member:
    """The place, read after its engagement was locked. Raises `NotFound` (404)."""
    member = await session.get(Member, member_id, populate_existing=True)
    if member is None:
        raise NotFound()
    return member
