"""Rows of a case, whom it is about, and when it waited for the client."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import UUID as PgUUID
from sqlmodel import Field, SQLModel

from services.desk.cases.rules import FIRST_ROUND

_VERSION = Column("version", Integer, nullable=False)


class Case(SQLModel, table=True):
    """A request, complaint, praise, suggestion or inquiry of one client-side person.

    `round` counts from 1 and rises with each reopening: solutions and follow-ups belong to a
    round. `interrupted` is the status taken up again when the client has answered. `source_id`
    is the survey answer, or anonymous round, whose low score opened the case, and `asked_...` what
    that survey was about. Rapport's own words stand in both languages in `..._texts`.
    """

    __tablename__ = "cases"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    number: str
    kind: str
    subject: str
    subject_texts: dict[str, str] | None = Field(
        default=None, sa_column=Column(JSONB(none_as_null=True))
    )
    description: str
    description_texts: dict[str, str] | None = Field(
        default=None, sa_column=Column(JSONB(none_as_null=True))
    )
    remedy_sought: str | None = None
    priority: str
    severity: str | None = None
    status: str
    interrupted: str | None = None
    round: int = FIRST_ROUND
    client_id: UUID
    requester_id: UUID
    assignee_id: UUID | None = None
    about_user_ids: list[UUID] = Field(
        default_factory=list, sa_column=Column(ARRAY(PgUUID(as_uuid=True)), nullable=False)
    )
    channel: str
    language: str
    acknowledged_at: datetime | None = None
    restated_need: str | None = None
    need_comment: str | None = None
    need_confirmed_at: datetime | None = None
    next_promise_id: UUID | None = None
    next_promise_kind: str | None = None
    next_due_at: datetime | None = None
    overdue_since: datetime | None = None
    waiting_since: datetime | None = None
    resolution: str | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    historical: bool = False
    source_id: UUID | None = None
    asked_case_id: UUID | None = None
    asked_engagement_id: UUID | None = None
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)


class Pause(SQLModel, table=True):
    """The append-only ledger of waiting for the client: `act` is paused or resumed."""

    __tablename__ = "case_pauses"

    id: UUID = Field(primary_key=True)
    case_id: UUID
    client_id: UUID
    requester_id: UUID
    act: str
    at: datetime
    by_id: UUID | None = None
    reason: str | None = None
