"""Rows of promised times."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class Promise(SQLModel, table=True):
    """A committed time; a renegotiation makes a new row that replaces this one."""

    __tablename__ = "promises"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    case_id: UUID
    client_id: UUID
    requester_id: UUID
    kind: str
    text: str | None = None
    due_at: datetime
    status: str
    made_by: UUID
    made_by_name: str
    made_at: datetime
    settled_at: datetime | None = None
    note: str | None = None
    reason: str | None = None
    replaces_id: UUID | None = None
    historical: bool = False
    version: int = Field(default=1, sa_column=_VERSION)
