"""The rows that search reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_SAVE: Final = text(
    "INSERT INTO search_entries (id, kind, title, subtitle, client_id, client_users, excluded,"
    " roles, firm_users, search, updated_at) VALUES (:id, :kind, :title, :subtitle, :client_id,"
    " CAST(:client_users AS uuid[]), CAST(:excluded AS uuid[]), CAST(:roles AS text[]),"
    " CAST(:firm_users AS uuid[]),"
    " array_to_tsvector(CAST(:lexemes AS text[])), :updated_at) ON CONFLICT (id) DO UPDATE SET"
    " kind = excluded.kind, title = excluded.title, subtitle = excluded.subtitle,"
    " client_id = excluded.client_id, client_users = excluded.client_users,"
    " excluded = excluded.excluded, roles = excluded.roles,"
    " firm_users = excluded.firm_users, search = excluded.search,"
    " updated_at = excluded.updated_at"
)
_FORGET: Final = text("DELETE FROM search_entries WHERE id = :id")


async def save(session: AsyncSession, entry: Mapping[str, Any]) -> None:
    """Store what makes a record findable, in place of what was stored of it before."""
    await session.execute(_SAVE, dict(entry))


async def forget(session: AsyncSession, record_id: UUID) -> None:
    """Make a record findable no more."""
    await session.execute(_FORGET, {"id": record_id})
