"""The append-only history of an engagement."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Step(SQLModel, table=True):
    """One thing that happened on an engagement; `text` holds its sentence in both languages."""

    __tablename__ = "engagement_steps"

    id: UUID = Field(primary_key=True)
    engagement_id: UUID
    client_id: UUID
    at: datetime
    kind: str
    firm_only: bool
    actor_id: UUID | None
    actor_name: str
    person_id: UUID | None = None
    params: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    text: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
