"""The durable clock of a promise: checked when set, moved by a pause, exact when it strikes."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.promises import rules
from services.desk.promises.tables import Promise
from shared.calendar import (
    WorkingCalendar,
    add_working_time,
    load_calendar,
    next_working_moment,
    working_time_between,
)
from shared.database import context_of
from shared.errors import Field
from shared.timers import schedule

TIMER: Final = "promise_due"
FARTHEST: Final = timedelta(days=731)
"""A promise further off than two years is no promise to anybody."""
GRACE: Final = timedelta(minutes=15)
"""Working time left after a pause to whom the pause left none."""


async def check_due(session: AsyncSession, due_at: datetime, zone: ZoneInfo) -> None:
    """Raise `PromiseInPast`, `PromiseTooFar` or `PromiseOutsideHours` (422) for a bad time.

    The closing minute of a working interval is inside it: "by six" is what people say.
    """
    now = context_of(session).now
    if context_of(session).historical:
        return
    due = due_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if due_at <= now:
        raise rules.PromiseInPast(errors=[_field("in the past", "时间已过")], due_at=due)
    if due_at > now + FARTHEST:
        raise rules.PromiseTooFar(errors=[_field("too far off", "时间过远")], due_at=due)
    calendar = await load_calendar(session, zone.key)
    if not _inside(calendar, due_at):
        suggestion = next_working_moment(calendar, due_at).isoformat().replace("+00:00", "Z")
        raise rules.PromiseOutsideHours(
            errors=[_outside(calendar, due_at)],
            extra={"suggestion": suggestion},
            suggestion=suggestion,
            due_at=due,
        )


async def set_clock(session: AsyncSession, promise: Promise) -> None:
    """Have the promise looked at when it is due, whatever restarts in between."""
    # One timer per promise and time, never moved or cancelled: a write that waited for a timer
    # which waits for the write's case would deadlock. An obsolete one finds nothing to do.
    key = f"{promise.id}@{promise.due_at.timestamp()}"
    await schedule(session, TIMER, key, promise.due_at, {"promise_id": str(promise.id)})


async def moved_by_pause(
    session: AsyncSession, promise: Promise, since: datetime, zone: ZoneInfo
) -> datetime:
    """When the promise is due now that waiting since `since` is over: as much work later.

    One made meanwhile waited from then on.
    """
    now = context_of(session).now
    calendar = await load_calendar(session, zone.key)
    waited = working_time_between(calendar, max(since, promise.made_at), now)
    due_at = add_working_time(calendar, promise.due_at, waited)
    return due_at if due_at > now else add_working_time(calendar, now, GRACE)


def _inside(calendar: WorkingCalendar, moment: datetime) -> bool:
    day = calendar.local_day(moment)
    return any(start <= moment <= end for start, end in calendar.intervals(day))


def _outside(calendar: WorkingCalendar, moment: datetime) -> Field:
    """Says the hours of that day, or that it has none."""
    hours = calendar.hours(calendar.local_day(moment))
    spans = [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours]
    if not spans:
        return _field("not a working day", "当天不是工作日")
    return _field(
        f"outside working hours: {', '.join(spans)}", f"不在工作时间内：{'、'.join(spans)}"
    )


def _field(en: str, zh: str) -> Field:
    return Field("/due_at", en=en, zh=zh)
