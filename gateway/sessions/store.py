"""Every statement about sessions, refresh tokens and credentials."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.memberships.store import LIVE_ROLES
from gateway.users.store import LIVE_CLIENT

_LIVE: Final = f"""
    SELECT s.id AS session_id, s.kind, s.secret_hash, s.expires_at, u.id, u.name, u.side, u.roles,
           u.language, {LIVE_CLIENT} AS client_id,
           {LIVE_ROLES} AS memberships, k.name AS key_name, k.scopes
    FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN api_keys k ON k.id = s.api_key_id
    WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > $2
      AND u.status = 'active' AND s.created_at >= u.sessions_since
      AND (s.api_key_id IS NULL
           OR (k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)))
"""
_PERSON: Final = f"""
    SELECT NULL AS session_id, u.id, u.name, u.side, u.roles, u.language,
           (SELECT a.client_id FROM affiliations a WHERE a.user_id = u.id
            ORDER BY a.since DESC LIMIT 1) AS client_id,
           {LIVE_ROLES} AS memberships, NULL AS key_name, NULL AS scopes
    FROM users u WHERE u.id = $1
"""
_SEEN: Final = """
    UPDATE users SET last_seen_at = $2
    WHERE id = $1 AND (last_seen_at IS NULL
        OR last_seen_at < $2::timestamptz - interval '5 minutes')
"""


async def live_session(
    pool: asyncpg.Pool, session_id: UUID, now: datetime
) -> asyncpg.Record | None:
    """A live session with its person, as they are now; None when it is over."""
    row = await pool.fetchrow(_LIVE, session_id, now, timeout=5)
    if row is not None:
        await pool.execute(_SEEN, row["id"], now, timeout=5)
    return row


async def person(pool: asyncpg.Pool, user_id: UUID) -> asyncpg.Record | None:
    """A person as an actor, whether or not they can sign in; None when there is none.

    Somebody who has left counts as of the client they were with last.
    """
    return await pool.fetchrow(_PERSON, user_id, timeout=5)


async def password_of(pool: asyncpg.Pool, email: str) -> asyncpg.Record | None:
    """Who signs in with that address, and the stored hash; active people only."""
    return await pool.fetchrow(
        "SELECT u.id, c.password_hash FROM users u JOIN credentials c ON c.user_id = u.id"
        " WHERE u.email = $1 AND u.status = 'active'",
        email.lower(),
        timeout=5,
    )


async def own_password(session: AsyncSession, user_id: UUID) -> str | None:
    """The stored hash of the acting person."""
    found = await session.scalar(
        text("SELECT password_hash FROM credentials WHERE user_id = :id FOR UPDATE"),
        {"id": user_id},
    )
    return None if found is None else str(found)


async def change_password(
    session: AsyncSession, user_id: UUID, password_hash: str, now: datetime
) -> None:
    """Replace the hash; credentials exist from the acceptance of the invitation on."""
    await session.execute(
        text("UPDATE credentials SET password_hash = :hash, changed_at = :now WHERE user_id = :id"),
        {"id": user_id, "hash": password_hash, "now": now},
    )


async def set_password(
    session: AsyncSession, user_id: UUID, password_hash: str, now: datetime
) -> None:
    """Give a person their first or another hash; the worker role only."""
    await session.execute(
        text(
            "INSERT INTO credentials (user_id, password_hash, changed_at) VALUES (:id, :hash, :now)"
            " ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash,"
            " changed_at = excluded.changed_at"
        ),
        {"id": user_id, "hash": password_hash, "now": now},
    )


async def insert_session(session: AsyncSession, values: dict[str, Any]) -> None:
    """Remember a sign-in."""
    await session.execute(
        text(
            "INSERT INTO sessions (id, user_id, kind, secret_hash, api_key_id, created_at,"
            " expires_at, used_at) VALUES (:id, :user_id, :kind, :secret_hash, :api_key_id, :now,"
            " :expires_at, :now)"
        ),
        values,
    )


async def end_session(session: AsyncSession, session_id: UUID, now: datetime, why: str) -> None:
    """End one session; nothing happens when it is over already."""
    await session.execute(
        text(
            "UPDATE sessions SET ended_at = :now, ended_because = :why"
            " WHERE id = :id AND ended_at IS NULL"
        ),
        {"id": session_id, "now": now, "why": why},
    )


async def end_sessions_of(session: AsyncSession, user_id: UUID, now: datetime, why: str) -> None:
    """End every session of a person begun before `now`."""
    await session.execute(
        text(
            "UPDATE sessions SET ended_at = :now, ended_because = :why"
            " WHERE user_id = :id AND ended_at IS NULL"
        ),
        {"id": user_id, "now": now, "why": why},
    )


async def insert_refresh(
    session: AsyncSession, token_hash: bytes, session_id: UUID, now: datetime, expires: datetime
) -> None:
    """Remember a refresh token by its hash."""
    await session.execute(
        text(
            "INSERT INTO refresh_tokens (token_hash, session_id, issued_at, expires_at)"
            " VALUES (:hash, :session_id, :now, :expires)"
        ),
        {"hash": token_hash, "session_id": session_id, "now": now, "expires": expires},
    )


async def lock_refresh(session: AsyncSession, token_hash: bytes) -> Any | None:
    """A refresh token of a live session, held; the family takes turns."""
    rows = await session.execute(
        text(
            "SELECT r.session_id, r.used_at, r.expires_at, s.user_id FROM refresh_tokens r"
            " JOIN sessions s ON s.id = r.session_id JOIN users u ON u.id = s.user_id"
            " WHERE r.token_hash = :hash AND s.ended_at IS NULL AND u.status = 'active'"
            " AND s.created_at >= u.sessions_since FOR UPDATE OF s, r"
        ),
        {"hash": token_hash},
    )
    return rows.one_or_none()


async def mark_refresh_used(
    session: AsyncSession, token_hash: bytes, session_id: UUID, now: datetime, expires: datetime
) -> None:
    """Note the first use and keep the session as long as its newest token."""
    await session.execute(
        text("UPDATE refresh_tokens SET used_at = coalesce(used_at, :now) WHERE token_hash = :h"),
        {"now": now, "h": token_hash},
    )
    await session.execute(
        text("UPDATE sessions SET used_at = :now, expires_at = :expires WHERE id = :id"),
        {"id": session_id, "now": now, "expires": expires},
    )


async def purge_sessions(session: AsyncSession, now: datetime) -> None:
    """Forget sessions that were over a month ago, their refresh tokens with them."""
    await session.execute(
        text(
            "DELETE FROM sessions WHERE expires_at < CAST(:now AS timestamptz) - interval '30 days'"
        ),
        {"now": now},
    )
