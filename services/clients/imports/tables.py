"""Rows of imports."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


class Import(SQLModel, table=True):
    """A batch of clients from one file; `done` of `total` is the progress of its `task`."""

    __tablename__ = "imports"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    file_name: str
    file_key: str
    file_kind: str
    file_bytes: int
    encoding: str | None = None
    status: str
    task: str
    columns: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column("columns", JSONB, nullable=False)
    )
    signature: str | None = None
    mode: str | None = None
    match_key: str | None = None
    similar_rows: str | None = None
    rows: int = 0
    ready: int = 0
    problems: int = 0
    warnings: int = 0
    duplicates: int = 0
    alike: int = 0
    known: int = 0
    forecast: dict[str, Any] | None = Field(default=None, sa_column=Column("forecast", JSONB))
    created: int = 0
    updated: int = 0
    skipped: int = 0
    undone: int = 0
    kept: int = 0
    done: int = 0
    total: int = 0
    problem: dict[str, Any] | None = Field(default=None, sa_column=Column("problem", JSONB))
    created_by: UUID
    created_by_name: str
    created_at: datetime
    updated_at: datetime
    analysed_at: datetime | None = None
    applied_at: datetime | None = None
    undone_at: datetime | None = None
    version: int = Field(default=1, sa_column=_VERSION)

    @property
    def headings(self) -> list[str]:
        """The sheet's headings, each once."""
        return [column["heading"] for column in self.columns]

    @property
    def fields(self) -> list[str | None]:
        """The field of each column."""
        return [column["field"] for column in self.columns]
