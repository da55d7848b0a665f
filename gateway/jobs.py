"""What runs when, as data."""

from __future__ import annotations

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.belonging import OWNED, SNAPSHOTS
from gateway.live.store import purge_live_events
from gateway.sessions.store import purge_sessions
from gateway.users.actions import AFFILIATION_BEGINS, AFFILIATION_ENDS, affiliation_turns
from shared.database import context_of
from shared.following import sweeping
from shared.jobs import Every, Job, Periodic


async def purge_old_sessions(session: AsyncSession) -> None:
    """Forget sessions long over."""
    await purge_sessions(session, context_of(session).now)


JOBS: Final[tuple[Job, ...]] = (
    Periodic("purge_live_events", Every(minutes=30), purge_live_events),
    Periodic("purge_old_sessions", Every(hours=6), purge_old_sessions),
    sweeping(OWNED, SNAPSHOTS),
)
TIMERS: Final = {AFFILIATION_BEGINS: affiliation_turns, AFFILIATION_ENDS: affiliation_turns}
