"""Rows of contact records and what was added to them later."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PgUUID
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


def _ids() -> Column[list[UUID]]:
    return Column(ARRAY(PgUUID(as_uuid=True)), nullable=False)


class Interaction(SQLModel, table=True):
    """One contact with a client."""

    __tablename__ = "interactions"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    client_id: UUID
    kind: str
    occurred_at: datetime
    contact_ids: list[UUID] = Field(default_factory=list, sa_column=_ids())
    participant_ids: list[UUID] = Field(default_factory=list, sa_column=_ids())
    summary: str
    intent: int | None = None
    next_step: str | None = None
    next_step_on: date | None = None
    author_id: UUID
    author_name: str
    historical: bool = False
    locked_at: datetime
    created_at: datetime
    updated_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)


class Amendment(SQLModel, table=True):
    """What was added to a locked record; never changed."""

    __tablename__ = "interaction_amendments"

    id: UUID = Field(primary_key=True)
    interaction_id: UUID
    at: datetime
    by_id: UUID
    by_name: str
    summary: str
    reason: str
