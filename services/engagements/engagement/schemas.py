"""What crosses HTTP about engagements."""

from typing import Annotated

from pydantic import Field

from shared.calendar import FIRST, LAST
from shared.inputs import Body, Day, Flag, Line, Text

MOST_DOMAINS = 30
PlanDay = Annotated[Day, Field(ge=FIRST, le=LAST)]
"""A day within the reach of the working calendar."""
Domains = Annotated[list[Line], Field(max_length=MOST_DOMAINS)]


class EngagementPatch(Body):
    """Fields the firm may change while the engagement is live."""

    title: Line | None = None
    objectives: Text | None = None
    domains: Domains | None = None
    small: Flag | None = None
    starts_on: PlanDay | None = None


class ReasonIn(Body):
    """Why a step is taken."""

    reason: Text
