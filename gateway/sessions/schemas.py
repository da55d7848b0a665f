"""What crosses HTTP when people sign in."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gateway.users.schemas import Language, Name

Secret = Annotated[str, Field(min_length=1, max_length=1_000)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Credentials(_Input):
    """What a person types to sign in."""

    email: Annotated[str, Field(min_length=1, max_length=254)]
    password: Secret


class TokenForm(_Input):
    """The form of `POST /auth/token` (RFC 6749)."""

    grant_type: Annotated[str, Field(max_length=50)]
    username: Annotated[str, Field(max_length=254)] | None = None
    password: Secret | None = None
    refresh_token: Secret | None = None
    client_id: Annotated[str, Field(max_length=100)] | None = None
    client_secret: Secret | None = None
    scope: Annotated[str, Field(max_length=500)] | None = None


class TokenAnswer(BaseModel):
    """A bearer token, and with it the next refresh token."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int
    refresh_token: str | None = None


class SessionAnswer(BaseModel):
    """A browser's session: the cookie is set; unsafe methods send `csrf_token` as X-CSRF-Token."""

    csrf_token: str


class PasswordChange(_Input):
    """A new password, and the current one to prove who asks."""

    current_password: Secret
    new_password: Secret


class MePatch(_Input):
    """What people change about themselves."""

    name: Name | None = None
    language: Language | None = None


class FirmDefaults(BaseModel):
    """The firm's defaults for dates and money."""

    name: str | None
    zone: str
    currency: str
    language: str


class Reference(BaseModel):
    """A record by id and name."""

    id: UUID
    name: str | None


class Place(BaseModel):
    """A live place in a joint team."""

    engagement_id: UUID
    client_id: UUID
    role: str
    domains: list[str]


class Me(BaseModel):
    """Who is signed in, and what they may do."""

    user: dict[str, Any]
    side: Literal["firm", "client"]
    roles: list[str]
    client: Reference | None
    memberships: list[Place]
    permissions: list[str]
    csrf_token: str | None = None
    demo: bool
    firm: FirmDefaults
