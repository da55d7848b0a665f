"""Every statement about promises; the actor's scope is part of each."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.desk.promises.rules import PromiseStatus
from services.desk.promises.tables import Promise


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
) -> tuple[int, int]:
    """How many promises in the actor's reach were kept and broken; imported history aside."""
    query = select(
        func.count().filter(col(Promise.status) == PromiseStatus.KEPT),
        func.count().filter(col(Promise.status) == PromiseStatus.BROKEN),
    ).where(~col(Promise.historical))
    if made_by is not None:
        query = query.where(col(Promise.made_by) == made_by)
    if client_id is not None:
        query = query.where(col(Promise.client_id) == client_id)
    kept, broken = (await session.execute(query)).one()
    return kept, broken
