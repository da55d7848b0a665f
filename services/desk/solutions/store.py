"""Every statement about solutions; the actor's scope is part of each."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.solutions.rules import SolutionStatus
from services.desk.solutions.tables import Solution
from shared.errors import NotFound


async def case_of(session: AsyncSession, solution_id: UUID) -> UUID:
    """The case a solution belongs to, so that it can be locked first. Raises `NotFound` (404)."""
    found = await session.scalar(select(Solution.case_id).where(Solution.id == solution_id))  # type: ignore[arg-type, call-overload]
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
            Solution.case_id == case_id,  # type: ignore[arg-type]
            Solution.round == round_,  # type: ignore[arg-type]
            Solution.status == status,  # type: ignore[arg-type]
        )
        .order_by(Solution.offered_at, Solution.id)  # type: ignore[arg-type]
    )
    return list(await session.scalars(query))
