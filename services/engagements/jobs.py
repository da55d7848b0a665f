"""What happens at which moment, as data."""

from functools import partial
from zoneinfo import ZoneInfo

from services.engagements.team.turning import BEGINS, ENDS, turn
from shared.jobs import TimerHandler


def timers(zone: ZoneInfo) -> dict[str, TimerHandler]:
    """The timers of engagements by kind; `zone` is the firm's, in which a day begins and ends."""
    return {BEGINS: partial(turn, zone=zone), ENDS: partial(turn, zone=zone)}
