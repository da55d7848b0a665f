"""The firm at work around the clock, so that a promise may come due in a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.letters import asked

_DAYS = "SELECT current_date + n FROM generate_series(-1, 2) n"
_OPEN = (
    "INSERT INTO calendar_days (day, working, opens, closes)"
    f" SELECT day, true, '{{00:00}}', '{{23:59:59.999999}}' FROM ({_DAYS}) AS near (day)"
)
_CLOSE = f"DELETE FROM calendar_days WHERE day IN ({_DAYS})"


@contextmanager
def at_any_hour(home: Path) -> Iterator[None]:
    """The desk works at every hour of these days, whatever day and hour it is."""
    asked(home, "desk", _OPEN)
    try:
        yield
    finally:
        asked(home, "desk", _CLOSE)
