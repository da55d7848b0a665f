"""Every statement about campaigns."""

from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.surveys.campaigns.tables import Campaign
from shared.errors import NotFound


async def lock_campaign(session: AsyncSession, campaign_id: UUID) -> Campaign:
    """The campaign, locked for this transaction. Raises `NotFound` (404)."""
    query = select(Campaign).where(col(Campaign.id) == campaign_id).with_for_update()
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


async def active_campaigns(session: AsyncSession, trigger: str) -> list[Campaign]:
    """The campaigns that wait for this."""
    query = (
        select(Campaign)
        .where(col(Campaign.trigger) == trigger, col(Campaign.active))
        .order_by(col(Campaign.key))
    )
    return list((await session.execute(query)).scalars())


async def campaign(session: AsyncSession, campaign_id: UUID) -> Campaign:
    """A campaign that is there."""
    return (
        await session.execute(select(Campaign).where(col(Campaign.id) == campaign_id))
    ).scalar_one()


async def campaign_by_key(session: AsyncSession, key: str) -> Campaign | None:
    """The campaign of that key, or None."""
    query = select(Campaign).where(col(Campaign.key) == key)
    return (await session.execute(query)).scalar_one_or_none()


async def kind_of_form(session: AsyncSession, survey_key: str) -> str:
    """Whether a form asks for satisfaction (csat) or a recommendation (nps)."""
    query = text("SELECT kind FROM surveys WHERE key = :key LIMIT 1")
    return str((await session.execute(query, {"key": survey_key})).scalar_one())
