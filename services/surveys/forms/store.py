"""Every statement about forms."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_NEWEST: Final = text(
    "SELECT id, key, version, kind, main, title, intro, questions FROM surveys"
    " WHERE key = :key ORDER BY version DESC LIMIT 1"
)
_FORM: Final = text(
    "SELECT id, key, version, kind, main, title, intro, questions FROM surveys WHERE id = :id"
)


async def newest_form(session: AsyncSession, key: str) -> Any | None:
    """The newest version of a form, or None."""
    return (await session.execute(_NEWEST, {"key": key})).one_or_none()


async def form(session: AsyncSession, survey_id: UUID) -> Any:
    """A version of a form that is there."""
    return (await session.execute(_FORM, {"id": survey_id})).one()
