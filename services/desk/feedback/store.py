"""Every statement about which survey answers have their case."""

from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_CLAIM: Final = text(
    "INSERT INTO survey_cases (source_id) VALUES (:source) ON CONFLICT DO NOTHING"
    " RETURNING source_id"
)


async def claim(session: AsyncSession, source_id: UUID) -> bool:
    """True for the first who asks: an answer, or a round, opens one case."""
    return (await session.execute(_CLAIM, {"source": source_id})).one_or_none() is not None
