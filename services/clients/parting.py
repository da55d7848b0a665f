"""What an erased person still holds of the registry: their clients and open opportunities."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.clients.opportunities.actions import leave_opportunities
from services.clients.registry.actions import announce
from services.clients.registry.store import lock_clients
from services.clients.registry.tables import Client
from shared.contracts.clients import ClientChanged


async def part(session: AsyncSession, person_id: UUID) -> None:
    """Leave every client and open opportunity of a person without an owner.

    Emits `ClientChanged`, `OpportunityChanged`.
    """
    await leave_opportunities(session, person_id)
    owned = select(col(Client.id)).where(col(Client.owner_id) == person_id)
    ids = list((await session.scalars(owned)).all())
    for client in await lock_clients(session, ids, archived=True):
        before = client.model_dump(mode="json")
        client.owner_id = client.owner_name = None
        await announce(session, client, ClientChanged, "client:edit", before=before)
