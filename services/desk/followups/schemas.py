"""What crosses HTTP about follow-ups."""

from uuid import UUID

from pydantic import Field

from shared.inputs import Body, Day, Flag, Text, Whole


class FollowUpIn(Body):
    """A second follow-up, on a day in the firm's time zone."""

    case_id: UUID
    due_on: Day


class RecordIn(Body):
    """What the client said; `reopen` opens the case again."""

    satisfied: Flag
    score: Whole | None = Field(default=None, ge=1, le=5)
    notes: Text | None = None
    reopen: Flag = False


class WaiveIn(Body):
    """Why no follow-up is made."""

    reason: Text
