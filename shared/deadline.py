"""One absolute deadline per request, set by the gateway and obeyed by everything below it."""

from __future__ import annotations

import time
from contextvars import ContextVar
from typing import Final

HEADER: Final = "Rapport-Deadline"
"""Header carrying the deadline as Unix time in milliseconds."""

_deadline: ContextVar[float | None] = ContextVar("rapport_deadline", default=None)


def set_deadline(unix_seconds: float | None) -> None:
    """Bind the deadline (Unix time, seconds) to the current task and what it starts."""
    _deadline.set(unix_seconds)


def parse(header: str | None, *, floor_seconds: float) -> float:
    """The deadline a header asks for, never later than `floor_seconds` from now."""
    latest = time.time() + floor_seconds
    if header and header.isdecimal():
        return min(int(header) / 1000, latest)
    return latest


def remaining(default: float = 15.0) -> float:
    """Seconds left, at least a millisecond; `default` outside a request."""
    deadline = _deadline.get()
    if deadline is None:
        return default
    return max(deadline - time.time(), 0.001)
