"""Every statement about which survey answers have their case, and whom it is kept from for them."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_CLAIM: Final = text(
    "INSERT INTO survey_cases (source_id, inherited) VALUES (:source, CAST(:people AS uuid[]))"
    " ON CONFLICT DO NOTHING RETURNING source_id"
)
_INHERITED: Final = text("SELECT inherited FROM survey_cases WHERE source_id = :source FOR UPDATE")
_INHERIT: Final = text(
    "UPDATE survey_cases SET inherited = CAST(:people AS uuid[]) WHERE source_id = :source"
)


async def claim(session: AsyncSession, source_id: UUID, excluded: Iterable[UUID]) -> bool:
    """True for the first who asks: an answer, or a round, opens one case, kept from `excluded`."""
    values = {"source": source_id, "people": list(excluded)}
    return (await session.execute(_CLAIM, values)).one_or_none() is not None


async def inherited(session: AsyncSession, source_id: UUID) -> frozenset[UUID] | None:
    """Whom the case of an answer or a round is kept from for its sake; None without a case."""
    row = (await session.execute(_INHERITED, {"source": source_id})).one_or_none()
    return None if row is None else frozenset(row.inherited)


async def inherit(session: AsyncSession, source_id: UUID, excluded: Iterable[UUID]) -> None:
    """Remember whom the case is kept from for its source's sake now."""
    await session.execute(_INHERIT, {"source": source_id, "people": list(excluded)})
