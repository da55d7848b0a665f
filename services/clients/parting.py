"""What an erased person still holds of the registry: their clients and open opportunities, and the
words their client is found by."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.clients.contacts.tables import Contact
from services.clients.imports.forgetting import forget_person
from services.clients.opportunities.actions import leave_opportunities
from services.clients.registry.actions import announce
from services.clients.registry.store import lock_clients, reindex_contacts
from services.clients.registry.tables import Client
from shared.contracts.clients import ClientChanged
from shared.privacy import TOMBSTONE


async def part(session: AsyncSession, person_id: UUID) -> None:
    """Leave every client and open opportunity of a person without an owner; find the client of a
    contact person by their name no more, and keep nothing of them in imports.

    Emits `ClientChanged`, `OpportunityChanged`.
    """
    await forget_person(session, person_id)
    await _forget_words(session, person_id)
    await leave_opportunities(session, person_id)
    owned = select(col(Client.id)).where(col(Client.owner_id) == person_id)
    ids = list((await session.scalars(owned)).all())
    for client in await lock_clients(session, ids, archived=True):
        before = client.model_dump(mode="json")
        client.owner_id = client.owner_name = None
        await announce(session, client, ClientChanged, "client:edit", before=before)


async def _forget_words(session: AsyncSession, contact_id: UUID) -> None:
    """Find the client of a contact person by their name no more."""
    contact = await session.get(Contact, contact_id)
    if contact is None:
        return
    contact.name = TOMBSTONE
    await session.flush()
    await reindex_contacts(session, contact.client_id)
