"""What happens at which moment, as data."""

from functools import partial
from zoneinfo import ZoneInfo

from services.desk.promises.clock import TIMER
from services.desk.promises.strike import promise_due
from shared.jobs import TimerHandler


def timers(zone: ZoneInfo) -> dict[str, TimerHandler]:
    """The desk's timers by kind; `zone` is the firm's, for the sentences of the history."""
    return {TIMER: partial(promise_due, zone=zone)}
