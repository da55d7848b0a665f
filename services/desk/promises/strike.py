"""What happens at the very moment a promise is due."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases import store as cases
from services.desk.cases.announce import announce
from services.desk.cases.rules import stands_still
from services.desk.promises import rules, store
from services.desk.promises.actions import break_promise, show_next
from services.desk.promises.rules import PromiseStatus
from services.desk.promises.tables import Promise
from shared.contracts import desk as events
from shared.database import context_of
from shared.timers import Fired


async def promise_due(session: AsyncSession, timer: Fired, *, zone: ZoneInfo) -> None:
    """Break the promise unless it was settled, moved or paused meanwhile. Emits `PromiseBroken`."""
    promise_id = UUID(timer.payload["promise_id"])
    case, promise = await cases.with_case(session, Promise, promise_id)
    gone = promise.status != PromiseStatus.MADE or stands_still(case.status, promise.kind)
    if gone or not rules.has_passed(promise.due_at, context_of(session).now):
        return
    break_promise(session, case, promise, zone)
    show_next(case, await store.open_promises(session, case.id))
    await announce(session, case, events.PromiseBroken, "promise:break", child=promise)
