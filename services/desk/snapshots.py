"""The current state of everything the desk publishes, for projections that start anew."""

from collections.abc import AsyncIterator, Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases.announce import case_state
from services.desk.cases.store import every_case
from shared.contracts.desk import CaseState
from shared.snapshot import Snapshots


async def cases(
    session: AsyncSession, ids: Collection[UUID] | None = None
) -> AsyncIterator[CaseState]:
    """The state of every case, or of these, oldest first."""
    async for case in every_case(session, ids):
        yield await case_state(session, case)


SNAPSHOTS: Snapshots = {CaseState: cases}
