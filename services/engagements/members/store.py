"""Every statement about members that other features need; row security holds the reach."""

from typing import Final
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.engagements.members.rules import MemberRole, MemberStatus, Place
from services.engagements.members.tables import Member
from shared.audit import remember

_CLOSED: Final = text("SELECT account_closed(:engagement_id, :user_id)")


async def live_members(session: AsyncSession, engagement_id: UUID) -> list[Member]:
    """The live members of an engagement in reach, earliest first."""
    await session.flush()
    query = (
        select(Member)
        .where(col(Member.engagement_id) == engagement_id, col(Member.status) == MemberStatus.LIVE)
        .order_by(col(Member.starts_on), col(Member.id))
    )
    return list(await session.scalars(query))


async def standing_members(session: AsyncSession, engagement_id: UUID) -> list[Member]:
    """The live and the planned members of an engagement in reach, earliest first, as they stand."""
    await session.flush()
    query = (
        select(Member)
        .where(col(Member.engagement_id) == engagement_id, col(Member.status) != MemberStatus.ENDED)
        .order_by(col(Member.starts_on), col(Member.id))
    )
    members = list(await session.scalars(query))
    for member in members:
        remember(session, member)
    return members


async def roles_held(session: AsyncSession, engagement_id: UUID, user_id: UUID) -> frozenset[str]:
    """The roles a person holds now on an engagement in reach."""
    query = select(col(Member.role)).where(
        col(Member.engagement_id) == engagement_id,
        col(Member.user_id) == user_id,
        col(Member.status) == MemberStatus.LIVE,
    )
    return frozenset(await session.scalars(query))


async def engagements_of(session: AsyncSession, user_id: UUID) -> list[UUID]:
    """The engagements in which a person has a live place, in order of ids."""
    query = select(col(Member.engagement_id)).where(
        col(Member.user_id) == user_id, col(Member.status) == MemberStatus.LIVE
    )
    return sorted(set(await session.scalars(query)))


async def account_closed(session: AsyncSession, engagement_id: UUID, user_id: UUID) -> bool:
    """Whether the account of somebody who has a place in an engagement in reach is closed."""
    told = {"engagement_id": engagement_id, "user_id": user_id}
    return bool(await session.scalar(_CLOSED, told))


def place_of(member: Member) -> Place:
    """The member as the rules look at it."""
    return Place(member.id, MemberRole(member.role), frozenset(member.domains), member.answers_to)
