"""Every statement about contact persons."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.clients.contacts.tables import Contact
from shared.contracts.clients import ContactState
from shared.errors import NotFound
from shared.text import search_vector_lexemes

_TOLD: Final = ContactState.model_fields.keys() - {"visibility"}
_SET_WORDS: Final = text(
    "UPDATE contacts SET search = array_to_tsvector(CAST(:words AS text[])) WHERE id = :id"
)


async def lock_contact(session: AsyncSession, contact_id: UUID) -> Contact:
    """The contact, locked for this transaction. Raises `NotFound` (404)."""
    query = select(Contact).where(col(Contact.id) == contact_id).with_for_update()
    contact = (await session.execute(query)).scalar_one_or_none()
    if contact is None:
        raise NotFound()
    return contact


async def contacts_of(
    session: AsyncSession, client_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, Contact]:
    """Those of the contacts that belong to the client."""
    query = select(Contact).where(col(Contact.client_id) == client_id, col(Contact.id).in_(ids))
    return {contact.id: contact for contact in (await session.execute(query)).scalars()}


async def reindex(session: AsyncSession, contact: Contact) -> None:
    """Find the person by the name and numbers they have now."""
    words = search_vector_lexemes(contact.name, contact.mobile, contact.email, contact.title)
    await session.execute(_SET_WORDS, {"id": contact.id, "words": words})


def state_of(contact: Mapping[str, Any]) -> ContactState:
    """The public state of a person, from their columns: no numbers and addresses."""
    return ContactState(**{name: contact[name] for name in _TOLD})
