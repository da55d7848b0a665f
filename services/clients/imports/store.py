"""Statements about imports, their rows and problems."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.clients.imports.tables import Import
from shared.database import context_of
from shared.errors import NotFound

_STAGE: Final = text(
    "INSERT INTO import_rows (import_id, number, status, cells, client, person, credit_code,"
    " comparison_name, spelled_name, client_number, web_domain, email_domain, phone_digits)"
    " SELECT :id, r.* FROM json_to_recordset(CAST(:rows AS json)) AS r (number integer,"
    " status text, cells text[], client jsonb, person jsonb, credit_code text,"
    " comparison_name text, spelled_name text, client_number text, web_domain text,"
    " email_domain text, phone_digits text)"
)
_PROBLEMS: Final = text(
    "INSERT INTO import_problems (import_id, stage, number, place, code, severity, value,"
    " sentence) SELECT :id, :stage, r.* FROM json_to_recordset(CAST(:problems AS json)) AS r"
    " (number integer, place integer, code text, severity text, value text, sentence jsonb)"
)
_COUNTS: Final = text(
    "SELECT count(*) AS rows,"
    " count(*) FILTER (WHERE status IN ('ok', 'known')) AS ready,"
    " count(*) FILTER (WHERE status IN ('error', 'duplicate', 'similar')) AS problems,"
    " count(*) FILTER (WHERE status = 'duplicate') AS duplicates,"
    " count(*) FILTER (WHERE status = 'similar') AS alike,"
    " count(*) FILTER (WHERE status = 'known') AS known,"
    " (SELECT count(*) FROM import_problems WHERE import_id = :id AND severity = 'warning')"
    " AS warnings FROM import_rows WHERE import_id = :id"
)
_SAVED: Final = text("SELECT mapping FROM import_mappings WHERE signature = :signature")
_SAVE: Final = text(
    "INSERT INTO import_mappings (signature, mapping, saved_by, saved_at)"
    " VALUES (:signature, CAST(:mapping AS jsonb), :actor, :now) ON CONFLICT (signature)"
    " DO UPDATE SET mapping = excluded.mapping, saved_by = excluded.saved_by,"
    " saved_at = excluded.saved_at"
)
_NEXT_ROWS: Final = text(
    "SELECT number, status, client, person, credit_code, comparison_name, spelled_name,"
    " client_number, web_domain, email_domain, phone_digits FROM import_rows"
    " WHERE import_id = :id AND number > :after ORDER BY number LIMIT :most"
)
_OUTCOMES: Final = text(
    "UPDATE import_rows r SET outcome = o.outcome, client_id = o.client_id,"
    " contact_id = o.contact_id"
    " FROM json_to_recordset(CAST(:outcomes AS json))"
    " AS o (number integer, outcome text, client_id uuid, contact_id uuid)"
    " WHERE r.import_id = :id AND r.number = o.number"
)


async def lock_import(session: AsyncSession, import_id: UUID) -> Import:
    """The import, locked for this transaction. Raises `NotFound` (404)."""
    query = select(Import).where(col(Import.id) == import_id).with_for_update()
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return found


async def clear(session: AsyncSession, import_id: UUID) -> None:
    """Forget the rows and problems of an earlier analysis."""
    for table in ("import_problems", "import_rows"):
        await session.execute(text(f"DELETE FROM {table} WHERE import_id = :id"), {"id": import_id})


async def stage(session: AsyncSession, import_id: UUID, rows: str) -> None:
    """Keep rows as they were read (JSON)."""
    await session.execute(_STAGE, {"id": import_id, "rows": rows})


async def add_problems(
    session: AsyncSession, import_id: UUID, problems: str, *, task: str = "analyse"
) -> None:
    """Keep problems (JSON)."""
    await session.execute(_PROBLEMS, {"id": import_id, "problems": problems, "stage": task})


async def counts(session: AsyncSession, import_id: UUID) -> dict[str, int]:
    """How many rows the dry run found of each kind."""
    row = (await session.execute(_COUNTS, {"id": import_id})).mappings().one()
    return dict(row)


async def saved_mapping(session: AsyncSession, signature: str) -> dict[str, str | None] | None:
    """The mapping a person saved for this set of headings."""
    mapping: dict[str, str | None] | None = await session.scalar(_SAVED, {"signature": signature})
    return mapping


async def save_mapping(
    session: AsyncSession, signature: str, mapping: Mapping[str, str | None]
) -> None:
    """Remember the mapping for files with the same headings."""
    context = context_of(session)
    await session.execute(
        _SAVE,
        {
            "signature": signature,
            "mapping": orjson.dumps(dict(mapping)).decode(),
            "actor": context.actor.user_id,
            "now": context.now,
        },
    )


async def next_rows(
    session: AsyncSession, import_id: UUID, after: int, most: int
) -> list[Mapping[str, Any]]:
    """The rows after a number, as they were read."""
    values = {"id": import_id, "after": after, "most": most}
    return [dict(row) for row in (await session.execute(_NEXT_ROWS, values)).mappings()]


async def note_outcomes(
    session: AsyncSession, import_id: UUID, outcomes: Sequence[Mapping[str, Any]]
) -> None:
    """Write what became of rows: created, updated or skipped, and which client and person."""
    encoded = orjson.dumps(list(outcomes), default=str).decode()
    await session.execute(_OUTCOMES, {"id": import_id, "outcomes": encoded})


async def changes_left(session: AsyncSession, import_id: UUID) -> int:
    """How many changes of the import are not taken back yet."""
    query = text("SELECT count(*) FROM import_changes WHERE import_id = :id AND undone_at IS NULL")
    return int(await session.scalar(query, {"id": import_id}) or 0)
