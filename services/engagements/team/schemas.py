"""What crosses HTTP about the joint team."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.engagements.engagement.schemas import Domains, PlanDay
from services.engagements.members.rules import MemberRole
from shared.inputs import Body


class MemberIn(Body):
    """A person's place in a team; without `starts_on` from today on, ahead of it planned."""

    engagement_id: UUID
    user_id: UUID
    role: MemberRole
    domains: Domains = Field(default_factory=list)
    answers_to: UUID | None = Field(default=None, description="The core member's place (its id).")
    starts_on: PlanDay | None = None
    ends_on: PlanDay | None = Field(default=None, description="The last day.")


class MemberPatch(Body):
    """What may change about a live place; another role is another place."""

    domains: Domains | None = None
    answers_to: UUID | None = None
    ends_on: PlanDay | None = None


class EndIn(Body):
    """The last day, today when not said."""

    ends_on: PlanDay | None = None


class Candidate(BaseModel):
    """A person of the client who may be given a place."""

    id: UUID
    name: str


class TeamPerson(BaseModel):
    """A live member on the team map."""

    id: UUID
    user_id: UUID
    name: str
    role: MemberRole
    domains: list[str]
    answers_to: UUID | None


class TeamDomain(BaseModel):
    """A business domain with the places (member ids) that work in it."""

    name: str
    core: list[UUID]
    peripheral: list[UUID]
    firm: list[UUID]


class GapOut(BaseModel):
    """Something the team lacks; a phase that needs it cannot start."""

    code: str
    domain: str | None
    member_id: UUID | None
    text: dict[str, str]


class TeamMap(BaseModel):
    """Both firms side by side, by role, and who works in which domain."""

    engagement_id: UUID
    firm: list[TeamPerson]
    client: list[TeamPerson]
    domains: list[TeamDomain]
    gaps: list[GapOut]
