"""What crosses HTTP about opportunities."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.clients.opportunities.rules import OpportunityStage
from shared.contracts.engagements import TemplateKey
from shared.inputs import Body, Day, Instant, Line, MoneyIn, Text, Whole

Percent = Annotated[Whole, Field(ge=0, le=100)]


class OpportunityFields(Body):
    """What may be said of an opportunity."""

    amount: MoneyIn | None = None
    probability: Percent | None = None
    close_on: Day | None = None
    competitor: Line | None = None
    owner_id: UUID | None = None
    template: TemplateKey | None = Field(
        default=None, description="The engagement template the work would follow."
    )
    notes: Text | None = None


class OpportunityIn(OpportunityFields):
    """A new opportunity."""

    client_id: UUID
    title: Line
    stage: OpportunityStage = OpportunityStage.LEAD
    occurred_at: Instant | None = Field(
        default=None, description="History import by an administrator: when it happened (UTC)."
    )


class OpportunityPatch(OpportunityFields):
    """What to change; absent fields stay."""

    title: Line | None = None


class MoveIn(Body):
    """The stage it goes to. A loss needs its reason, and may name who won instead."""

    stage: OpportunityStage
    reason: Line | None = None
    competitor: Line | None = None
    probability: Percent | None = None
    occurred_at: Instant | None = Field(
        default=None, description="History import by an administrator: when it happened (UTC)."
    )
