"""The ring of notifications: written by the subscriber, read by every process's hub."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import asyncpg
import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.live.rules import KEPT_HOURS, Notification
from shared.database import context_of
from shared.events import Envelope

CHANNEL: Final = "rapport_live"
_COLUMNS: Final = (
    "position, event_id, type, aggregate, aggregate_id, version, at, client_id, engagement_id,"
    " client_users, excluded, roles, firm_users"
)
_APPEND: Final = text(
    "INSERT INTO live_events (event_id, type, aggregate, aggregate_id, version, at, client_id,"
    " engagement_id, client_users, excluded, roles, firm_users, stored_at)"
    " SELECT event_id, type, aggregate, aggregate_id, version, at, client_id, engagement_id,"
    " client_users, excluded, roles, firm_users, :now"
    " FROM ROWS FROM (json_to_recordset(CAST(:rows AS json)) AS (event_id uuid, type text,"
    " aggregate text, aggregate_id uuid, version bigint, at timestamptz, client_id uuid,"
    " engagement_id uuid, client_users uuid[], excluded uuid[], roles text[], firm_users uuid[]))"
    " WITH ORDINALITY ORDER BY ordinality"
)


async def append(session: AsyncSession, envelopes: Sequence[Envelope[Any]]) -> None:
    """Put notifications into the ring and wake the hubs when they are committed."""
    # Writers take turns until they commit, so that positions become visible in their order and
    # no hub passes one that is still to come.
    await session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('live_events', 0))"))
    rows = orjson.dumps([_told(envelope) for envelope in envelopes]).decode()
    await session.execute(_APPEND, {"rows": rows, "now": context_of(session).now})
    await session.execute(text(f"NOTIFY {CHANNEL}"))


def _told(envelope: Envelope[Any]) -> dict[str, Any]:
    return {
        "event_id": envelope.id,
        "type": envelope.type,
        "aggregate": envelope.state.aggregate,
        "aggregate_id": envelope.aggregate_id,
        "version": envelope.version,
        "at": envelope.time,
        **dict(envelope.state.visibility),
    }


async def newest(pool: asyncpg.Pool) -> int:
    """The position of the newest notification, 0 when there is none."""
    return int(await pool.fetchval("SELECT coalesce(max(position), 0) FROM live_events"))


async def oldest(pool: asyncpg.Pool) -> int:
    """The position of the oldest notification still held, 0 when there is none."""
    return int(await pool.fetchval("SELECT coalesce(min(position), 0) FROM live_events"))


async def after(pool: asyncpg.Pool, position: int, limit: int) -> list[Notification]:
    """The notifications after a position, oldest first."""
    rows = await pool.fetch(
        f"SELECT {_COLUMNS} FROM live_events WHERE position > $1 ORDER BY position LIMIT $2",
        position,
        limit,
    )
    return [Notification.of(row) for row in rows]


async def purge_live_events(session: AsyncSession) -> None:
    """Let the ring forget; a job. The newest stays, so that a reader from before it is told."""
    oldest_kept = context_of(session).now - timedelta(hours=KEPT_HOURS)
    await session.execute(
        text(
            "DELETE FROM live_events WHERE stored_at < :oldest"
            " AND position < (SELECT max(position) FROM live_events)"
        ),
        {"oldest": oldest_kept},
    )
