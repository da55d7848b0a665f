"""What crosses HTTP about people."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, EmailStr
from pydantic import Field as Bounds

from shared.identity import FirmRole
from shared.inputs import Flag, Instant, Label

Email = Annotated[EmailStr, AfterValidator(str.lower), Bounds(max_length=254)]
Name = Annotated[Label, Bounds(min_length=1, max_length=120)]
Title = Annotated[Label, Bounds(max_length=120)]


def _primary(tag: object) -> object:
    """`zh-CN` and `zh` are one language here."""
    return tag.partition("-")[0].lower() if isinstance(tag, str) else tag


Language = Annotated[Literal["zh", "en"], BeforeValidator(_primary)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class UserIn(_Input):
    """A person to let in. `occurred_at` (administrators) enters history: no mail goes out."""

    email: Email
    name: Name
    side: Literal["firm", "client"]
    roles: list[FirmRole] = []
    client_id: UUID | None = None
    client_since: Instant | None = None
    client_until: Instant | None = None
    title: Title | None = None
    language: Language = "zh"
    occurred_at: Instant | None = None
    invite: Flag = Bounds(default=True, description="send the invitation at once")


class UserPatch(_Input):
    """Changes to a person; what is left out stays.

    `client_id` moves a client-side person to another client from now on; `client_until` ends
    the affiliation at that moment.
    """

    name: Name | None = None
    title: Title | None = None
    language: Language | None = None
    roles: list[FirmRole] | None = None
    client_id: UUID | None = None
    client_until: Instant | None = None


class ClientReference(BaseModel):
    """The client a person is with."""

    id: UUID
    name: str | None
