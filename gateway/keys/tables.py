"""Rows of API keys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel


class ApiKey(SQLModel, table=True):
    """A key that acts for a person, within its scopes. The secret is kept as a hash."""

    __tablename__ = "api_keys"

    id: UUID = Field(primary_key=True)
    user_id: UUID
    name: str
    secret_hash: bytes
    scopes: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    created_by: UUID
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
