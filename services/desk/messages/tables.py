"""Rows of the conversation: public messages and internal notes share nothing."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel


class Message(SQLModel, table=True):
    """What the client side and the firm say to each other."""

    __tablename__ = "case_messages"

    id: UUID = Field(primary_key=True)
    case_id: UUID
    client_id: UUID
    requester_id: UUID
    author_id: UUID | None
    author_name: str
    author_side: str
    body: str
    created_at: datetime


class Note(SQLModel, table=True):
    """What the firm keeps to itself; the client-side role has no grant on this table."""

    __tablename__ = "case_notes"

    id: UUID = Field(primary_key=True)
    case_id: UUID
    requester_id: UUID
    author_id: UUID
    author_name: str
    body: str
    created_at: datetime
