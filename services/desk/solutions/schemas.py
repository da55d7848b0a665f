"""What crosses HTTP about solutions."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.desk.solutions.rules import Risk
from shared.inputs import Body, Line, Text

MOST_MINOR_UNITS = 10**15


class CostIn(BaseModel):
    """Integer minor units of an ISO 4217 currency."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: int = Field(ge=0, le=MOST_MINOR_UNITS, strict=True)
    currency: str = Field(pattern="^[A-Z]{3}$")


class SolutionIn(Body):
    """An alternative with what it costs the client, how long it takes and its risk."""

    case_id: UUID
    title: Line
    description: Text
    cost: CostIn | None = None
    duration_days: int | None = Field(default=None, ge=0, le=3650, strict=True)
    risk: Risk | None = None


class DeclineIn(Body):
    """Why the offer does not do."""

    reason: Text
