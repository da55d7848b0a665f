"""Rows of phases."""

from datetime import date
from uuid import UUID

from sqlalchemy import Column, Integer, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class Phase(SQLModel, table=True):
    """A phase of the plan; `needs` are the roles without which it cannot start.

    `starts_on` and `ends_on` are what is planned until it really started or ended.
    """

    __tablename__ = "phases"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    engagement_id: UUID
    client_id: UUID
    key: str
    kind: str
    title: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    position: int
    needs: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    status: str
    starts_on: date
    ends_on: date
    started_on: date | None = None
    ended_on: date | None = None
    version: int = Field(default=1, sa_column=_VERSION)
