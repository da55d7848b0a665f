"""Rows of the plan: tasks, what holds what, key nodes."""

from datetime import date
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

_TASK_VERSION = Column("version", Integer, nullable=False)
_NODE_VERSION = Column("version", Integer, nullable=False)


class Task(SQLModel, table=True):
    """A task; `starts_on` and `ends_on` follow what really happened, working days throughout."""

    __tablename__ = "tasks"
    __mapper_args__ = {"version_id_col": _TASK_VERSION}

    id: UUID = Field(primary_key=True)
    engagement_id: UUID
    client_id: UUID
    phase_id: UUID
    key: str
    title: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    role: str
    position: int
    days: int
    status: str
    assignee_id: UUID | None = None
    assignee_name: str | None = None
    starts_on: date
    ends_on: date
    float_days: int = 0
    started_on: date | None = None
    finished_on: date | None = None
    version: int = Field(default=1, sa_column=_TASK_VERSION)


class TaskLink(SQLModel, table=True):
    """The later task is held by the earlier one."""

    __tablename__ = "task_links"

    before_id: UUID = Field(primary_key=True)
    after_id: UUID = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    lag_days: int
    engagement_id: UUID
    client_id: UUID


class KeyNode(SQLModel, table=True):
    """A workshop, report, decision or acceptance, planned for the end of a task."""

    __tablename__ = "key_nodes"
    __mapper_args__ = {"version_id_col": _NODE_VERSION}

    id: UUID = Field(primary_key=True)
    engagement_id: UUID
    client_id: UUID
    phase_id: UUID
    key: str
    kind: str
    title: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    after_task_id: UUID
    planned_on: date
    held_on: date | None = None
    status: str
    version: int = Field(default=1, sa_column=_NODE_VERSION)
