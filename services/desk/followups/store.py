"""Every statement about follow-ups; the actor's scope is part of each."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import col

from services.desk.followups.rules import FollowUpStatus
from services.desk.followups.tables import FollowUp
from shared.database import context_of
from shared.errors import NotFound
from shared.identity import Side

FIRM_ONLY = ("notes", "waive_reason", "recorded_by")
"""Columns the client-side role cannot read."""


def _readable(session: AsyncSession) -> list[ExecutableOption]:
    if context_of(session).actor.side is not Side.CLIENT:
        return []
    return [defer(getattr(FollowUp, name)) for name in FIRM_ONLY]


async def case_of(session: AsyncSession, follow_up_id: UUID) -> UUID:
    """The case a follow-up belongs to, so that it can be locked first. Raises `NotFound` (404)."""
    found = await session.scalar(
        select(col(FollowUp.case_id)).where(col(FollowUp.id) == follow_up_id)
    )
    if found is None:
        raise NotFound()
    return UUID(str(found))


async def follow_up_in_case(session: AsyncSession, follow_up_id: UUID) -> FollowUp:
    """The follow-up, read after its case was locked. Raises `NotFound` (404)."""
    follow_up = await session.get(FollowUp, follow_up_id, populate_existing=True)
    if follow_up is None:
        raise NotFound()
    return follow_up


async def of_round(session: AsyncSession, case_id: UUID, round_: int) -> list[FollowUp]:
    """The follow-ups after a locked case's latest resolution, by day."""
    await session.flush()
    query = (
        select(FollowUp)
        .where(col(FollowUp.case_id) == case_id, col(FollowUp.round) == round_)
        .order_by(col(FollowUp.due_on), col(FollowUp.id))
        .options(*_readable(session))
    )
    return list(await session.scalars(query))


def outstanding(follow_ups: list[FollowUp]) -> list[FollowUp]:
    """Those neither done nor waived."""
    return [each for each in follow_ups if each.status == FollowUpStatus.SCHEDULED]
