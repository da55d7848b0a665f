"""Every statement about promises; the actor's scope is part of each."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, and_, func, literal_column, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.desk.cases.store import stands_still_sql
from services.desk.cases.tables import Case
from services.desk.promises.rules import PromiseStatus
from services.desk.promises.tables import Promise
from shared.database import context_of

_STANDS_STILL = stands_still_sql(status="cases.status", promise="promises.kind")


async def open_promises(session: AsyncSession, case_id: UUID) -> list[Promise]:
    """The promises of a locked case that are neither settled nor replaced, next due first."""
    await session.flush()
    query = (
        select(Promise)
        .where(col(Promise.case_id) == case_id, col(Promise.status) == PromiseStatus.MADE)
        .order_by(col(Promise.due_at), col(Promise.id))
        .execution_options(populate_existing=True)
    )
    return list(await session.scalars(query))


async def settled_counts(
    session: AsyncSession, *, made_by: UUID | None, client_id: UUID | None
) -> tuple[int, int, int]:
    """How many promises in the actor's reach were kept and broken, and how many of both imported.

    An imported promise has no timer: it is broken when it has passed, although no act said so.
    """
    kept = col(Promise.status) == PromiseStatus.KEPT
    broken = or_(col(Promise.status) == PromiseStatus.BROKEN, _passed(context_of(session).now))
    imported = and_(or_(kept, broken), col(Promise.historical))
    query = select(
        func.count().filter(kept), func.count().filter(broken), func.count().filter(imported)
    ).join(Case, col(Case.id) == col(Promise.case_id))
    if made_by is not None:
        query = query.where(col(Promise.made_by) == made_by)
    if client_id is not None:
        query = query.where(col(Promise.client_id) == client_id)
    counts = (await session.execute(query)).one()
    return counts[0], counts[1], counts[2]


def _passed(now: datetime) -> ColumnElement[bool]:
    """Due by `now`, neither settled nor stopped by waiting for the client."""
    running = not_(literal_column(_STANDS_STILL, Boolean))
    return and_(col(Promise.status) == PromiseStatus.MADE, col(Promise.due_at) <= now, running)
