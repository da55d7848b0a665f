"""Rows of people and their affiliations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class User(SQLModel, table=True):
    """A person of either side. Sessions begun before `sessions_since` are over;
    `came_at` is when the person first could sign in.

    `email` is empty only for the erased, who can neither sign in nor be invited.
    """

    __tablename__ = "users"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    email: str | None
    name: str
    side: str
    roles: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False))
    title: str | None = None
    language: str
    status: str
    sessions_since: datetime
    came_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)


class Affiliation(SQLModel, table=True):
    """A client-side person's time with a client; live while `until` is unset or ahead."""

    __tablename__ = "affiliations"

    id: UUID = Field(primary_key=True)
    user_id: UUID
    client_id: UUID
    since: datetime
    until: datetime | None = None
