"""What crosses HTTP about invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.sessions.schemas import Secret
from gateway.users.schemas import Name

Token = Annotated[str, Field(min_length=20, max_length=100)]


class Acceptance(BaseModel):
    """An accepted invitation: the person's name as they write it, and a password."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)

    token: Token
    name: Name | None = None
    password: Secret


class InvitationOut(BaseModel):
    """What the invited person sees before accepting."""

    email: str
    name: str
    side: Literal["firm", "client"]
    language: str
    expires_at: datetime
