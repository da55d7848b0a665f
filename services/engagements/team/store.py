"""Every statement that only the joint team needs; row security holds the reach."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.refs import KnownUser

_CANDIDATES = text(
    "SELECT id, name, side, client_id, active, language FROM client_candidates(:id) ORDER BY name"
)


async def candidates(session: AsyncSession, engagement_id: UUID) -> list[KnownUser]:
    """The people of the engagement's client, by name, for whoever staffs its side; else nobody."""
    rows = (await session.execute(_CANDIDATES, {"id": engagement_id})).mappings()
    return [KnownUser(**{**row, "roles": ()}) for row in rows]
