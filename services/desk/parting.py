"""What an erased person still holds at the desk: their live cases wait for dispatch again."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.desk.cases.actions import leave
from services.desk.cases.rules import LIVE
from services.desk.cases.store import lock_case
from services.desk.cases.tables import Case


async def part(session: AsyncSession, person_id: UUID) -> None:
    """Take every live case of a person back; one that is over leaves them once it is opened again.

    Emits `CaseAssigned`.
    """
    held = select(col(Case.id)).where(
        col(Case.assignee_id) == person_id, col(Case.status).in_(LIVE)
    )
    for case_id in (await session.scalars(held.order_by(col(Case.id)))).all():
        await leave(session, await lock_case(session, case_id))
