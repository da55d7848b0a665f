"""How a background loop speaks of what went wrong: an outage in a line, a fault with its trace."""

from __future__ import annotations

from typing import Any

from shared.database import is_outage
from shared.redaction import error_text
from shared.telemetry import log

_log = log(__name__)


def report(event: str, error: Exception, **about: Any) -> None:
    """Log that a loop's round failed; the loop goes on."""
    if is_outage(error):
        _log.warning(event, error=error_text(error)[:300], **about)
    else:
        _log.error(event, exc_info=error, **about)
