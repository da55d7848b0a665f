"""Rows that belong to a client follow it when it is merged into another, and back when it is split.

Whoever owns rows moves them, when the registry's event says so, and tells their records anew: so
every projection of them follows by version, whatever it heard before. What a merge moved is
remembered, so that its split gives back exactly that; rows written since stay where they are.

    OWNED = (Owned("cases", CaseState, parts=(Part("case_steps", "case_id"), ...)),)
    Subscription(ClientState, following(OWNED, SNAPSHOTS))

A service that owns such rows creates the tables of `DDL` in a migration.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.clients import ClientState
from shared.events import Envelope, State
from shared.jobs import Every, Periodic
from shared.outbox_bulk import emit_moved
from shared.privileges import worker_table
from shared.snapshot import Snapshots
from shared.writing import execute, fetch, fetch_one

MERGED_ROWS: Final = (
    """CREATE TABLE merged_rows (
        merge_id uuid NOT NULL, kind text NOT NULL, row_id uuid NOT NULL,
        PRIMARY KEY (merge_id, kind, row_id)
    )""",
    "CREATE INDEX merged_rows_row ON merged_rows (row_id)",
)
"""What a merge moved: of those who move rows, the registry included."""
DDL: Final = (
    *MERGED_ROWS,
    "CREATE TABLE followed_merges ("
    "source_id uuid PRIMARY KEY, merge_id uuid NOT NULL, kept_id uuid NOT NULL)",
    *worker_table("merged_rows"),
    *worker_table("followed_merges"),
)
"""What a service needs to follow merges; `{service}` is filled in by its migration."""
_TURN: Final = "SELECT pg_advisory_xact_lock(hashtextextended('clients merged or split', 0))"
_FOLLOWED: Final = "SELECT merge_id, kept_id FROM followed_merges WHERE source_id = $1"
_FOLLOW: Final = "INSERT INTO followed_merges (source_id, merge_id, kept_id) VALUES ($1, $2, $3)"
_UNFOLLOW: Final = "DELETE FROM followed_merges WHERE source_id = $1"
_LOT: Final = 200
SWEEP_SECONDS: Final = 5

Told = dict[type[State], set[UUID]]
Handler = Callable[[AsyncSession, Envelope[ClientState]], Awaitable[None]]


@dataclass(frozen=True)
class Part:
    """Rows that go wherever the row goes that their column `of` names."""

    table: str
    of: str
    state: type[State] | None = None


@dataclass(frozen=True)
class Owned:
    """A table whose rows belong to a client by `client_id`.

    `state` is what a row is told by, `named` the column with the id of what it tells of. `hold`
    waits for whoever is just writing a part of the rows with the ids $1 without locking the row
    itself. `arrived` is called with a client that got rows.
    """

    table: str
    state: type[State] | None
    parts: tuple[Part, ...] = ()
    named: str = "id"
    versioned: bool = True
    hold: str | None = None
    arrived: Callable[[AsyncSession, UUID], Awaitable[None]] | None = None


async def move(
    session: AsyncSession,
    owned: Sequence[Owned],
    source_id: UUID,
    target_id: UUID,
    merge_id: UUID,
) -> Told:
    """Give all rows of a client to another, remembered as moved by the merge.

    Answers what is to be told anew.
    """
    told: Told = {}
    for kind in owned:
        rows = await fetch(session, _moving(kind), source_id, target_id, merge_id)
        await _bring_along(session, kind, rows, target_id, told)
    return told


async def give_back(
    session: AsyncSession, owned: Sequence[Owned], merge_id: UUID, source_id: UUID
) -> Told:
    """Give a client back exactly the rows that a merge took from it, wherever they are now.

    Answers what is to be told anew.
    """
    told: Told = {}
    for kind in owned:
        rows = await fetch(session, _returning(kind), merge_id, source_id)
        await _bring_along(session, kind, rows, source_id, told)
    return told


def following(owned: Sequence[Owned], published: Snapshots) -> Handler:
    """The handler that lets a service's rows follow the merges and splits of their clients.

    Only the newest state matters, so it needs no step before it. Its effect is once per merge.
    """

    async def follow_merge(session: AsyncSession, envelope: Envelope[ClientState]) -> None:
        state = envelope.state
        if await _followed(session, state.id) == (state.merge_id, state.merged_into_id):
            return
        await execute(session, _TURN)
        merge_id, _ = await _followed(session, state.id)
        if merge_id is not None:
            await execute(session, _UNFOLLOW, state.id)
            await tell(session, published, await give_back(session, owned, merge_id, state.id))
        if state.merge_id is not None:
            await execute(session, _FOLLOW, state.id, state.merge_id, state.merged_into_id)
            await _settle(session, owned, published, state.id)

    return follow_merge


def sweeping(owned: Sequence[Owned], published: Snapshots) -> Periodic:
    """The job that takes rows to the kept client that were written under the old one since.

    A late event or a request under way may still name it. A split gives these back too.
    """

    async def sweep_strays(session: AsyncSession) -> None:
        for kind in owned:
            for row in await fetch(session, _straying(kind)):
                await execute(session, _TURN)
                await _settle(session, [kind], published, row["client_id"])

    return Periodic("sweep_strays", Every(seconds=SWEEP_SECONDS), sweep_strays)


async def tell(session: AsyncSession, published: Snapshots, told: Told) -> None:
    """Publish the state of records again, each as a newer version. Worker role only."""
    erased = set((await session.execute(text("SELECT person_id FROM erasures"))).scalars())
    session.expunge_all()  # rows were changed behind the session's back
    for kind, ids in told.items():
        for lot in _lots(sorted(ids)):
            states: list[State] = []
            async for state in published[kind](session, lot):
                if states and states[-1].id == state.id:  # the next part of a long history
                    await emit_moved(session, states, erased)
                    states = []
                states.append(state)
            await emit_moved(session, states, erased)


async def _settle(
    session: AsyncSession, owned: Sequence[Owned], published: Snapshots, source_id: UUID
) -> None:
    """Move on from merge to merge; a client is kept before it is itself merged, so ids rise."""
    last = UUID(int=0)
    while True:
        merge_id, kept_id = await _followed(session, source_id)
        if merge_id is None or kept_id is None or merge_id <= last:
            return
        await tell(session, published, await move(session, owned, source_id, kept_id, merge_id))
        last, source_id = merge_id, kept_id


async def _followed(session: AsyncSession, client_id: UUID) -> tuple[UUID | None, UUID | None]:
    row = await fetch_one(session, _FOLLOWED, client_id)
    return (None, None) if row is None else (row["merge_id"], row["kept_id"])


async def _bring_along(
    session: AsyncSession, kind: Owned, rows: Sequence[tuple[UUID, UUID]], to: UUID, told: Told
) -> None:
    if not rows:
        return
    if kind.state is not None:
        told.setdefault(kind.state, set()).update(named for _, named in rows)
    ids = [row_id for row_id, _ in rows]
    if kind.hold is not None:
        await execute(session, kind.hold, ids)
    for part in kind.parts:
        followed = await fetch(session, _following(part), to, ids)
        if part.state is not None:
            told.setdefault(part.state, set()).update(row["id"] for row in followed)
    if kind.arrived is not None:
        await kind.arrived(session, to)


# Names of tables and columns come from a service's own declaration, never from a request.
def _moving(kind: Owned) -> str:
    return (
        f"WITH moved AS ({_given(kind, '$2')} WHERE client_id = $1 RETURNING id, {kind.named}"
        f" AS named), kept AS (INSERT INTO merged_rows SELECT $3, '{kind.table}', id FROM moved"
        " ON CONFLICT DO NOTHING) SELECT id, named FROM moved"
    )


def _returning(kind: Owned) -> str:
    return (
        f"WITH moved AS ({_given(kind, '$2')} WHERE id IN (SELECT row_id FROM merged_rows"
        f" WHERE merge_id = $1 AND kind = '{kind.table}') RETURNING id, {kind.named} AS named),"
        # Of a merge that stands on top nothing is known here any more; its own split follows.
        f" gone AS (DELETE FROM merged_rows WHERE kind = '{kind.table}' AND merge_id >= $1"
        " AND row_id IN (SELECT id FROM moved)) SELECT id, named FROM moved"
    )


def _given(kind: Owned, client: str) -> str:
    version = ", version = version + 1" if kind.versioned else ""
    return f"UPDATE {kind.table} SET client_id = {client}::uuid{version}"


def _following(part: Part) -> str:
    told = "id" if part.state is not None else "1"
    return f"UPDATE {part.table} SET client_id = $1 WHERE {part.of} = ANY ($2) RETURNING {told}"


def _straying(kind: Owned) -> str:
    return (
        f"SELECT DISTINCT client_id FROM {kind.table}"
        " WHERE client_id IN (SELECT source_id FROM followed_merges)"
    )


def _lots(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + _LOT] for start in range(0, len(ids), _LOT))
