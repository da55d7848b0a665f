"""The current state of everything the desk publishes, for projections that start anew."""

from collections.abc import AsyncIterator, Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases.announce import case_state
from services.desk.cases.store import every_case
from services.desk.history.store import NAMING, whole_history
from shared.contracts.desk import CaseState
from shared.snapshot import Growing, Snapshots
from shared.steps import in_parts


async def cases(
    session: AsyncSession, ids: Collection[UUID] | None = None
) -> AsyncIterator[CaseState]:
    """The state of every case, or of these, in the parts of its history; oldest first."""
    async for case in every_case(session, ids):
        for part in in_parts(await whole_history(session, case.id)):
            yield await case_state(session, case, part)


SNAPSHOTS: Snapshots = {CaseState: Growing(cases, NAMING)}
