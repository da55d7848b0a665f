"""What crosses HTTP about the work: assigning, beginning and ending it."""

from uuid import UUID

from pydantic import Field

from services.engagements.engagement.schemas import PlanDay
from shared.inputs import Body, Whole


class DayIn(Body):
    """The day it happened, today when not said."""

    on: PlanDay | None = None


class AssignIn(Body):
    """Who does the task; null leaves it with the role."""

    user_id: UUID | None


class TaskPatch(Body):
    """What may change about a task's plan."""

    days: Whole = Field(ge=1, le=400, description="Duration in working days.")
