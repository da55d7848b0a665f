"""What happens at which moment, as data."""

from functools import partial
from zoneinfo import ZoneInfo

from services.engagements.team.actions import TIMER, member_ends
from shared.jobs import TimerHandler


def timers(zone: ZoneInfo) -> dict[str, TimerHandler]:
    """The timers of engagements by kind; `zone` is the firm's, in which a day ends."""
    return {TIMER: partial(member_ends, zone=zone)}
