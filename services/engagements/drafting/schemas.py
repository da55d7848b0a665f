"""What crosses HTTP when an engagement is drafted."""

from uuid import UUID

from pydantic import Field

from services.engagements.engagement.schemas import Day, Domains
from services.engagements.templates.library import BUILT_IN
from shared.contracts.engagements import TemplateKey
from shared.inputs import Body, Line, Text


class EngagementIn(Body):
    """A new draft. Without a consulting PM, a drafting consulting PM becomes it."""

    client_id: UUID
    title: Line
    objectives: Text | None = None
    domains: Domains = Field(default_factory=list)
    small: bool = False
    starts_on: Day | None = Field(default=None, description="Without it the next working day.")
    template: TemplateKey = BUILT_IN
    consulting_pm_id: UUID | None = None
    director_id: UUID | None = None
