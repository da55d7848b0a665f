"""Reading many rows by a statement in lots, so that memory stays flat."""

from collections.abc import AsyncIterator, Collection
from typing import Any, Final
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

LOT: Final = 200


def by_lots(select: str, key: str) -> TextClause:
    """A statement for `in_lots`: `select` without conditions, by the id in `key`."""
    return text(
        f"{select} WHERE {key} > :after"
        f" AND (CAST(:ids AS uuid[]) IS NULL OR {key} = ANY(CAST(:ids AS uuid[])))"
        f" ORDER BY {key} LIMIT :lot"
    )


async def in_lots(
    session: AsyncSession, statement: TextClause, ids: Collection[UUID] | None
) -> AsyncIterator[Any]:
    """Every row, or those of `ids`, oldest first."""
    wanted = None if ids is None else list(ids)
    after = UUID(int=0)
    while True:
        lot = (await session.execute(statement, {"after": after, "ids": wanted, "lot": LOT})).all()
        for row in lot:
            yield row
        if len(lot) < LOT:
            return
        after = lot[-1].id
