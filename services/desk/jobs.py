"""What happens when, as data."""

from functools import partial
from zoneinfo import ZoneInfo

from services.desk.belonging import OWNED
from services.desk.promises.clock import TIMER
from services.desk.promises.strike import promise_due
from services.desk.snapshots import SNAPSHOTS
from shared.following import sweeping
from shared.jobs import Job, TimerHandler

JOBS: tuple[Job, ...] = (sweeping(OWNED, SNAPSHOTS),)


def timers(zone: ZoneInfo) -> dict[str, TimerHandler]:
    """The desk's timers by kind; `zone` is the firm's, for the sentences of the history."""
    return {TIMER: partial(promise_due, zone=zone)}
