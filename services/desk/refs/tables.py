"""What the desk knows of clients and people: projections, never the truth."""

from uuid import UUID

from sqlalchemy import Column, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel


class ClientRef(SQLModel, table=True):
    """A client organisation as last heard of by event."""

    __tablename__ = "client_refs"

    id: UUID = Field(primary_key=True)
    number: str
    name: str
    short_name: str | None = None
    archived: bool = False
    epoch: int
    version: int


class UserRef(SQLModel, table=True):
    """A person of either side as last heard of by event."""

    __tablename__ = "user_refs"

    id: UUID = Field(primary_key=True)
    name: str
    side: str
    roles: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    client_id: UUID | None = None
    active: bool
    language: str
    epoch: int
    version: int
