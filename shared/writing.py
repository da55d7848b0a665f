"""Inside a write transaction: statements straight to the driver, and rows written all at once.

    row = await fetch_one(session, "SELECT name FROM clients WHERE id = $1", client_id)
    append(session, STEPS, {"id": new_id(), "case_id": case.id, ...})

`append` collects: rows that are only added (history, audit, events) go out together in one
statement, before an answer is read and before the commit; `write_out` does it at once. Until then
no statement sees them. What is appended inside a `savepoint` shares its fate.

Statements given to `fetch`, `fetch_one` and `execute` skip the ORM: they cost a third, and see
neither what is collected nor objects that the session has not flushed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import SQLModel

from shared.identity import Actor

_ROWS: Final = "{rows}"


@dataclass(frozen=True)
class RowKind:
    """Rows written alike: `statement` reads them from the JSON array at `{rows}`.

    A statement that calls functions instead of inserting is a SELECT and says `calls=True`.
    """

    statement: str
    calls: bool = False


Row = Mapping[str, Any] | SQLModel


@dataclass
class WriteContext:
    """What a write needs to know beyond its arguments; travels in `session.info`.

    `now` is the moment the write is about, `entered_at` when it is made: they differ while history
    is imported.
    """

    actor: Actor
    now: datetime
    entered_at: datetime
    wire: asyncpg.Connection
    request_id: str = ""
    traceparent: str | None = None
    historical: bool = False
    emitted: bool = False
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    untold: dict[UUID, list[dict[str, Any]]] = field(default_factory=dict)
    """Steps added to histories, by record, that no event of this write has told yet."""
    pending: list[tuple[RowKind, Row]] = field(default_factory=list)


def context_of(session: AsyncSession) -> WriteContext:
    """The write context of a session opened by `Database.transaction`."""
    context = session.info["context"]
    assert isinstance(context, WriteContext)
    return context


def rows_of(table: type[SQLModel]) -> RowKind:
    """New rows of a table, all its columns given."""
    names = ", ".join(f'"{name}"' for name in table.model_fields)
    return RowKind(
        f"INSERT INTO {table.__tablename__} ({names})"
        f" SELECT {names} FROM json_populate_recordset(NULL::{table.__tablename__}, {_ROWS})"
    )


def append(session: AsyncSession, kind: RowKind, row: Row) -> None:
    """Write the row with the others of this transaction; an object is read when that happens."""
    context_of(session).pending.append((kind, row))


async def write_out(session: AsyncSession) -> None:
    """Write what the session holds and everything appended, the latter in one statement."""
    if session.new or session.dirty or session.deleted:
        await session.flush()
    context = context_of(session)
    if not context.pending:
        return
    rows: dict[RowKind, list[Row]] = {}
    for kind, row in context.pending:
        rows.setdefault(kind, []).append(row)
    context.pending.clear()
    arrays = [orjson.dumps(each, default=_plain).decode() for each in rows.values()]
    await context.wire.execute(_whole(tuple(rows)), *arrays)
    for written in rows.values():
        _adopt(session, written)


@asynccontextmanager
async def savepoint(session: AsyncSession) -> AsyncIterator[None]:
    """A part of the transaction that may fail alone: then nothing of it is written."""
    await write_out(session)
    context = context_of(session)
    untold = {record_id: [*steps] for record_id, steps in context.untold.items()}
    try:
        async with session.begin_nested():
            yield
            await write_out(session)
    except BaseException:
        context.pending.clear()
        context.untold = untold
        raise


def refuse_untold(session: AsyncSession) -> None:
    """Raise RuntimeError where a step was added to a history and no event tells it."""
    if untold := context_of(session).untold:
        kinds = sorted(step["kind"] for steps in untold.values() for step in steps)
        raise RuntimeError(f"no event tells these steps: {', '.join(kinds)}")


async def fetch(session: AsyncSession, statement: str, *values: Any) -> list[asyncpg.Record]:
    """The rows of a statement with values at $1, $2, ..."""
    return list(await context_of(session).wire.fetch(statement, *values))


async def fetch_one(session: AsyncSession, statement: str, *values: Any) -> asyncpg.Record | None:
    """The first row of a statement, or None."""
    return await context_of(session).wire.fetchrow(statement, *values)


async def execute(session: AsyncSession, statement: str, *values: Any) -> None:
    """Run a statement whose rows nobody reads."""
    await context_of(session).wire.execute(statement, *values)


@lru_cache(maxsize=1000)
def _whole(kinds: Sequence[RowKind]) -> str:
    """One statement for all kinds; constraints between them are checked at its end."""
    parts = [
        f"part{at} AS ({kind.statement.replace(_ROWS, f'${at}::json')})"
        for at, kind in enumerate(kinds, 1)
    ]
    # A WITH query that is no INSERT runs only as far as somebody reads it.
    read = [f"(SELECT count(*) FROM part{at})" for at, kind in enumerate(kinds, 1) if kind.calls]
    return f"WITH {', '.join(parts)} SELECT {', '.join(read) or '1'}"


def _adopt(session: AsyncSession, rows: Sequence[Row]) -> None:
    """From now on the session looks after written objects, as if it had loaded them."""
    for row in rows:
        if isinstance(row, SQLModel):
            make_transient_to_detached(row)
            session.add(row)


def _plain(value: Any) -> Any:
    if isinstance(value, SQLModel):
        return {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, UUID):  # the driver's own kind
        return str(value)
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    raise TypeError(f"{type(value).__name__} is no value of a row")
