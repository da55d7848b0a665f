"""Rows of saved views and of whose default they are."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class View(SQLModel, table=True):
    """A name for the filters and the order of a list, its owner's or shared."""

    __tablename__ = "views"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    owner_id: UUID
    collection: str
    name: str
    address: str
    audience: str
    role: str | None = None
    created_at: datetime
    updated_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)


class ViewDefault(SQLModel, table=True):
    """The view a person begins with in a list."""

    __tablename__ = "view_defaults"

    user_id: UUID = Field(primary_key=True)
    collection: str = Field(primary_key=True)
    view_id: UUID
