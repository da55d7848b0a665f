"""The current state of everything surveys publish, for projections that start anew."""

from collections.abc import AsyncIterator, Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.responses.store import every_response
from services.surveys.rounds.announce import round_state
from services.surveys.rounds.store import every_round
from shared.contracts.surveys import ResponseState, RoundState
from shared.snapshot import Snapshots

Ids = Collection[UUID] | None


async def responses(session: AsyncSession, ids: Ids = None) -> AsyncIterator[ResponseState]:
    """The state of every personal response, or of these, oldest first."""
    async for state in every_response(session, ids):
        yield state


async def rounds(session: AsyncSession, ids: Ids = None) -> AsyncIterator[RoundState]:
    """The state of every round, oldest first."""
    async for row in every_round(session, ids):
        yield await round_state(session, row)


SNAPSHOTS: Snapshots = {ResponseState: responses, RoundState: rounds}
