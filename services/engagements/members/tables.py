"""Rows of the joint team."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Integer, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class Member(SQLModel, table=True):
    """A person's place in a joint team; `answers_to` is the core member of a peripheral one.

    Whoever is live sees the engagement. A planned place becomes live by itself on `starts_on`;
    `ends_on` is the last day, when it ends by itself. Of a place given up before it began the last
    day lies before the first.
    """

    __tablename__ = "members"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    engagement_id: UUID
    client_id: UUID
    user_id: UUID
    name: str
    side: str
    role: str
    domains: list[str] = Field(
        default_factory=list, sa_column=Column(ARRAY(String), nullable=False)
    )
    answers_to: UUID | None = None
    starts_on: date
    ends_on: date | None = None
    status: str
    created_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)
