"""Contacts, contact records and opportunities that changed hands are told as changed."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.contacts.store import state_of as contact_state
from services.clients.contacts.tables import Contact
from services.clients.interactions.store import state_of as interaction_state
from services.clients.interactions.tables import Interaction
from services.clients.merges.store import rows_of
from services.clients.opportunities.store import reindex
from services.clients.opportunities.store import state_of as opportunity_state
from services.clients.opportunities.tables import Opportunity
from services.clients.registry.tables import Client
from shared.contracts import clients as events
from shared.contracts.clients import ContactState, InteractionState, OpportunityState
from shared.following import Told
from shared.outbox import emit


async def tell_moved(session: AsyncSession, moved: Told, owner: Client) -> None:
    """Say whose the rows are now. Emits `ContactChanged`, `InteractionChanged`,
    `OpportunityChanged`."""
    for contact in await rows_of(session, Contact, moved.get(ContactState, ())):
        await emit(session, events.ContactChanged(state=contact_state(contact.model_dump())))
    for touch in await rows_of(session, Interaction, moved.get(InteractionState, ())):
        await emit(session, events.InteractionChanged(state=interaction_state(touch)))
    for chance in await rows_of(session, Opportunity, moved.get(OpportunityState, ())):
        await reindex(session, chance, owner.legal_name)
        await emit(session, events.OpportunityChanged(state=opportunity_state(chance)))
