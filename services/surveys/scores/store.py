"""Every statement about scores; what the reader may not see is left out by row security.

Answers are counted where they lie: what comes back grows with the groups, not with the answers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.surveys.scores.rules import By

_CHOSEN: Final = (
    "($1::uuid IS NULL OR x.client_id = $1) AND ($2::uuid IS NULL OR x.engagement_id = $2)"
    " AND ($3::uuid IS NULL OR x.phase_id = $3)"
)
_OWN_KEYS: Final = {by: f"x.{by}_id::text" for by in (By.CLIENT, By.ENGAGEMENT, By.PHASE)}
_ANSWER_KEYS: Final = _OWN_KEYS | {By.ROLE: "x.role", By.SURVEY: "s.key"}
_ROUND_KEYS: Final = _OWN_KEYS | {By.ROLE: "NULL::text", By.SURVEY: "x.survey_key"}
_PERSONAL_BY: Final = (
    "SELECT x.kind, {key} AS key, x.score, count(*) AS responses,"
    " count(*) FILTER (WHERE x.invitation_id IS NULL) AS uninvited"
    " FROM survey_responses x JOIN surveys s ON s.id = x.survey_id"
    f" WHERE {_CHOSEN} GROUP BY x.kind, {{key}}, x.score"
)
_INVITED_BY: Final = (
    "SELECT x.kind, {key} AS key, sum(x.invited)::bigint AS invited FROM survey_rounds x"
    f" WHERE {_CHOSEN} GROUP BY x.kind, {{key}}"
)
_INVITED_IN_ROLE: Final = (
    "SELECT x.kind, i.role AS key, count(*) AS invited FROM survey_rounds x"
    " JOIN survey_invitations i ON i.round_id = x.id AND i.status <> 'spared'"
    f" WHERE {_CHOSEN} GROUP BY x.kind, i.role"
)
_CLOSED_BY: Final = (
    "SELECT x.id, x.kind, {key} AS key FROM survey_rounds x"
    f" WHERE {_CHOSEN} AND x.anonymous AND x.closed_at IS NOT NULL"
)
_PERSONAL: Final = {by: _PERSONAL_BY.format(key=key) for by, key in _ANSWER_KEYS.items()}
_INVITED: Final = {by: _INVITED_BY.format(key=key) for by, key in _ROUND_KEYS.items()} | {
    By.ROLE: _INVITED_IN_ROLE
}
_CLOSED: Final = {by: _CLOSED_BY.format(key=key) for by, key in _ROUND_KEYS.items()}
_ANONYMOUS: Final = (
    "SELECT round_id, role, score, count(*) AS responses FROM anonymous_responses"
    " WHERE round_id = ANY($1::uuid[]) GROUP BY round_id, role, score"
)
_NAMES: Final = {
    By.CLIENT: "SELECT id::text, name FROM client_refs WHERE id = ANY($1::uuid[])",
    By.ENGAGEMENT: "SELECT id::text, title AS name FROM engagement_refs WHERE id = ANY($1::uuid[])",
}

Answers = Counter[tuple[str | None, int]]
"""How many answered what, by role and score."""


@dataclass(frozen=True)
class Found:
    """Counted personal answers, how many were asked, and the anonymous rounds that may speak."""

    personal: Sequence[Any]
    invited: Sequence[Any]
    closed: Sequence[Any]


async def visible(connection: asyncpg.Connection, by: By, chosen: Sequence[UUID | None]) -> Found:
    """What is within the reader's reach, by group."""
    return Found(
        await connection.fetch(_PERSONAL[by], *chosen),
        await connection.fetch(_INVITED[by], *chosen),
        await connection.fetch(_CLOSED[by], *chosen),
    )


async def names(
    connection: asyncpg.Connection, by: By, groups: Iterable[tuple[str, str | None]]
) -> dict[str, str]:
    """What the groups are called, by key: clients and engagements have names."""
    if by not in _NAMES:
        return {}
    keys = {key for _, key in groups if key is not None}
    return {row["id"]: row["name"] for row in await connection.fetch(_NAMES[by], sorted(keys))}


async def anonymous_answers(pool: asyncpg.Pool, rounds: Sequence[UUID]) -> dict[UUID, Answers]:
    """The answers of these rounds, counted; for the rules, never for a reader."""
    found: dict[UUID, Answers] = {}
    for row in await pool.fetch(_ANONYMOUS, rounds):
        answers = found.setdefault(row["round_id"], Counter())
        answers[row["role"], row["score"]] = row["responses"]
    return found
