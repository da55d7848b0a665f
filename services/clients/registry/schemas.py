"""What crosses HTTP about clients."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from services.clients.inputs import Score, Tags
from services.clients.registry.rules import (
    Stage,
    clean_credit_code,
    credit_code_is_valid,
    is_domain,
    is_web_address,
)
from shared.inputs import Body, Day, Line, MoneyIn, Text, Whole


def _credit_code(code: str) -> str:
    cleaned = clean_credit_code(code)
    if not credit_code_is_valid(cleaned):
        raise ValueError("not a unified social credit code: 18 characters with a check character")
    return cleaned


def _website(text: str) -> str:
    if not is_web_address(text):
        raise PydanticCustomError("not_an_address", "A web address such as www.example.com")
    return text


def _domain(text: str) -> str:
    if not is_domain(text):
        raise PydanticCustomError("not_a_domain", "A domain such as example.com")
    return text


Website = Annotated[Line, AfterValidator(_website)]
EmailDomain = Annotated[Line, AfterValidator(_domain)]
CreditCode = Annotated[str, Field(max_length=40), AfterValidator(_credit_code)]


class ClientFields(Body):
    """What may be said of a client; every field optional."""

    short_name: Line | None = None
    aliases: Tags = Field(default_factory=list)
    credit_code: CreditCode | None = None
    province: Line | None = None
    city: Line | None = None
    industry: Line | None = None
    main_products: Tags = Field(default_factory=list)
    employees: Whole | None = Field(default=None, ge=0, le=10_000_000)
    revenue: MoneyIn | None = None
    website: Website | None = None
    phone: Line | None = None
    email_domain: EmailDomain | None = None
    source: Line | None = None
    owner_id: UUID | None = None
    tags: Tags = Field(default_factory=list)
    strength: Score | None = None
    likelihood: Score | None = None
    contract_total: MoneyIn | None = None
    first_contact_on: Day | None = None
    notes: Text | None = None


class ClientIn(ClientFields):
    """A new client."""

    legal_name: Line
    stage: Stage = Stage.PROSPECT
    confirm_distinct_from: list[UUID] = Field(
        default_factory=list,
        max_length=50,
        description="Candidates of an earlier 409 that a person looked at and found different.",
    )


class ClientPatch(ClientFields):
    """What to change; absent fields stay."""

    legal_name: Line | None = None


class StageIn(Body):
    """Where the client goes in its lifecycle."""

    stage: Stage
    reason: Line | None = None


class BulkChange(Body):
    """The same change for many clients."""

    owner_id: UUID | None = None
    add_tags: Tags = Field(default_factory=list)
    remove_tags: Tags = Field(default_factory=list)


class BulkIn(Body):
    """Which clients, by ids or by the filter of the list, and what to change."""

    ids: list[UUID] | None = Field(default=None, min_length=1, max_length=10_000)
    filter: str | None = Field(
        default=None, max_length=2_000, description="The list's query string: all that match."
    )
    change: BulkChange


class Candidate(BaseModel):
    """An organisation that may be the same one."""

    id: UUID
    number: str
    legal_name: str
    reasons: list[str]
