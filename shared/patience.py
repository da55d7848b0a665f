"""How often, and after which pauses, an event is tried again before it is a dead letter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from shared.errors import NotKnownYet

TRIES: Final = 6
PATIENT_TRIES: Final = 14
"""For what refers to a record not heard of yet: three quarters of a minute, for what was in the
hands of a reader that died is delivered again only after `ack_wait`."""
BACKOFF_SECONDS: Final = (0.1, 0.5, 1.0, 2.0, 5.0)


def tries_of(errors: Iterable[Exception]) -> int:
    """How often a message that failed so is delivered before it is a dead letter."""
    waits = any(isinstance(error, NotKnownYet) for error in errors)
    return PATIENT_TRIES if waits else TRIES


def pause_after(attempt: int) -> float:
    """The seconds between an attempt, counted from 1, and the next."""
    return BACKOFF_SECONDS[min(attempt, len(BACKOFF_SECONDS)) - 1]
