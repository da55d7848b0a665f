"""Dates as the readers of each language write them, for texts that are fixed when written; pure."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from shared.sentences import Texts

_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]


def day_words(day: date) -> Texts:
    """A date by language: 23 Nov 2026, 2026年11月23日."""
    return {
        "en": f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
        "zh": f"{day.year}年{day.month}月{day.day}日",
    }


def minute_words(instant: datetime, zone: ZoneInfo) -> Texts:
    """A UTC instant by language, as clocks in `zone` show it: 23 Nov 2026 16:00."""
    local = instant.astimezone(zone)
    return {language: f"{day} {local:%H:%M}" for language, day in day_words(local).items()}
