"""Rows by their key, and whose they are; row security holds the reach."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from shared.errors import NotFound
from shared.writing import fetch_one

Row = TypeVar("Row", bound=SQLModel)


async def row_of(session: AsyncSession, kind: type[Row], row_id: UUID) -> Row:
    """The row as it is now, whatever the session read before. Raises `NotFound` (404)."""
    row = await session.get(kind, row_id, populate_existing=True)
    if row is None:
        raise NotFound()
    return row


async def owner_of(session: AsyncSession, kind: type[SQLModel], owner: str, row_id: UUID) -> UUID:
    """What the column `owner` of a row names, so that it can be locked first.

    Raises `NotFound` (404).
    """
    found = await fetch_one(
        session, f"SELECT {owner} FROM {kind.__tablename__} WHERE id = $1", row_id
    )
    if found is None:
        raise NotFound()
    owner_id: UUID = found[0]
    return owner_id
