"""Every statement about opportunities."""

from typing import Final
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.clients.opportunities.rules import CLOSED, opportunity_number
from services.clients.opportunities.tables import Opportunity
from services.clients.registry.store import opportunity_words
from shared.contracts.clients import Amount, OpportunityState
from shared.errors import NotFound

_NEXT: Final = text("SELECT nextval('opportunity_numbers')")
_INDEX: Final = text(
    "UPDATE opportunities SET search = array_to_tsvector(CAST(:words AS text[])) WHERE id = :id"
)


async def next_number(session: AsyncSession) -> str:
    """The next opportunity number; a rolled back transaction leaves a gap."""
    return opportunity_number(int(await session.scalar(_NEXT) or 0))


async def lock_opportunity(session: AsyncSession, opportunity_id: UUID) -> Opportunity:
    """The opportunity, locked for this transaction. Raises `NotFound` (404)."""
    query = select(Opportunity).where(col(Opportunity.id) == opportunity_id).with_for_update()
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


async def lock_open_of(session: AsyncSession, owner_id: UUID) -> list[Opportunity]:
    """The open opportunities of an owner, locked for this transaction in order of ids."""
    query = select(Opportunity).where(
        col(Opportunity.owner_id) == owner_id, col(Opportunity.stage).not_in(CLOSED)
    )
    return list(await session.scalars(query.order_by(col(Opportunity.id)).with_for_update()))


async def reindex(session: AsyncSession, opportunity: Opportunity, client_name: str) -> None:
    """Find the opportunity by number, title and its client's name."""
    words = opportunity_words(opportunity.number, opportunity.title, client_name)
    await session.execute(_INDEX, {"id": opportunity.id, "words": words})


def state_of(opportunity: Opportunity) -> OpportunityState:
    """The public state."""
    amount = None
    if opportunity.amount_minor is not None and opportunity.amount_currency is not None:
        amount = Amount(amount_minor=opportunity.amount_minor, currency=opportunity.amount_currency)
    return OpportunityState(
        id=opportunity.id,
        number=opportunity.number,
        client_id=opportunity.client_id,
        title=opportunity.title,
        stage=opportunity.stage,
        amount=amount,
        probability=opportunity.probability,
        close_on=opportunity.close_on,
        owner_id=opportunity.owner_id,
        template=opportunity.template,
        competitor=opportunity.competitor,
        loss_reason=opportunity.loss_reason,
        opened_at=opportunity.opened_at,
        closed_at=opportunity.closed_at,
    )
