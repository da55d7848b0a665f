"""What crosses HTTP about channels."""

from uuid import UUID

from pydantic import BaseModel

from services.engagements.channel.rules import Occasion, Rule
from services.engagements.members.rules import MemberRole
from shared.inputs import Body, Line, Text


class Through(BaseModel):
    """The member who stands between."""

    member_id: UUID
    user_id: UUID
    name: str
    role: MemberRole


class Channel(BaseModel):
    """How to reach a person now: direct, or through whom, and by which rule."""

    direct: bool
    through: Through | None
    rule: Rule
    text: dict[str, str]


class BypassIn(Body):
    """Who was contacted past the channel, and why."""

    user_id: UUID | None = None
    contact_id: UUID | None = None
    name: Line
    occasion: Occasion = Occasion.ROUTINE
    reason: Text
