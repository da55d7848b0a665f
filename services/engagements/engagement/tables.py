"""Rows of engagements."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Integer, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class Engagement(SQLModel, table=True):
    """A consulting project with one client.

    `domains` are the business domains in work; a `small` one does without a peripheral tier. The
    plan is in force while both confirmations are set.
    """

    __tablename__ = "engagements"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    number: str
    client_id: UUID
    title: str
    objectives: str | None = None
    status: str
    status_reason: str | None = None
    template: str | None = None
    small: bool = False
    domains: list[str] = Field(
        default_factory=list, sa_column=Column(ARRAY(String), nullable=False)
    )
    opportunity_id: UUID | None = None
    starts_on: date
    latest_phase_id: UUID | None = None
    plan_confirmed_consulting_at: datetime | None = None
    plan_confirmed_client_at: datetime | None = None
    activated_at: datetime | None = None
    closed_at: datetime | None = None
    historical: bool = False
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)
