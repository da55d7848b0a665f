"""Every statement about engagements themselves; the actor's scope is part of each."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col

from services.engagements.engagement.tables import Engagement
from services.engagements.members.rules import OVERSEERS, MemberStatus
from services.engagements.members.tables import Member
from shared.audit import remember
from shared.database import context_of
from shared.errors import NotFound
from shared.identity import Actor, Side
from shared.reading import Scope
from shared.rows import Row, owner_of, row_of
from shared.writing import fetch_one

FIRM_COLUMNS = ("opportunity_id",)
"""Columns the client-side role cannot read."""
_FOR_CLIENTS = load_only(
    *(getattr(Engagement, name) for name in Engagement.model_fields if name not in FIRM_COLUMNS)
)
MINE = (
    "{engagement} IN (SELECT m.engagement_id FROM members m"
    " WHERE m.user_id = :actor_id AND m.status = 'live')"
)
_OPPORTUNITY = "SELECT engagement_opportunity($1)"
_NEXT_NUMBER = text("SELECT next_engagement_number(:year)")
_SET_SEARCH = text(
    "UPDATE engagements SET search = array_to_tsvector(CAST(:words AS text[])) WHERE id = :id"
)


def scope_over(engagement: str, client: str) -> Any:
    """The scope of a reading whose rows name their engagement and client in these columns.

    Partners, administrators and client managers see all; everybody else what they are on.
    """
    mine = Scope(MINE.format(engagement=engagement))
    at_home = Scope(f"{client} = :actor_client_id AND " + mine.sql)

    def scope(actor: Actor) -> Scope:
        if actor.side is Side.CLIENT:
            return at_home if actor.client_id is not None else Scope.nothing()
        return Scope.everything() if actor.has(*OVERSEERS) else mine

    return scope


engagement_scope = scope_over("e.id", "e.client_id")


def _reach(actor: Actor) -> list[Any]:
    if actor.side is Side.SYSTEM or (actor.is_firm and actor.has(*OVERSEERS)):
        return []
    mine = select(col(Member.engagement_id)).where(
        col(Member.user_id) == actor.user_id, col(Member.status) == MemberStatus.LIVE
    )
    reach: list[Any] = [col(Engagement.id).in_(mine)]
    if actor.side is Side.CLIENT:
        reach.append(col(Engagement.client_id) == actor.client_id)
    return reach


async def lock_engagement(session: AsyncSession, engagement_id: UUID) -> Engagement:
    """The engagement, locked until the transaction ends, so that acts come one by one.

    Raises `NotFound` (404) when it does not exist or is out of the actor's reach.
    """
    actor = context_of(session).actor
    query = select(Engagement).where(col(Engagement.id) == engagement_id, *_reach(actor))
    if actor.side is Side.CLIENT:
        query = query.options(_FOR_CLIENTS)
    query = query.with_for_update().execution_options(populate_existing=True)
    engagement = await session.scalar(query)
    if engagement is None:
        raise NotFound()
    if actor.side is Side.CLIENT:
        found = await fetch_one(session, _OPPORTUNITY, engagement_id)
        set_committed_value(engagement, "opportunity_id", found[0] if found else None)
    remember(session, engagement)
    return engagement


async def with_engagement(
    session: AsyncSession, kind: type[Row], row_id: UUID
) -> tuple[Engagement, Row]:
    """A row of an engagement, read after the engagement was locked. Raises `NotFound` (404)."""
    engagement_id = await owner_of(session, kind, "engagement_id", row_id)
    engagement = await lock_engagement(session, engagement_id)
    row = await row_of(session, kind, row_id)
    remember(session, row)
    return engagement, row


async def domains_and_size(session: AsyncSession, engagement_id: UUID) -> tuple[list[str], bool]:
    """The domains in work, and whether it is small. Raises `NotFound` (404)."""
    columns = select(col(Engagement.domains), col(Engagement.small))
    reach = _reach(context_of(session).actor)
    found = await session.execute(columns.where(col(Engagement.id) == engagement_id, *reach))
    row = found.one_or_none()
    if row is None:
        raise NotFound()
    return list(row[0]), bool(row[1])


async def of_opportunity(session: AsyncSession, opportunity_id: UUID) -> UUID | None:
    """The engagement that was drafted for an opportunity."""
    query = select(col(Engagement.id)).where(col(Engagement.opportunity_id) == opportunity_id)
    found: UUID | None = await session.scalar(query)
    return found


async def next_number(session: AsyncSession, year: int) -> int:
    """The year's next number; a rolled-back transaction gives it back, so there are no gaps."""
    return int(await session.scalar(_NEXT_NUMBER, {"year": year}) or 0)


async def index_engagement(session: AsyncSession, engagement_id: UUID, words: list[str]) -> None:
    """Make the engagement findable by these lexemes."""
    await session.execute(_SET_SEARCH, {"id": engagement_id, "words": words})
