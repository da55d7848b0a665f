"""The firm's working calendar: which days and hours count, and due times counted in them.

Pure functions over a `WorkingCalendar`; `load_calendar(session, zone)` makes one. For each day the
first of these that knows it decides: the override table (`calendar_days`), official make-up
working days, Chinese public holidays, the weekly hours. Official make-up days are known only once
published, so for years to come the override table carries them.
Instants go in and come out in UTC; days are dates in the firm's zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

import holidays
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.privileges import PEOPLE, worker_table

Hours = tuple[tuple[time, time], ...]
"""Working intervals of a day, in order and apart; empty for a day off."""

DAY_HOURS: Final[Hours] = ((time(9), time(12)), (time(13, 30), time(18)))
WEEK: Final[Mapping[int, Hours]] = dict.fromkeys(range(5), DAY_HOURS)
"""The built-in default: Monday (0) to Friday, 9:00-12:00 and 13:30-18:00."""
FIRST: Final = date(1990, 1, 1)
LAST: Final = date(2080, 12, 31)
"""A plan's days lie between them. PostgreSQL holds 0001-01-01 and 9999-12-31 as infinite, which no
service could read back as days."""
_SEARCH_DAYS: Final = 800
_DAY: Final = timedelta(days=1)


def _readable(table: str) -> list[str]:
    statements = [*worker_table(table)]
    for role in PEOPLE:
        statements += [
            f"GRANT SELECT ON {table} TO {{service}}_{role}",
            f"CREATE POLICY {table}_read_{role} ON {table} FOR SELECT TO {{service}}_{role}"
            f" USING (true)",
        ]
    return [
        *statements,
        f"GRANT INSERT, UPDATE, DELETE ON {table} TO {{service}}_firm",
        f"CREATE POLICY {table}_edit ON {table} TO {{service}}_firm"
        f" USING (rapport_side() = 'firm') WITH CHECK (rapport_side() = 'firm')",
    ]


DDL: list[str] = [
    # Without hours a working day has the week's ordinary ones (Monday's on a weekend).
    """CREATE TABLE calendar_days (
        day date PRIMARY KEY,
        working boolean NOT NULL,
        opens time[],
        closes time[],
        note text,
        CHECK (cardinality(opens) IS NOT DISTINCT FROM cardinality(closes))
    )""",
    # Empty: the built-in week. Otherwise a weekday (0 = Monday) without rows is a day off.
    """CREATE TABLE calendar_hours (
        weekday smallint NOT NULL CHECK (weekday BETWEEN 0 AND 6),
        opens time NOT NULL,
        closes time NOT NULL CHECK (closes > opens),
        PRIMARY KEY (weekday, opens)
    )""",
    *_readable("calendar_days"),
    *_readable("calendar_hours"),
]


class NoWorkingTime(ValueError):
    """The calendar has no working time within two years: its overrides or hours are wrong."""


class NotInCalendar(ValueError):
    """The day is before `FIRST` or after `LAST`."""


@dataclass(frozen=True)
class WorkingCalendar:
    """When the firm works. `overrides` maps a day to its hours (empty: off)."""

    zone: str = "Asia/Shanghai"
    week: Mapping[int, Hours] = field(default_factory=lambda: WEEK)
    overrides: Mapping[date, Hours] = field(default_factory=dict)
    country: str | None = "CN"

    def hours(self, day: date) -> Hours:
        """The working intervals of a day, in the firm's zone."""
        if day in self.overrides:
            return self.overrides[day]
        if self.country is not None:
            off, made_up = _official(self.country, day.year)
            if day in made_up:
                return self.ordinary_hours(day)
            if day in off:
                return ()
        return self.week.get(day.weekday(), ())

    def ordinary_hours(self, day: date) -> Hours:
        """The hours of a day on which work is done: its weekday's, else the week's first."""
        first = next((self.week[n] for n in range(7) if self.week.get(n)), ())
        return self.week.get(day.weekday()) or first

    def local_day(self, moment: datetime) -> date:
        """The date in the firm's zone."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def intervals(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The working intervals of a day as instants in UTC."""
        zone = ZoneInfo(self.zone)
        for opens, closes in self.hours(day):
            start = datetime.combine(day, opens, zone).astimezone(UTC)
            end = datetime.combine(day, closes, zone).astimezone(UTC)
            if end > start:
                yield start, end


@lru_cache(maxsize=64)
def _official(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    known = holidays.country_holidays(country, years=[year])
    made_up: set[date] = getattr(known, "weekend_workdays", set())
    return frozenset(known.keys()), frozenset(day for day in made_up if day.year == year)


def is_working_day(calendar: WorkingCalendar, day: date) -> bool:
    """True when any work is done on that day."""
    return bool(calendar.hours(day))


def add_working_days(calendar: WorkingCalendar, day: date, count: int) -> date:
    """The working day `count` working days after `day` (before it, when negative).

    With 0: `day` itself, or the next working day when it is off. Raises `NoWorkingTime`.
    """
    if count == 0:
        return day if is_working_day(calendar, day) else add_working_days(calendar, day, 1)
    step = _DAY if count > 0 else -_DAY
    left, idle = abs(count), 0
    while left:
        day += step
        working = is_working_day(calendar, day)
        left -= working
        idle = 0 if working else idle + 1
        if idle > _SEARCH_DAYS:
            raise NoWorkingTime(f"no working day for two years around {day}")
    return day


def _intervals_from(
    calendar: WorkingCalendar, moment: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Working intervals that end after `moment`, the first cut to start at it."""
    day = calendar.local_day(moment)
    idle = 0
    while idle <= _SEARCH_DAYS:
        idle += 1
        for start, end in calendar.intervals(day):
            if end > moment:
                idle = 0
                yield max(start, moment), end
        day += _DAY
    raise NoWorkingTime(f"no working time for two years after {moment}")


def next_working_moment(calendar: WorkingCalendar, moment: datetime) -> datetime:
    """`moment` in UTC when it is in working time, else the next opening. May raise `NoWorkingTime`.

    The end of an interval is not working time any more.
    """
    return next(_intervals_from(calendar, moment.astimezone(UTC)))[0]


def add_working_time(calendar: WorkingCalendar, moment: datetime, duration: timedelta) -> datetime:
    """The earliest instant (UTC) by which `duration` of working time has passed since `moment`.

    Not before `moment`; with no duration it is `moment`. Raises `NoWorkingTime`, and `ValueError`
    for a negative duration.
    """
    if duration < timedelta(0):
        raise ValueError("a duration of working time is not negative")
    moment = moment.astimezone(UTC)
    if not duration:
        return moment
    left = duration
    for start, end in _intervals_from(calendar, moment):
        if end - start >= left:
            return start + left
        left -= end - start
    raise NoWorkingTime(f"no working time after {moment}")


def working_time_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """The working time from `start` to `end`; negative when `end` is earlier."""
    if end < start:
        return -working_time_between(calendar, end, start)
    total = timedelta(0)
    day, last = calendar.local_day(start), calendar.local_day(end)
    while day <= last:
        for opens, closes in calendar.intervals(day):
            total += max(min(closes, end) - max(opens, start), timedelta(0))
        day += _DAY
    return total


async def load_calendar(session: AsyncSession, zone: str) -> WorkingCalendar:
    """The calendar with the firm's hours and overrides, in one statement."""
    rows = await session.execute(
        text(
            "SELECT (SELECT json_agg(d) FROM (SELECT day, working, opens, closes"
            " FROM calendar_days) d) AS days, (SELECT json_agg(h) FROM (SELECT weekday, opens,"
            " closes FROM calendar_hours ORDER BY weekday, opens) h) AS hours"
        )
    )
    row = rows.one()
    week = _week(row.hours) if row.hours else WEEK
    plain = WorkingCalendar(zone=zone, week=week)
    overrides = {
        date.fromisoformat(kept["day"]): _day_hours(plain, kept) for kept in row.days or ()
    }
    return WorkingCalendar(zone=zone, week=week, overrides=overrides)


def _week(kept: list[dict[str, Any]]) -> dict[int, Hours]:
    week: dict[int, Hours] = {}
    for row in kept:
        interval = (time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"]))
        week[row["weekday"]] = (*week.get(row["weekday"], ()), interval)
    return week


def _day_hours(plain: WorkingCalendar, kept: dict[str, Any]) -> Hours:
    if not kept["working"]:
        return ()
    if kept["opens"] is None:
        return plain.ordinary_hours(date.fromisoformat(kept["day"]))
    pairs = zip(kept["opens"], kept["closes"], strict=True)
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)


async def override_day(
    session: AsyncSession, day: date, *, working: bool, hours: Hours = (), note: str = ""
) -> None:
    """Decide a day in the override table; without `hours` a working day has its ordinary ones.

    Raises `NotInCalendar`.
    """
    if not FIRST <= day <= LAST:
        raise NotInCalendar(f"{day} is not in the working calendar, which is {FIRST} to {LAST}")
    await session.execute(
        text(
            "INSERT INTO calendar_days (day, working, opens, closes, note)"
            " VALUES (:day, :working, :opens, :closes, :note) ON CONFLICT (day) DO UPDATE"
            " SET working = excluded.working, opens = excluded.opens, closes = excluded.closes,"
            " note = excluded.note"
        ),
        {
            "day": day,
            "working": working,
            "opens": [opens for opens, _ in hours] or None,
            "closes": [closes for _, closes in hours] or None,
            "note": note,
        },
    )


async def forget_override(session: AsyncSession, day: date) -> None:
    """Let holidays and weekly hours decide the day again."""
    await session.execute(text("DELETE FROM calendar_days WHERE day = :day"), {"day": day})
