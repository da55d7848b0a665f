"""Rows of opportunities and of their way through the pipeline."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Integer
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class Opportunity(SQLModel, table=True):
    """What a client may buy. Money is in minor units."""

    __tablename__ = "opportunities"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    number: str
    client_id: UUID
    title: str
    stage: str
    stage_since: datetime
    amount_minor: int | None = Field(default=None, sa_type=BigInteger)
    amount_currency: str | None = None
    probability: int
    close_on: date | None = None
    competitor: str | None = None
    loss_reason: str | None = None
    template: str | None = None
    notes: str | None = None
    owner_id: UUID | None = None
    owner_name: str | None = None
    opened_at: datetime
    closed_at: datetime | None = None
    historical: bool = False
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)


class OpportunityMove(SQLModel, table=True):
    """A stage entered; never changed."""

    __tablename__ = "opportunity_moves"

    id: UUID = Field(primary_key=True)
    opportunity_id: UUID
    stage: str
    at: datetime
    by_id: UUID
    by_name: str
    reason: str | None = None
