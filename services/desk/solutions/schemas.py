"""What crosses HTTP about solutions."""

from uuid import UUID

from pydantic import Field

from services.desk.solutions.rules import Risk
from shared.inputs import Body, Line, MoneyIn, Text, Whole


class SolutionIn(Body):
    """An alternative with what it costs the client, how long it takes and its risk."""

    case_id: UUID
    title: Line
    description: Text
    cost: MoneyIn | None = None
    duration_days: Whole | None = Field(default=None, ge=0, le=3650)
    risk: Risk | None = None


class DeclineIn(Body):
    """Why the offer does not do."""

    reason: Text
