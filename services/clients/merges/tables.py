"""Rows of merges."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Merge(SQLModel, table=True):
    """A client that became part of another; never forgotten.

    `before` and `after` are the columns of the kept client that changed by it, as JSON.
    `source_archived_at` is since when the source was out of the working lists anyway.
    """

    __tablename__ = "client_merges"

    id: UUID = Field(primary_key=True)
    source_id: UUID
    kept_id: UUID
    before: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    after: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    source_archived_at: datetime | None = None
    merged_at: datetime
    split_at: datetime | None = None
