"""What crosses HTTP about API keys."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gateway.keys.rules import ScopeName
from shared.inputs import Instant, Label


class KeyIn(BaseModel):
    """A key to make. It acts for `user_id` (else for its maker), within `scopes`."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: Annotated[Label, Field(min_length=1, max_length=120)]
    scopes: Annotated[list[ScopeName], Field(min_length=1, max_length=50)]
    user_id: UUID | None = None
    expires_at: Instant | None = None


class KeyMade(BaseModel):
    """A new key; `client_secret` is shown this once."""

    id: UUID
    client_id: str
    client_secret: str | None
    name: str
    scopes: list[str]
    expires_at: datetime | None
