"""What search keeps of other services' records: the words, and who may find them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.search import store
from shared.contracts.clients import ClientState, ContactState
from shared.contracts.desk import CaseState
from shared.contracts.engagements import EngagementState
from shared.events import Envelope
from shared.privacy import TOMBSTONE
from shared.text import search_vector_lexemes


async def find_clients(session: AsyncSession, envelope: Envelope[ClientState]) -> None:
    """Make a client findable by name, alias and number; an archived one no more."""
    state = envelope.state
    if state.archived_at is not None:
        await store.forget(session, state.id)
        return
    place = " ".join(part for part in (state.province, state.city, state.industry) if part)
    words = search_vector_lexemes(state.number, state.legal_name, state.short_name, *state.aliases)
    _save(
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
    """Make a contact person findable by name; an archived or erased one no more."""
    state = envelope.state
    if state.archived_at is not None or state.name == TOMBSTONE:
        await store.forget(session, state.id)
        return
    subtitle = " · ".join(part for part in (state.department, state.title) if part)
    words = search_vector_lexemes(state.name, state.title)
    _save(
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
    texts = state.subject_texts or {}
    words = search_vector_lexemes(state.number, state.subject, *texts.values())
    _save(
        session,
        envelope,
        {
            "kind": "case",
            "title": state.subject,
            "title_texts": state.subject_texts,
            "subtitle": state.number,
            "lexemes": words,
            "client_id": state.client_id,
            "owner_id": state.assignee_id,
        },
    )


async def find_engagements(session: AsyncSession, envelope: Envelope[EngagementState]) -> None:
    """Make an engagement findable by number and title, for its team and who oversees it."""
    state = envelope.state
    _save(
        session,
        envelope,
        {
            "kind": "engagement",
            "title": state.title,
            "subtitle": state.number,
            "lexemes": search_vector_lexemes(state.number, state.title),
            "client_id": state.client_id,
        },
    )


def _save(session: AsyncSession, envelope: Envelope[Any], finding: dict[str, Any]) -> None:
    about = {"id": envelope.aggregate_id, "updated_at": envelope.time}
    store.save(session, about | dict(envelope.state.visibility) | finding)
