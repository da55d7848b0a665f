"""How a joint team is drawn, and when a place begins and ends by itself: pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.engagements.members.rules import MemberRole
from shared.errors import Field, Unprocessable

R = MemberRole
ORDER = (
    R.DIRECTOR, R.CONSULTING_PM, R.CONSULTANT, R.EXPERT,
    R.EXECUTIVE, R.CLIENT_PM, R.CORE, R.PERIPHERAL,
)  # fmt: skip
"""Who stands above whom on the team map."""


class BadDates(Unprocessable):
    """A place ends on or after the day it begins."""

    code = "bad_dates"
    title = {"en": "The dates do not fit", "zh": "日期不合理"}
    text = {
        "en": "A place ends on or after the day it begins.",
        "zh": "结束日期不能早于开始日期。",
    }


def check_dates(starts_on: date, ends_on: date | None) -> None:
    """Raise `BadDates` (422) when the last day is before the first."""
    if ends_on is not None and ends_on < starts_on:
        raise BadDates(errors=[Field("/ends_on", en="before it begins", zh="早于开始日期")])


def moment_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) of a day in the firm's zone."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def moment_after(day: date, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) after a day in the firm's zone."""
    return moment_of(day + timedelta(days=1), zone)
