"""What crosses HTTP about engagements."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.inputs import Body, Line, Text

MOST_DOMAINS = 30
Domains = Annotated[list[Line], Field(max_length=MOST_DOMAINS)]


class EngagementPatch(Body):
    """Fields the firm may change while the engagement is live."""

    title: Line | None = None
    objectives: Text | None = None
    domains: Domains | None = None
    small: bool | None = None
    starts_on: date | None = None


class ReasonIn(Body):
    """Why a step is taken."""

    reason: Text
