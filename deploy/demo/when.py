"""Moments of the demonstration: days before its first load, in working hours of the firm."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from shared.calendar import (
    WorkingCalendar,
    add_working_days,
    add_working_time,
    is_working_day,
    next_working_moment,
)
from shared.clock import utc_now

ZONE: Final = ZoneInfo("Asia/Shanghai")
_LENGTH: Final = re.compile(r"([0-9.]+)([mhd])")
_UNITS: Final = {"m": 1 / 60, "h": 1.0, "d": 7.5}
"""Hours of working time; a working day has seven and a half."""
_SOON: Final = timedelta(minutes=45)


class Timetable:
    """Turns what the data files say about time into moments, seen from `anchor` (UTC)."""

    def __init__(self, anchor: datetime) -> None:
        self.anchor = anchor
        self._calendar = WorkingCalendar(zone=ZONE.key)
        self._today = anchor.astimezone(ZONE).date()

    def present(self) -> datetime:
        """The anchor; the time it is, when a load that was broken off goes on much later."""
        now = utc_now()
        return self.anchor if now - self.anchor < _SOON else now

    def day(self, offset: str | int) -> date:
        """The day so many days from the anchor's; a past day off gives way to the day before."""
        day = self._today + timedelta(days=int(offset))
        if is_working_day(self._calendar, day):
            return day
        return add_working_days(self._calendar, day, -1 if day <= self._today else 1)

    def moment(self, words: str) -> datetime:
        """`-120 09:40`: that time of that working day; never later than the anchor."""
        offset, _, clock = words.partition(" ")
        at = datetime.combine(self.day(offset), time.fromisoformat(clock or "10:00"), ZONE)
        return min(at.astimezone(UTC), self.anchor)

    def on(self, day: str, clock: str) -> datetime:
        """That time of a date."""
        at = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZONE)
        return at.astimezone(UTC)

    def local_day(self, moment: datetime) -> date:
        """The date of a moment in the firm's zone."""
        return moment.astimezone(ZONE).date()

    def working_days(self, first: str, last: date) -> int:
        """How many working days there are from one date to another, both counted."""
        days = (last - date.fromisoformat(first)).days + 1
        each = (last - timedelta(days=back) for back in range(days))
        return sum(is_working_day(self._calendar, day) for day in each)

    def is_past(self, moment: datetime) -> bool:
        """Whether a moment lies on a day before the anchor's."""
        return self.local_day(moment) < self._today

    def later(self, start: datetime, words: str) -> datetime:
        """`20m`, `3h`, `2d` of working time after `start`; never later than the anchor."""
        return min(self.due(start, words), self.anchor)

    def due(self, start: datetime, words: str) -> datetime:
        """The same, also in the future: when something is promised for; on full minutes."""
        found = _LENGTH.fullmatch(words)
        if found is None:
            raise ValueError(f"not a length of working time: {words!r}")
        length = timedelta(hours=float(found[1]) * _UNITS[found[2]])
        start = next_working_moment(self._calendar, start)
        return add_working_time(self._calendar, start, length).replace(second=0, microsecond=0)
