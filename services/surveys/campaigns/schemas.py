"""What crosses HTTP about campaigns."""

from typing import Annotated

from pydantic import Field, StrictBool

from services.surveys.campaigns.rules import ClientRole
from shared.inputs import Body, Whole


class CampaignPatch(Body):
    """What to change; rounds already open keep whom they ask and when they close."""

    roles: Annotated[list[ClientRole], Field(max_length=4)] | None = None
    anonymous: StrictBool | None = None
    active: StrictBool | None = None
    open_days: Annotated[Whole, Field(ge=1, le=90)] | None = None
    reminders: Annotated[Whole, Field(ge=0, le=3)] | None = None
    reminder_days: Annotated[Whole, Field(ge=1, le=30)] | None = None
    fatigue_days: Annotated[Whole, Field(ge=0, le=365)] | None = None
    low_at_most: Annotated[Whole, Field(ge=0, le=10)] | None = None
