"""Every statement about scores; what the reader may not see is left out by row security."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

CHOSEN: Final = (
    "($1::uuid IS NULL OR x.client_id = $1) AND ($2::uuid IS NULL OR x.engagement_id = $2)"
    " AND ($3::uuid IS NULL OR x.phase_id = $3)"
)
_PERSONAL: Final = (
    "SELECT x.kind, x.client_id, x.engagement_id, x.phase_id, x.role, s.key AS survey, x.score,"
    " x.invitation_id FROM survey_responses x JOIN surveys s ON s.id = x.survey_id"
    f" WHERE {CHOSEN}"
)
_ROUNDS: Final = (
    "SELECT x.id, x.kind, x.client_id, x.engagement_id, x.phase_id, x.survey_key AS survey,"
    f" x.anonymous, x.closed_at, x.invited FROM survey_rounds x WHERE {CHOSEN}"
)
_ASKED: Final = (
    "SELECT x.kind, i.role, count(*) AS invited FROM survey_rounds x"
    " JOIN survey_invitations i ON i.round_id = x.id AND i.status <> 'spared'"
    f" WHERE {CHOSEN} GROUP BY x.kind, i.role"
)
_ANONYMOUS: Final = (
    "SELECT round_id, role, score FROM anonymous_responses WHERE round_id = ANY($1::uuid[])"
)
_CLIENTS: Final = "SELECT id, name FROM client_refs WHERE id = ANY($1::uuid[])"
_ENGAGEMENTS: Final = "SELECT id, title AS name FROM engagement_refs WHERE id = ANY($1::uuid[])"


async def visible(connection: asyncpg.Connection, chosen: Sequence[UUID | None]) -> dict[str, Any]:
    """Personal answers, rounds and how many were asked in which role, within the reader's reach."""
    return {
        "personal": await connection.fetch(_PERSONAL, *chosen),
        "rounds": await connection.fetch(_ROUNDS, *chosen),
        "asked": await connection.fetch(_ASKED, *chosen),
    }


async def names(
    connection: asyncpg.Connection, clients: Sequence[UUID], engagements: Sequence[UUID]
) -> dict[str, str]:
    """The names of clients and engagements, by id."""
    rows = await connection.fetch(_CLIENTS, clients)
    rows += await connection.fetch(_ENGAGEMENTS, engagements)
    return {str(row["id"]): row["name"] for row in rows}


async def anonymous_answers(
    pool: asyncpg.Pool, round_ids: Sequence[UUID]
) -> dict[UUID, list[tuple[str | None, int]]]:
    """Role and score of every answer of these rounds; for the rules, never for a reader."""
    found: dict[UUID, list[tuple[str | None, int]]] = {}
    for row in await pool.fetch(_ANONYMOUS, round_ids):
        found.setdefault(row["round_id"], []).append((row["role"], row["score"]))
    return found
