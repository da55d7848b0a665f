"""What search keeps of other services' records: the words, and who may find them."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.clients import ClientState, ContactState
from shared.contracts.desk import CaseState
from shared.events import Envelope
from shared.text import search_vector_lexemes

_SAVE: Final = text(
    "INSERT INTO search_entries (id, kind, title, subtitle, client_id, client_users, excluded,"
    " roles, search, updated_at) VALUES (:id, :kind, :title, :subtitle, :client_id,"
    " CAST(:client_users AS uuid[]), CAST(:excluded AS uuid[]), CAST(:roles AS text[]),"
    " array_to_tsvector(CAST(:lexemes AS text[])), :updated_at) ON CONFLICT (id) DO UPDATE SET"
    " kind = excluded.kind, title = excluded.title, subtitle = excluded.subtitle,"
    " client_id = excluded.client_id, client_users = excluded.client_users,"
    " excluded = excluded.excluded, roles = excluded.roles, search = excluded.search,"
    " updated_at = excluded.updated_at"
)


async def find_clients(session: AsyncSession, envelope: Envelope[ClientState]) -> None:
    """Make a client findable by name, alias and number; an archived one no more."""
    state = envelope.state
    if state.archived_at is not None:
        await _forget(session, state.id)
        return
    place = " ".join(part for part in (state.province, state.city, state.industry) if part)
    words = search_vector_lexemes(state.number, state.legal_name, state.short_name, *state.aliases)
    await _save(
        session,
        envelope,
        {
            "kind": "client",
            "title": state.legal_name,
            "subtitle": place or state.number,
            "lexemes": words,
            "client_id": state.id,
        },
    )


async def find_contacts(session: AsyncSession, envelope: Envelope[ContactState]) -> None:
    """Make a contact person findable by name; an archived one no more."""
    state = envelope.state
    if state.archived_at is not None:
        await _forget(session, state.id)
        return
    subtitle = " · ".join(part for part in (state.department, state.title) if part)
    words = search_vector_lexemes(state.name, state.title)
    await _save(
        session,
        envelope,
        {
            "kind": "contact",
            "title": state.name,
            "subtitle": subtitle,
            "lexemes": words,
            "client_id": state.client_id,
        },
    )


async def find_cases(session: AsyncSession, envelope: Envelope[CaseState]) -> None:
    """Make a case findable by number and subject, for whoever may see it."""
    state = envelope.state
    words = search_vector_lexemes(state.number, state.subject)
    await _save(
        session,
        envelope,
        {
            "kind": "case",
            "title": state.subject,
            "subtitle": state.number,
            "lexemes": words,
            "client_id": state.client_id,
        },
    )


async def _save(session: AsyncSession, envelope: Envelope[Any], finding: dict[str, Any]) -> None:
    visibility = envelope.state.visibility
    await session.execute(
        _SAVE,
        {
            "id": envelope.aggregate_id,
            "client_id": visibility.client_id,
            "client_users": list(visibility.client_users),
            "excluded": list(visibility.excluded),
            "roles": list(visibility.roles),
            "updated_at": envelope.time,
        }
        | finding,
    )


async def _forget(session: AsyncSession, record_id: UUID) -> None:
    await session.execute(text("DELETE FROM search_entries WHERE id = :id"), {"id": record_id})
