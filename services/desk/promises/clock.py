"""The durable clock of a promise: checked when set, exact when it strikes."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.promises.tables import Promise
from shared.timers import schedule

TIMER = "promise_due"


async def set_clock(session: AsyncSession, promise: Promise) -> None:
    """Have `strike` run at `promise.due_at`, whatever restarts in between."""
    # One timer per promise and time, never moved or cancelled: a write that waited for a timer
    # which waits for the write's case would deadlock. An obsolete one finds nothing to do.
    key = f"{promise.id}@{promise.due_at.timestamp()}"
    await schedule(session, TIMER, key, promise.due_at, {"promise_id": str(promise.id)})
