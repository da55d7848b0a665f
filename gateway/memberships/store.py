"""Every statement about places in joint teams."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.users.store import LIVE_CLIENT
from shared.contracts.engagements import MemberState

_LIVE: Final = f"m.user_id = u.id AND m.live AND (m.side = 'firm' OR m.client_id = {LIVE_CLIENT})"
"""Whether `m` is a live place of user `u`; of the client side only with the client of today."""
LIVE_ROLES: Final = (
    "ARRAY(SELECT DISTINCT m.role || ' ' || m.engagement_id"
    f" FROM memberships m WHERE {_LIVE} ORDER BY 1)"
)
"""The roles that user `u` has in teams, each with its engagement."""
_PLACES: Final = text(
    "SELECT m.engagement_id, m.client_id, m.role,"
    " array_remove(array_agg(DISTINCT d ORDER BY d), NULL) AS domains"
    " FROM users u, memberships m LEFT JOIN unnest(m.domains) d ON true"
    f" WHERE u.id = :user_id AND {_LIVE}"
    " GROUP BY m.engagement_id, m.client_id, m.role ORDER BY m.engagement_id, m.role"
)
_LEFT: Final = (
    "SELECT engagement_id FROM memberships WHERE user_id = $1"
    " GROUP BY engagement_id HAVING NOT bool_or(live)"
)
_SAVE: Final = text(
    "INSERT INTO memberships (id, engagement_id, client_id, user_id, side, role, domains, live)"
    " VALUES (:id, :engagement_id, :client_id, :user_id, :side, :role,"
    " CAST(:domains AS text[]), :live) ON CONFLICT (id) DO UPDATE SET"
    " client_id = excluded.client_id, domains = excluded.domains, live = excluded.live"
)


async def left_by(pool: asyncpg.Pool, user_id: UUID) -> frozenset[UUID]:
    """The engagements in whose team a person was, and has no place any more."""
    return frozenset(row["engagement_id"] for row in await pool.fetch(_LEFT, user_id))


async def places_of(session: AsyncSession, user_id: UUID) -> list[dict[str, Any]]:
    """A person's live places: one entry per engagement and role, with its domains."""
    found = await session.execute(_PLACES, {"user_id": user_id})
    return [dict(row) for row in found.mappings()]


async def save(session: AsyncSession, state: MemberState) -> None:
    """Remember a place as its newest event has it."""
    await session.execute(
        _SAVE,
        {
            "id": state.id,
            "engagement_id": state.engagement_id,
            "client_id": state.client_id,
            "user_id": state.user_id,
            "side": state.side,
            "role": state.role,
            "domains": list(state.domains),
            "live": state.status == "live",
        },
    )
