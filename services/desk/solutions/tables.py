"""Rows of proposed solutions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class Solution(SQLModel, table=True):
    """An alternative offered to the requester; `cost_minor` in minor units of `cost_currency`."""

    __tablename__ = "solutions"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    case_id: UUID
    client_id: UUID
    requester_id: UUID
    round: int
    title: str
    description: str
    cost_minor: int | None = None
    cost_currency: str | None = None
    duration_days: int | None = None
    risk: str | None = None
    status: str
    offered_by: UUID
    offered_by_name: str
    offered_at: datetime
    decided_at: datetime | None = None
    decline_reason: str | None = None
    version: int = Field(default=1, sa_column=_VERSION)
