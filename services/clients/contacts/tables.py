"""Rows of contact persons."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class Contact(SQLModel, table=True):
    """A person of a client organisation."""

    __tablename__ = "contacts"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    client_id: UUID
    name: str
    title: str | None = None
    department: str | None = None
    mobile: str | None = None
    phone: str | None = None
    email: str | None = None
    wechat: str | None = None
    decision_role: str | None = None
    preferred_channel: str | None = None
    do_not_contact: bool = False
    do_not_contact_reason: str | None = None
    notes: str | None = None
    archived_at: datetime | None = None
    import_id: UUID | None = None
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)
