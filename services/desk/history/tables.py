"""The append-only history of a case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Step(SQLModel, table=True):
    """One thing that happened on a case; `text` holds its sentence in both languages."""

    __tablename__ = "case_steps"

    id: UUID = Field(primary_key=True)
    case_id: UUID
    client_id: UUID
    requester_id: UUID
    at: datetime
    kind: str
    firm_only: bool
    actor_id: UUID | None
    actor_name: str
    person_id: UUID | None = None
    params: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    text: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
