"""What crosses HTTP when an engagement is drafted."""

from uuid import UUID

from pydantic import Field

from services.engagements.engagement.schemas import Domains, PlanDay
from services.engagements.templates.library import BUILT_IN
from shared.contracts.engagements import TemplateKey
from shared.inputs import Body, Flag, Line, Text


class EngagementIn(Body):
    """A new draft. Without a consulting PM, a drafting consulting PM becomes it."""

    client_id: UUID
    title: Line
    objectives: Text | None = None
    domains: Domains = Field(default_factory=list)
    small: Flag = False
    starts_on: PlanDay | None = Field(default=None, description="Without it the next working day.")
    template: TemplateKey = BUILT_IN
    consulting_pm_id: UUID | None = None
    director_id: UUID | None = None
