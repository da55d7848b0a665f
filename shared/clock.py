"""Time is an argument: everything that needs "now" is handed a `Clock`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The current instant, aware, in UTC: the clock every process runs on."""
    return datetime.now(UTC)
