"""Every statement about solutions; the actor's scope is part of each."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.desk.solutions.rules import SolutionStatus
from services.desk.solutions.tables import Solution


async def of_round(
    session: AsyncSession, case_id: UUID, round_: int, status: SolutionStatus
) -> list[Solution]:
    """The solutions of a locked case's round that have `status`, oldest first."""
    await session.flush()
    query = (
        select(Solution)
        .where(
            col(Solution.case_id) == case_id,
            col(Solution.round) == round_,
            col(Solution.status) == status,
        )
        .order_by(col(Solution.offered_at), col(Solution.id))
    )
    return list(await session.scalars(query))
