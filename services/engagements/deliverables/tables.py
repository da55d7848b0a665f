"""Rows of deliverables, their versions, comments and verdicts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class Deliverable(SQLModel, table=True):
    """A deliverable on its way through the chain; `version_number` is 0 before the first.

    `chain` holds the working days of each step; `step_due_on` when the step it is in is due, for
    a draft the last day of its task.
    """

    __tablename__ = "deliverables"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    engagement_id: UUID
    client_id: UUID
    phase_id: UUID
    task_id: UUID
    key: str
    title: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    domain: str | None = None
    chain: dict[str, int] = Field(sa_column=Column(JSONB, nullable=False))
    status: str
    version_number: int = 0
    step_due_on: date | None = None
    created_at: datetime
    updated_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)


class DeliverableVersion(SQLModel, table=True):
    """What was put forward: a text, a reference to a document, or both."""

    __tablename__ = "deliverable_versions"

    id: UUID = Field(primary_key=True)
    deliverable_id: UUID
    engagement_id: UUID
    client_id: UUID
    number: int
    text: str | None = None
    reference: str | None = None
    author_id: UUID
    author_name: str
    submitted_at: datetime


class Comment(SQLModel, table=True):
    """What somebody says about a version."""

    __tablename__ = "deliverable_comments"

    id: UUID = Field(primary_key=True)
    deliverable_id: UUID
    engagement_id: UUID
    client_id: UUID
    number: int
    author_id: UUID
    author_name: str
    body: str
    created_at: datetime


class Verdict(SQLModel, table=True):
    """The first check's or the decision's word on a version."""

    __tablename__ = "deliverable_verdicts"

    id: UUID = Field(primary_key=True)
    deliverable_id: UUID
    engagement_id: UUID
    client_id: UUID
    number: int
    step: str
    verdict: str
    reason: str | None = None
    by_id: UUID
    by_name: str
    at: datetime
