"""Crash points: places where a fault test ends the process as a power cut would, or stops it.

`RAPPORT_<SERVICE>_FAULTS=before_puback` kills the process the first time it passes there. Without
the setting a crash point costs one comparison.
"""

from __future__ import annotations

import os
import signal
from typing import Final

AFTER_COMMIT: Final = "after_commit"
BEFORE_PUBACK: Final = "before_puback"
AFTER_PUBACK: Final = "after_puback"
BEFORE_ACK: Final = "before_ack"
POINTS: Final = frozenset({AFTER_COMMIT, BEFORE_PUBACK, AFTER_PUBACK, BEFORE_ACK})

_armed = ""
_by = signal.SIGKILL


def arm(point: str, by: signal.Signals = signal.SIGKILL) -> None:
    """Arm one crash point, or none with an empty string. Raises ValueError for an unknown one."""
    global _armed, _by
    if point and point not in POINTS:
        raise ValueError(f"no crash point {point!r}")
    _armed, _by = point, by


def crash_point(point: str) -> None:
    """End or stop the process at once (SIGKILL, SIGSTOP) when this point is armed.

    One that is continued is not stopped again.
    """
    global _armed
    if point == _armed:
        _armed = ""
        os.kill(os.getpid(), _by)
