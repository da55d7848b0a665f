"""Every statement about which survey answers have their case, and whom it is kept from for them."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_CLAIM: Final = text(
    "INSERT INTO survey_cases (source_id, inherited, opened)"
    " VALUES (:source, CAST(:people AS uuid[]), true)"
    " ON CONFLICT (source_id) DO UPDATE SET opened = true WHERE NOT survey_cases.opened"
    " RETURNING inherited"
)
_INHERITED: Final = text(
    "SELECT inherited, opened FROM survey_cases WHERE source_id = :source FOR UPDATE"
)
_INHERIT: Final = text(
    "INSERT INTO survey_cases (source_id, inherited, opened)"
    " VALUES (:source, CAST(:people AS uuid[]), false)"
    " ON CONFLICT (source_id) DO UPDATE SET inherited = excluded.inherited"
)


async def claim(
    session: AsyncSession, source_id: UUID, excluded: Iterable[UUID]
) -> frozenset[UUID] | None:
    """Whom the case of an answer, or a round, is kept from, for the first who asks: it opens it.

    Those that were heard of last, else `excluded`. None for everybody else.
    """
    values = {"source": source_id, "people": list(excluded)}
    row = (await session.execute(_CLAIM, values)).one_or_none()
    return None if row is None else frozenset(row.inherited)


async def inherit(
    session: AsyncSession, source_id: UUID, excluded: Iterable[UUID]
) -> frozenset[UUID] | None:
    """Remember whom the case of an answer or a round is kept from for its source's sake now.

    Answers from whom it was before; None without a case.
    """
    row = (await session.execute(_INHERITED, {"source": source_id})).one_or_none()
    await session.execute(_INHERIT, {"source": source_id, "people": list(excluded)})
    return frozenset(row.inherited) if row is not None and row.opened else None
