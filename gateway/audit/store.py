"""The gathered trail, and whose eyes a record is kept from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_SAVE: Final = text(
    "INSERT INTO audit_trail (service, seq, id, at, actor_id, actor_name, actor_side, action,"
    " subject_kind, subject_id, request_id, before, after, people)"
    " SELECT service, seq, id, at, actor_id, actor_name, actor_side, action, subject_kind,"
    " subject_id, request_id, before, after, people FROM json_to_recordset(CAST(:rows AS json))"
    " AS r (service text, seq bigint, id uuid, at timestamptz, actor_id uuid, actor_name text,"
    " actor_side text, action text, subject_kind text, subject_id uuid, request_id text,"
    " before jsonb, after jsonb, people uuid[]) ON CONFLICT (service, seq) DO UPDATE SET"
    " actor_name = excluded.actor_name, before = excluded.before, after = excluded.after,"
    " people = excluded.people"
)
_ADMIT: Final = text(
    "DELETE FROM record_exclusions WHERE record_id = :record AND user_id <> ALL (:people)"
)
_EXCLUDE: Final = text(
    "INSERT INTO record_exclusions (record_id, user_id)"
    " SELECT :record, unnest(CAST(:people AS uuid[])) ON CONFLICT DO NOTHING"
)


async def save_rows(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Store rows of the trail; told again, a row says what it says now."""
    await session.execute(_SAVE, {"rows": orjson.dumps(rows, default=str).decode()})


async def exclude(session: AsyncSession, record_id: UUID, people: Sequence[UUID]) -> None:
    """Keep what is said of a record from these people, and from nobody else."""
    values = {"record": record_id, "people": list(people)}
    await session.execute(_ADMIT, values)
    await session.execute(_EXCLUDE, values)
