"""Every statement about stakeholder profiles; row security holds the reach."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.engagements.engagement.store import lock_engagement
from services.engagements.stakeholders.tables import Stakeholder, StakeholderAction
from shared.errors import NotFound
from shared.rows import owner_of


async def profile_of(
    session: AsyncSession, engagement_id: UUID, *, user_id: UUID | None, contact_id: UUID | None
) -> Stakeholder | None:
    """The profile of a person on an engagement in reach, by user or contact."""
    named = [col(Stakeholder.user_id) == user_id] if user_id else []
    named += [col(Stakeholder.contact_id) == contact_id] if contact_id else []
    query = select(Stakeholder).where(col(Stakeholder.engagement_id) == engagement_id, or_(*named))
    found: Stakeholder | None = await session.scalar(query.limit(1))
    return found


async def lock_profile(session: AsyncSession, stakeholder_id: UUID) -> Stakeholder:
    """The profile, locked for change. Raises `NotFound` (404).

    Behind its engagement, as merges and erasures lock them.
    """
    engagement_id = await owner_of(session, Stakeholder, "engagement_id", stakeholder_id)
    await lock_engagement(session, engagement_id)
    query = select(Stakeholder).where(col(Stakeholder.id) == stakeholder_id).with_for_update()
    found: Stakeholder | None = await session.scalar(query)
    if found is None:
        raise NotFound()
    return found


async def lock_action(
    session: AsyncSession, stakeholder_id: UUID, action_id: UUID
) -> StakeholderAction:
    """An action of a profile, locked for change. Raises `NotFound` (404)."""
    query = select(StakeholderAction).where(
        col(StakeholderAction.id) == action_id,
        col(StakeholderAction.stakeholder_id) == stakeholder_id,
    )
    found: StakeholderAction | None = await session.scalar(query.with_for_update())
    if found is None:
        raise NotFound()
    return found


async def lock_open_actions(
    session: AsyncSession, engagement_id: UUID, person_id: UUID
) -> list[StakeholderAction]:
    """What a person is still to do on an engagement, locked for change, in the order of ids."""
    query = select(StakeholderAction).where(
        col(StakeholderAction.engagement_id) == engagement_id, open_for(person_id)
    )
    ordered = query.order_by(col(StakeholderAction.id)).with_for_update()
    return list(await session.scalars(ordered))


def open_for(person_id: UUID) -> ColumnElement[bool]:
    """Whether an action is still to be done by the person."""
    mine = col(StakeholderAction.owner_id) == person_id
    return and_(mine, col(StakeholderAction.done_on).is_(None))
