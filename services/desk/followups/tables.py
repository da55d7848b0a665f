"""Rows of follow-ups after a resolution."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class FollowUp(SQLModel, table=True):
    """Asking the client afterwards; `notes` and `waive_reason` stay with the firm."""

    __tablename__ = "follow_ups"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    case_id: UUID
    client_id: UUID
    requester_id: UUID
    round: int
    due_on: date
    status: str
    satisfied: bool | None = None
    score: int | None = None
    notes: str | None = None
    waive_reason: str | None = None
    reopened: bool = False
    recorded_by: UUID | None = None
    recorded_by_name: str | None = None
    recorded_at: datetime | None = None
    created_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)
