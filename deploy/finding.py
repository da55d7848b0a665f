"""What `rapport doctor` says of one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `mend` says what to do when it is not well, or not `safe`.

    What is not safe works, and is a warning that leaves the exit code as it is.
    """

    what: str
    well: bool
    detail: str
    mend: str = ""
    safe: bool = True
