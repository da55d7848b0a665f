"""Rows of bypasses: somebody was contacted past the person who stands between."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel


class Bypass(SQLModel, table=True):
    """A bypass with its reason; firm eyes only, never changed."""

    __tablename__ = "bypasses"

    id: UUID = Field(primary_key=True)
    engagement_id: UUID
    client_id: UUID
    user_id: UUID | None = None
    contact_id: UUID | None = None
    person_name: str
    occasion: str
    rule: str
    reason: str
    by_id: UUID
    by_name: str
    at: datetime
