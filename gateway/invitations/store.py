"""Invitations in the database; only digests of their tokens are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_USABLE: Final = text(
    "SELECT i.id, i.user_id, i.expires_at, u.email, u.name, u.side, u.language"
    " FROM invitations i JOIN users u ON u.id = i.user_id"
    " WHERE i.token_hash = :hash AND i.used_at IS NULL AND i.replaced_at IS NULL"
    " AND i.expires_at > :now AND u.status = 'invited' FOR UPDATE OF i"
)
_USE: Final = text("UPDATE invitations SET used_at = :now WHERE id = :id")
_REPLACE: Final = text(
    "UPDATE invitations SET replaced_at = :now"
    " WHERE user_id = :user AND used_at IS NULL AND replaced_at IS NULL"
)
_INSERT: Final = text(
    "INSERT INTO invitations (id, user_id, token_hash, created_by, created_at, expires_at)"
    " VALUES (:id, :user, :hash, :by, :now, :expires)"
)


async def lock_usable(session: AsyncSession, token_hash: bytes, now: datetime) -> Any | None:
    """The invitation of that token that can still be accepted, locked, with its person."""
    found = await session.execute(_USABLE, {"hash": token_hash, "now": now})
    return found.one_or_none()


async def use(session: AsyncSession, invitation_id: UUID, now: datetime) -> None:
    """Mark an invitation as accepted."""
    await session.execute(_USE, {"now": now, "id": invitation_id})


async def replace(
    session: AsyncSession,
    *,
    invitation_id: UUID,
    user_id: UUID,
    token_hash: bytes,
    created_by: UUID,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Store a new invitation; the person's open ones stop working."""
    await session.execute(_REPLACE, {"now": now, "user": user_id})
    await session.execute(
        _INSERT,
        {
            "id": invitation_id,
            "user": user_id,
            "hash": token_hash,
            "by": created_by,
            "now": now,
            "expires": expires_at,
        },
    )
