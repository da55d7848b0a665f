"""Rows of campaigns."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Integer, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class Campaign(SQLModel, table=True):
    """Which form goes to whom when something happens, and how patiently."""

    __tablename__ = "campaigns"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    key: str
    trigger: str
    survey_key: str
    roles: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    anonymous: bool
    active: bool
    open_days: int
    reminders: int
    reminder_days: int
    fatigue_days: int
    low_at_most: int
    updated_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)
