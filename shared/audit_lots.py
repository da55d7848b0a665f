"""What was sealed is told: lots of audit rows as events, for whoever gathers every trail.

A lot is a run of consecutive sealed rows, told once and never cut anew: its id is its first row's,
so the rows of a lot can be found again, and told again once a person was erased from them. The
chain stays with its service: `seq` says where a row stands in it, and `rapport audit verify` walks
it there.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.audience import ADMIN
from shared.events import Event, State
from shared.outbox_bulk import emit_all

MOST_ROWS: Final = 200
"""Most rows in a lot. It may only grow: lots of earlier releases are found again by it."""
MOST_BYTES: Final = 250_000
"""Most bytes of values in a lot; a single row with more is told without its values."""
COLUMNS: Final = (
    "id, at, actor_id, actor_side, action, subject_kind, subject_id, request_id, about,"
    " actor_name, actor_salt, actor_digest, before::text AS before, after::text AS after, salt,"
    " values_digest, seq, link"
)
_HEADS: Final = text(
    "SELECT a.seq FROM aggregate_versions v JOIN audit a ON a.id = v.aggregate_id"
    " WHERE v.aggregate = 'audit' AND (CAST(:ids AS uuid[]) IS NULL OR a.id = ANY(:ids))"
    " ORDER BY a.seq"
)
_LOT: Final = text(
    f"SELECT {COLUMNS} FROM audit WHERE seq >= :first AND seq < coalesce("
    " (SELECT min(a.seq) FROM audit a JOIN aggregate_versions v"
    " ON v.aggregate = 'audit' AND v.aggregate_id = a.id"
    f" WHERE a.seq > :first AND a.seq <= :first + {MOST_ROWS}), :first + {MOST_ROWS}) ORDER BY seq"
)


class AuditRow(BaseModel):
    """One sealed entry: who did what to which record, before and after."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: UUID
    seq: int
    """Its place in the chain of its service."""
    at: datetime
    actor_id: UUID
    actor_name: str | None = None
    """None once the person was erased."""
    actor_side: str
    action: str
    subject_kind: str
    subject_id: UUID
    request_id: str = ""
    about: tuple[UUID, ...] = ()
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None

    def people(self) -> set[UUID]:
        """Whose erasure blanks the values: those they are about, and a client-side author."""
        wrote = {self.actor_id} if self.actor_side == "client" else set()
        return {self.subject_id, *self.about, *wrote}


class AuditLot(State):
    """Consecutive rows of a service's sealed audit trail."""

    aggregate = "audit"

    rows: Annotated[tuple[AuditRow, ...], ADMIN]

    def subject_ids(self) -> tuple[UUID, ...]:
        """Everybody of whom the lot still says something."""
        people: set[UUID] = set()
        for row in self.rows:
            people |= {row.actor_id} if row.actor_name is not None else set()
            people |= row.people() if row.before or row.after else set()
        return tuple(sorted(people))


async def tell(
    session: AsyncSession, sealed: type[Event[Any]], rows: Sequence[Any], first_seq: int
) -> None:
    """Emit rows sealed just now, in the transaction that seals them, numbered from `first_seq`."""
    numbered = [{**row, "seq": seq} for seq, row in enumerate(rows, first_seq)]
    state = sealed.state_type()
    await emit_all(session, [sealed(state=_lot(state, lot)) for lot in lots_of(numbered)])


def lots_of(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The rows in lots that fit a message."""
    lot: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        more = _size(row)
        if lot and (len(lot) == MOST_ROWS or size + more > MOST_BYTES):
            yield lot
            lot, size = [], 0
        lot.append(row)
        size += more
    if lot:
        yield lot


async def told_lots(
    session: AsyncSession, ids: Collection[UUID] | None = None, *, state: type[State]
) -> AsyncIterator[State]:
    """The lots told so far (or those of `ids`) as their rows are now, for a snapshot."""
    wanted = {"ids": None if ids is None else list(ids)}
    for first in (await session.execute(_HEADS, wanted)).scalars().all():
        rows = (await session.execute(_LOT, {"first": first})).mappings().all()
        yield _lot(state, [dict(row) for row in rows])


def _size(row: dict[str, Any]) -> int:
    """How much a row's values weigh in its lot, in bytes of UTF-8 at most."""
    size = 4 * (len(row["before"] or "") + len(row["after"] or ""))
    return 0 if size > MOST_BYTES else size


def _lot(state: type[State], rows: Sequence[dict[str, Any]]) -> State:
    return state.model_validate({"id": rows[0]["id"], "rows": [_told(row) for row in rows]})


def _told(row: dict[str, Any]) -> dict[str, Any]:
    fits = _size(row) > 0
    values = {name: orjson.loads(row[name]) if fits and row[name] else None for name in _VALUES}
    return {**{name: row[name] for name in AuditRow.model_fields}, **values}


_VALUES: Final = ("before", "after")
