"""The rows that search reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.writing import RowKind, append

_ENTRIES: Final = RowKind(
    "INSERT INTO search_entries (id, kind, title, title_texts, subtitle, client_id, client_users,"
    " excluded, roles, firm_users, owner_id, search, updated_at) SELECT id, kind, title,"
    " title_texts, subtitle, client_id, client_users, excluded, roles, firm_users, owner_id,"
    " array_to_tsvector(lexemes), updated_at"
    " FROM json_to_recordset({rows}) AS r (id uuid, kind text, title text, title_texts jsonb,"
    " subtitle text, client_id uuid, client_users uuid[], excluded uuid[], roles text[],"
    " firm_users uuid[], owner_id uuid, lexemes text[], updated_at timestamptz)"
    " ON CONFLICT (id) DO UPDATE SET"
    " kind = excluded.kind, title = excluded.title, title_texts = excluded.title_texts,"
    " subtitle = excluded.subtitle, client_id = excluded.client_id,"
    " client_users = excluded.client_users,"
    " excluded = excluded.excluded, roles = excluded.roles,"
    " firm_users = excluded.firm_users, owner_id = excluded.owner_id, search = excluded.search,"
    " updated_at = excluded.updated_at"
)
_FORGET: Final = text("DELETE FROM search_entries WHERE id = :id")


def save(session: AsyncSession, entry: Mapping[str, Any]) -> None:
    """Store what makes a record findable, in place of what was stored of it before."""
    append(session, _ENTRIES, entry)


async def forget(session: AsyncSession, record_id: UUID) -> None:
    """Make a record findable no more."""
    await session.execute(_FORGET, {"id": record_id})
