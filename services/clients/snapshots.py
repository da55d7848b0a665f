"""The registry's current state, for whoever rebuilds a projection of it."""

from collections.abc import AsyncIterator

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.contacts.store import state_of as contact_state
from services.clients.contacts.tables import Contact
from services.clients.interactions.store import state_of as interaction_state
from services.clients.interactions.tables import Interaction
from services.clients.opportunities.store import state_of as opportunity_state
from services.clients.opportunities.tables import Opportunity
from services.clients.registry.store import state_columns
from services.clients.registry.tables import Client
from shared.contracts.clients import ClientState, ContactState, InteractionState, OpportunityState
from shared.events import State
from shared.snapshot import Snapshots


async def _clients(session: AsyncSession) -> AsyncIterator[State]:
    async for client in await session.stream_scalars(select(Client)):
        yield ClientState(**state_columns(client))


async def _contacts(session: AsyncSession) -> AsyncIterator[State]:
    async for contact in await session.stream_scalars(select(Contact)):
        yield contact_state(contact)


async def _interactions(session: AsyncSession) -> AsyncIterator[State]:
    async for interaction in await session.stream_scalars(select(Interaction)):
        yield interaction_state(interaction)


async def _opportunities(session: AsyncSession) -> AsyncIterator[State]:
    async for opportunity in await session.stream_scalars(select(Opportunity)):
        yield opportunity_state(opportunity)


SNAPSHOTS: Snapshots = {
    ClientState: _clients,
    ContactState: _contacts,
    InteractionState: _interactions,
    OpportunityState: _opportunities,
}
