"""Reading a whole table in lots, for snapshots."""

from collections.abc import AsyncIterator, Collection
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

_LOT: Final = 200
R = TypeVar("R", bound=SQLModel)


async def in_lots(
    session: AsyncSession, table: type[R], ids: Collection[UUID] | None = None
) -> AsyncIterator[R]:
    """Every row (or those of `ids`) by id, read in lots so that memory stays flat."""
    key: Any = col(table.id)  # type: ignore[attr-defined]
    last = UUID(int=0)
    wanted = [] if ids is None else [key.in_(ids)]
    while True:
        query = select(table).where(key > last, *wanted).order_by(key).limit(_LOT)
        lot = list(await session.scalars(query))
        for row in lot:
            yield row
            session.expunge(row)
        if len(lot) < _LOT:
            return
        last = lot[-1].id  # type: ignore[attr-defined]
