"""Rows of the history of grades."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel


class ClientGrade(SQLModel, table=True):
    """A grade given or taken away (None); never changed."""

    __tablename__ = "client_grades"

    id: UUID = Field(primary_key=True)
    client_id: UUID
    grade: str | None
    before: str | None
    reason: str
    at: datetime
    by_id: UUID
    by_name: str
