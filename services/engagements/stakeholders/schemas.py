"""What crosses HTTP about stakeholder profiles: between people of the firm only."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.engagements.engagement.schemas import PlanDay
from services.engagements.stakeholders.rules import Stance
from shared.inputs import Body, Line, Text, Whole

Degree = Annotated[Whole, Field(ge=1, le=5)]


class StakeholderIn(Body):
    """A profile of a person of the client, by user or contact."""

    engagement_id: UUID
    user_id: UUID | None = None
    contact_id: UUID | None = None
    name: Line
    title: Line | None = None
    influence: Degree
    interest: Degree
    stance_now: Stance
    stance_wanted: Stance
    traits: Text | None = None
    motives: Text | None = None
    concerns: Text | None = None
    approach: Text | None = None


class StakeholderPatch(Body):
    """What may change about a profile."""

    title: Line | None = None
    influence: Degree | None = None
    interest: Degree | None = None
    stance_now: Stance | None = None
    stance_wanted: Stance | None = None
    traits: Text | None = None
    motives: Text | None = None
    concerns: Text | None = None
    approach: Text | None = None


class ActionIn(Body):
    """What somebody of the firm will do, the acting person when not said."""

    text: Text
    due_on: PlanDay
    owner_id: UUID | None = None
