"""What crosses HTTP about campaigns."""

from typing import Annotated

from pydantic import Field, StrictBool

from services.surveys.campaigns.rules import ClientRole
from shared.inputs import Body


class CampaignPatch(Body):
    """What to change; rounds already open keep whom they ask and when they close."""

    roles: Annotated[list[ClientRole], Field(max_length=4)] | None = None
    anonymous: StrictBool | None = None
    active: StrictBool | None = None
    open_days: Annotated[int, Field(ge=1, le=90, strict=True)] | None = None
    reminders: Annotated[int, Field(ge=0, le=3, strict=True)] | None = None
    reminder_days: Annotated[int, Field(ge=1, le=30, strict=True)] | None = None
    fatigue_days: Annotated[int, Field(ge=0, le=365, strict=True)] | None = None
    low_at_most: Annotated[int, Field(ge=0, le=10, strict=True)] | None = None
