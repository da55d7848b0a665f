"""What crosses HTTP about contact records."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.clients.interactions.rules import InteractionKind
from shared.inputs import Body, Day, Flag, Instant, Line, Text, Whole

People = Annotated[list[UUID], Field(max_length=50)]
Intent = Annotated[Whole, Field(ge=0, le=5, description="Intent to cooperate, 0 to 5.")]


class InteractionIn(Body):
    """A contact that took place."""

    client_id: UUID
    kind: InteractionKind
    occurred_at: Instant
    contact_ids: People = Field(default_factory=list)
    participant_ids: People = Field(default_factory=list)
    summary: Text
    intent: Intent | None = None
    next_step: Line | None = None
    next_step_on: Day | None = None
    historical: Flag = Field(default=False, description="Taken over from another system.")


class InteractionPatch(Body):
    """What to correct within the first day; absent fields stay."""

    kind: InteractionKind | None = None
    occurred_at: Instant | None = None
    contact_ids: People | None = None
    participant_ids: People | None = None
    summary: Text | None = None
    intent: Intent | None = None
    next_step: Line | None = None
    next_step_on: Day | None = None


class AmendmentIn(Body):
    """What is added to a locked record, and why."""

    summary: Text
    reason: Line
