"""Every statement that only the joint team needs; row security holds the reach."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.refs import KnownUser

_PEOPLE = text(
    "SELECT id, name, side, client_id, active, deactivated, language FROM client_people(:id)"
    " ORDER BY name"
)


async def client_people(session: AsyncSession, engagement_id: UUID) -> list[KnownUser]:
    """The people of the engagement's client, by name, for whoever staffs its side; else nobody.

    Also those who were invited and those whose account is closed.
    """
    rows = (await session.execute(_PEOPLE, {"id": engagement_id})).mappings()
    return [KnownUser(**{**row, "roles": ()}) for row in rows]
