"""Every statement about contact records."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.clients.interactions.tables import Interaction
from shared.contracts.clients import InteractionState
from shared.errors import NotFound


async def lock_interaction(session: AsyncSession, interaction_id: UUID) -> Interaction:
    """The record, locked for this transaction. Raises `NotFound` (404)."""
    query = select(Interaction).where(col(Interaction.id) == interaction_id).with_for_update()
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


def state_of(interaction: Interaction) -> InteractionState:
    """The public state: that there was contact, not what was said."""
    return InteractionState(
        id=interaction.id,
        client_id=interaction.client_id,
        kind=interaction.kind,
        occurred_at=interaction.occurred_at,
        contact_ids=tuple(interaction.contact_ids),
        author_id=interaction.author_id,
        intent=interaction.intent,
    )
