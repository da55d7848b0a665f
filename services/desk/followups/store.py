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
from shared.identity import Side

FIRM_ONLY = ("notes", "waive_reason", "recorded_by")
"""Columns the client-side role cannot read."""


def _readable(session: AsyncSession) -> list[ExecutableOption]:
    if context_of(session).actor.side is not Side.CLIENT:
        return []
    return [defer(getattr(FollowUp, name)) for name in FIRM_ONLY]


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
