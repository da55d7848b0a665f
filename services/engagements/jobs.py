"""What happens when, as data."""

from functools import partial
from zoneinfo import ZoneInfo

from services.engagements.belonging import OWNED
from services.engagements.snapshots import SNAPSHOTS
from services.engagements.team.turning import BEGINS, ENDS, turn
from shared.following import sweeping
from shared.jobs import Job, TimerHandler

JOBS: tuple[Job, ...] = (sweeping(OWNED, SNAPSHOTS),)


def timers(zone: ZoneInfo) -> dict[str, TimerHandler]:
    """The timers of engagements by kind; `zone` is the firm's, in which a day begins and ends."""
    return {BEGINS: partial(turn, zone=zone), ENDS: partial(turn, zone=zone)}
