"""The registry's current state, for whoever rebuilds a projection of it."""

from collections.abc import AsyncIterator, Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.contacts.store import state_of as contact_state
from services.clients.contacts.tables import Contact
from services.clients.interactions.store import state_of as interaction_state
from services.clients.interactions.tables import Interaction
from services.clients.opportunities.store import state_of as opportunity_state
from services.clients.opportunities.tables import Opportunity
from services.clients.registry.store import state_of as client_state
from services.clients.registry.tables import Client
from shared.contracts.clients import ClientState, ContactState, InteractionState, OpportunityState
from shared.events import State
from shared.snapshot import Snapshots

Ids = Collection[UUID] | None


async def _rows(session: AsyncSession, table: Any, ids: Ids) -> AsyncIterator[Any]:
    """Every row of a table, or those with these ids."""
    query = select(table) if ids is None else select(table).where(table.id.in_(ids))
    async for row in await session.stream_scalars(query):
        yield row


async def _clients(session: AsyncSession, ids: Ids = None) -> AsyncIterator[State]:
    async for client in _rows(session, Client, ids):
        yield client_state(client.model_dump())


async def _contacts(session: AsyncSession, ids: Ids = None) -> AsyncIterator[State]:
    async for contact in _rows(session, Contact, ids):
        yield contact_state(contact.model_dump())


async def _interactions(session: AsyncSession, ids: Ids = None) -> AsyncIterator[State]:
    async for interaction in _rows(session, Interaction, ids):
        yield interaction_state(interaction)


async def _opportunities(session: AsyncSession, ids: Ids = None) -> AsyncIterator[State]:
    async for opportunity in _rows(session, Opportunity, ids):
        yield opportunity_state(opportunity)


SNAPSHOTS: Snapshots = {
    ClientState: _clients,
    ContactState: _contacts,
    InteractionState: _interactions,
    OpportunityState: _opportunities,
}
