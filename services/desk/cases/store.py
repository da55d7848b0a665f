"""Every statement about cases; the actor's scope is part of each."""

from collections.abc import AsyncIterator, Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col

from services.desk.cases.rules import RUNS_WHILE_WAITING, CaseStatus
from services.desk.cases.tables import Case
from shared.audit import remember
from shared.database import context_of
from shared.errors import NotFound
from shared.history import require_begun
from shared.identity import Actor, Side
from shared.naming import named_at
from shared.reading import Scope
from shared.rows import Row, owner_of, row_of
from shared.writing import RowKind, append, fetch_one, rows_of, write_out

_LOT = 500
HANDLING = ("priority", "severity", "about_user_ids")
"""Columns the client-side role cannot read; `case_handling()` has them for the event's sake."""

_CLIENT_COLUMNS = [getattr(Case, name) for name in Case.model_fields if name not in HANDLING]
_HANDLING = text("SELECT priority, severity, about_user_ids FROM case_handling(:case_id)")
_FREE = text("SELECT free_of_who_left(:case_id)")
_CASES = rows_of(Case)
_NEXT_NUMBER = "SELECT next_case_number($1) AS number"
_SEARCH = RowKind(
    "INSERT INTO case_search (case_id, client_id, requester_id, words, client_words) "
    "SELECT case_id, client_id, requester_id, array_to_tsvector(words),"
    " array_to_tsvector(client_words) FROM json_to_recordset({rows}) AS r (case_id uuid,"
    " client_id uuid, requester_id uuid, words text[], client_words text[])"
)
_SET_WORDS = text(
    "UPDATE case_search SET words = array_to_tsvector(CAST(:words AS text[])) "
    "WHERE case_id = :case_id"
)
_SET_CLIENT_WORDS = text(
    "UPDATE case_search SET client_words = array_to_tsvector(CAST(:words AS text[])) "
    "WHERE client_id = :client_id"
    " AND client_words IS DISTINCT FROM array_to_tsvector(CAST(:words AS text[]))"
)
_CLIENT_NAMES = "SELECT name, short_name FROM client_refs WHERE id = $1"
_NOT_ABOUT = text("NOT (CAST(:me AS uuid) = ANY (cases.about_user_ids))")
_UNEXCLUDE = text(
    "DELETE FROM case_exclusions WHERE case_id = :case_id"
    " AND NOT user_id = ANY (CAST(:kept AS uuid[]))"
)
_EXCLUDE = text(
    "INSERT INTO case_exclusions (case_id, user_id) SELECT :case_id, unnest(CAST(:kept AS uuid[]))"
    " ON CONFLICT DO NOTHING"
)


def stands_still_sql(*, status: str, promise: str) -> str:
    """The rule `stands_still` over the columns that hold a case's status and a promise's kind."""
    running = ", ".join(f"'{kind}'" for kind in sorted(RUNS_WHILE_WAITING))
    return f"({status} = '{CaseStatus.WAITING_CLIENT}' AND {promise} NOT IN ({running}))"


def case_scope(actor: Actor) -> Scope:
    """The cases an actor may read, over the alias `c`: own ones, or all but those about them."""
    if actor.side is Side.CLIENT:
        if actor.client_id is None:
            return Scope.nothing()
        return Scope(
            "c.requester_id = :user AND c.client_id = :client",
            {"user": actor.user_id, "client": actor.client_id},
        )
    return Scope("NOT (:user = ANY (c.about_user_ids))", {"user": actor.user_id})


def _reach(actor: Actor) -> list[Any]:
    if actor.side is Side.CLIENT:
        return [col(Case.requester_id) == actor.user_id, col(Case.client_id) == actor.client_id]
    if actor.side is Side.SYSTEM:
        return []
    return [_NOT_ABOUT.bindparams(me=actor.user_id)]


async def lock_case(session: AsyncSession, case_id: UUID) -> Case:
    """The case for changing, locked until the transaction ends, so that acts come one by one.

    Raises `NotFound` (404) when it does not exist or is out of the actor's reach, `BeforeItBegan`
    (422) for history of before it was opened.
    """
    actor = context_of(session).actor
    query = select(Case).where(col(Case.id) == case_id, *_reach(actor)).with_for_update()
    if actor.side is Side.CLIENT:
        query = query.options(load_only(*_CLIENT_COLUMNS))
    case = await session.scalar(query.execution_options(populate_existing=True))
    if case is None:
        raise NotFound()
    require_begun(session, case.created_at)
    if actor.side is Side.CLIENT:
        handling = (await session.execute(_HANDLING, {"case_id": case_id})).one()
        for name in HANDLING:
            set_committed_value(case, name, getattr(handling, name))
    remember(session, case)
    return case


async def free_of_who_left(session: AsyncSession, case: Case) -> None:
    """Take a locked case that is over from an assignee whose account is closed."""
    if await session.scalar(_FREE, {"case_id": case.id}):
        set_committed_value(case, "assignee_id", None)


async def lock_named_case(session: AsyncSession, case_id: UUID) -> Case:
    """As `lock_case`; a refusal says that the body names the case, as `case_id`."""
    with named_at("/case_id"):
        return await lock_case(session, case_id)


async def lock_case_of_source(session: AsyncSession, source_id: UUID) -> Case:
    """The case that a low score opened, locked until the transaction ends."""
    query = select(col(Case.id)).where(col(Case.source_id) == source_id)
    return await lock_case(session, (await session.scalars(query)).one())


async def with_case(session: AsyncSession, kind: type[Row], row_id: UUID) -> tuple[Case, Row]:
    """A row of a case, read after the case was locked. Raises `NotFound` (404)."""
    case_id = await owner_of(session, kind, "case_id", row_id)
    case, row = await lock_case(session, case_id), await row_of(session, kind, row_id)
    remember(session, row)
    return case, row


async def every_case(
    session: AsyncSession, ids: Collection[UUID] | None = None
) -> AsyncIterator[Case]:
    """Every case (or those of `ids`) by id, read in lots so that memory stays flat."""
    last = UUID(int=0)
    wanted = [] if ids is None else [col(Case.id).in_(ids)]
    while True:
        query = select(Case).where(col(Case.id) > last, *wanted)
        query = query.order_by(col(Case.id)).limit(_LOT)
        lot = list(await session.scalars(query))
        for case in lot:
            yield case
            session.expunge(case)
        if len(lot) < _LOT:
            return
        last = lot[-1].id


async def next_number(session: AsyncSession, year: int) -> int:
    """The year's next number; a rolled-back transaction gives it back, so there are no gaps."""
    row = await fetch_one(session, _NEXT_NUMBER, year)
    assert row is not None
    return int(row["number"])


def add_case(session: AsyncSession, case: Case) -> None:
    """Write a new case with the other rows of its transaction."""
    append(session, _CASES, case)


def index_case(
    session: AsyncSession, case: Case, *, words: list[str], client_words: list[str]
) -> None:
    """Make the case findable by its own and its client's lexemes."""
    values: dict[str, Any] = {
        "case_id": case.id,
        "client_id": case.client_id,
        "requester_id": case.requester_id,
        "words": words,
        "client_words": client_words,
    }
    append(session, _SEARCH, values)


async def reindex_case(session: AsyncSession, case_id: UUID, words: list[str]) -> None:
    """Replace the words a case is found by."""
    await session.execute(_SET_WORDS, {"case_id": case_id, "words": words})


async def reindex_client(session: AsyncSession, client_id: UUID, words: list[str]) -> None:
    """Replace a renamed client's words in all its cases."""
    await session.execute(_SET_CLIENT_WORDS, {"client_id": client_id, "words": words})


async def client_names(session: AsyncSession, client_id: UUID) -> tuple[str, str | None] | None:
    """The name and short name of a client; None before its first event."""
    row = await fetch_one(session, _CLIENT_NAMES, client_id)
    return None if row is None else (row["name"], row["short_name"])


async def set_exclusions(session: AsyncSession, case: Case) -> None:
    """Make the exclusions of row security follow `about_user_ids`."""
    await write_out(session)
    values = {"case_id": case.id, "kept": list(case.about_user_ids)}
    await session.execute(_UNEXCLUDE, values)
    await session.execute(_EXCLUDE, values)
