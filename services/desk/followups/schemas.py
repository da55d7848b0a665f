"""What crosses HTTP about follow-ups."""

from datetime import date
from uuid import UUID

from pydantic import Field

from shared.inputs import Body, Text


class FollowUpIn(Body):
    """A second follow-up, on a day in the firm's time zone."""

    case_id: UUID
    due_on: date


class RecordIn(Body):
    """What the client said; `reopen` opens the case again."""

    satisfied: bool
    score: int | None = Field(default=None, ge=1, le=5, strict=True)
    notes: Text | None = None
    reopen: bool = False


class WaiveIn(Body):
    """Why no follow-up is made."""

    reason: Text
