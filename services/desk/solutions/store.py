"""Every statement about solutions; the actor's scope is part of each."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.desk.solutions.rules import SolutionStatus
from services.desk.solutions.tables import Solution
from shared.errors import NotFound


async def case_of(session: AsyncSession, solution_id: UUID) -> UUID:
    """The case a solution belongs to, so that it can be locked first. Raises `NotFound` (404)."""
    found = await session.scalar(
        select(col(Solution.case_id)).where(col(Solution.id) == solution_id)
    )
    if found is None:
        raise NotFound()
    return UUID(str(found))


async def solution_in_case(session: AsyncSession, solution_id: UUID) -> Solution:
    """The solution, read after its case was locked. Raises `NotFound` (404)."""
    solution = await session.get(Solution, solution_id, populate_existing=True)
    if solution is None:
        raise NotFound()
    return solution


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
