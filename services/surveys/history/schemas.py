"""What crosses HTTP when history is imported."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.surveys.answers.schemas import Answers
from services.surveys.campaigns.rules import ClientRole
from services.surveys.forms.rules import Words
from shared.inputs import Body, Line, Whole


class ResponseIn(Body):
    """A personal answer given in the past; when, says the header `Rapport-Occurred-At`."""

    campaign: Line = Field(description="The campaign's key, such as case_closed.")
    client_id: UUID
    subject: Line = Field(description="The number of the case or engagement asked about.")
    case_id: UUID | None = None
    engagement_id: UUID | None = None
    phase_id: UUID | None = None
    phase_title: Words | None = None
    person_id: UUID
    role: ClientRole | None = None
    invited: Annotated[Whole, Field(ge=1, le=1_000)] | None = Field(
        default=None, description="How many people that round asked."
    )
    answers: Answers
