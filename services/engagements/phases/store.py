"""Every statement about phases; row security holds the reach."""

from datetime import date
from typing import Final
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.engagements.phases.tables import Phase
from shared.contracts.engagements import PhaseSummary
from shared.writing import fetch

_SUMMARIES: Final = (
    "SELECT id, key, title::text, position, status, coalesce(started_on, starts_on) AS starts_on,"
    " coalesce(ended_on, ends_on) AS ends_on, ends_on AS planned_end"
    " FROM phases WHERE engagement_id = $1 ORDER BY position"
)


async def summaries_of(
    session: AsyncSession, engagement_id: UUID
) -> tuple[tuple[PhaseSummary, ...], date | None]:
    """The phases of an engagement in reach as events tell them, and the last planned day."""
    await session.flush()
    rows = await fetch(session, _SUMMARIES, engagement_id)
    summaries = (
        PhaseSummary(
            id=row["id"],
            key=row["key"],
            title=orjson.loads(row["title"]),
            position=row["position"],
            status=row["status"],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
        )
        for row in rows
    )
    return tuple(summaries), max((row["planned_end"] for row in rows), default=None)


async def phases_of(session: AsyncSession, engagement_id: UUID) -> list[Phase]:
    """The phases of an engagement in reach, in order."""
    await session.flush()
    query = select(Phase).where(col(Phase.engagement_id) == engagement_id)
    return list(await session.scalars(query.order_by(col(Phase.position))))
