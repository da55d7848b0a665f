"""Rows of stakeholder profiles; no client-side role may read any of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel

_PROFILE_VERSION = Column("version", Integer, nullable=False)
_ACTION_VERSION = Column("version", Integer, nullable=False)


class Stakeholder(SQLModel, table=True):
    """What the firm makes of a person of the client: of a user, a contact, or both in one."""

    __tablename__ = "stakeholders"
    __mapper_args__ = {"version_id_col": _PROFILE_VERSION}

    id: UUID = Field(primary_key=True)
    engagement_id: UUID
    client_id: UUID
    user_id: UUID | None = None
    contact_id: UUID | None = None
    name: str
    title: str | None = None
    influence: int
    interest: int
    stance_now: str
    stance_wanted: str
    traits: str | None = None
    motives: str | None = None
    concerns: str | None = None
    approach: str | None = None
    created_at: datetime
    updated_at: datetime
    version: int = Field(default=1, sa_column=_PROFILE_VERSION)


class StakeholderAction(SQLModel, table=True):
    """What somebody of the firm will do about a stakeholder, by when."""

    __tablename__ = "stakeholder_actions"
    __mapper_args__ = {"version_id_col": _ACTION_VERSION}

    id: UUID = Field(primary_key=True)
    stakeholder_id: UUID
    engagement_id: UUID
    client_id: UUID
    text: str
    owner_id: UUID | None = None
    owner_name: str | None = None
    due_on: date
    done_on: date | None = None
    created_at: datetime
    version: int = Field(default=1, sa_column=_ACTION_VERSION)
