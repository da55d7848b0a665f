"""Which touches reset which clock; no input or output.

The due days themselves are the table's arithmetic: last contact of the kind, or the day of the
grading before the first, plus the grade's days (product.md: A 7/60, B 7/90, C 14/120).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from shared.contracts.steps import HistoryStep

VISITING: Final = ("visit", "meeting")
"""Contact records that reset the clock of visits: being there."""
CALLING: Final = ("call", "visit", "meeting", "message", "mail", "event", "greeting")
"""Contact records that reset the clock of calls: any touch does (product.md)."""
DESK_TOUCHES: Final = frozenset(
    {"replied", "restated", "solution_offered", "resolved", "follow_up_recorded"}
)
"""Steps of a case by which somebody of the firm got in touch."""
ENGAGEMENT_TOUCHES: Final = frozenset({"key_node_held", "bypass_recorded"})
"""Steps of an engagement at which the firm met the client, or went straight to its people."""
TOUCHES: Final = DESK_TOUCHES | ENGAGEMENT_TOUCHES


def touches(steps: Iterable[HistoryStep]) -> list[tuple[datetime, UUID]]:
    """When, and by whom, people got in touch; who is of the firm the caller must know."""
    return [
        (step.at, step.actor_id)
        for step in steps
        if step.kind in TOUCHES and step.actor_id is not None
    ]
