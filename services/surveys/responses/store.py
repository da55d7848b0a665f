"""Every statement about responses."""

from collections.abc import AsyncIterator, Collection, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.lots import by_lots, in_lots
from services.surveys.refs.store import reach_of
from shared.contracts.surveys import ResponseState
from shared.events import Visibility

_KEEP: Final = text(
    "INSERT INTO survey_responses (id, round_id, invitation_id, survey_id, kind, client_id,"
    " engagement_id, phase_id, case_id, subject, person_id, person_name, role, language, answers,"
    " score, low, owner_id, comment, excluded, answered_at, historical)"
    " VALUES (:id, :round_id, :invitation_id, :survey_id, :kind, :client_id, :engagement_id,"
    " :phase_id, :case_id, :subject, :person_id, :person_name, :role, :language,"
    " CAST(:answers AS jsonb), :score, :low, :owner_id, :comment, CAST(:excluded AS uuid[]),"
    " :answered_at, :historical)"
)
_LOCK_ROUND: Final = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('answers ' || CAST(:round AS text), 0))"
)
_KEEP_ANONYMOUS: Final = text(
    "INSERT INTO anonymous_responses (id, round_id, week, role, answers, score, comment)"
    " VALUES (gen_random_uuid(), :round_id, :week, :role, CAST(:answers AS jsonb), :score,"
    " :comment)"
)
# Rows lie in a table in the order they came in, and carry the transaction that wrote them; both
# would tell whose answer is whose to whoever also knows who answered when.
_SHUFFLE: Final = text(
    "WITH taken AS (DELETE FROM anonymous_responses WHERE round_id = :round_id RETURNING *)"
    " INSERT INTO anonymous_responses (id, round_id, week, role, answers, score, comment)"
    " SELECT gen_random_uuid(), round_id, week, role, answers, score, comment FROM taken"
    " ORDER BY random()"
)
_ANONYMOUS: Final = text("SELECT role, score FROM anonymous_responses WHERE round_id = :round_id")
_WHOLE: Final = (
    "SELECT r.*, s.key AS survey_key, s.version AS survey_version FROM survey_responses r"
    " JOIN surveys s ON s.id = r.survey_id"
)
_STATES: Final = by_lots(_WHOLE, "r.id")
_OF_ROUND: Final = text(f"{_WHOLE} WHERE r.round_id = :round ORDER BY r.id")
_OWN: Final = text(
    "SELECT id, answers, answered_at FROM survey_responses"
    " WHERE round_id = :round AND person_id = :person ORDER BY id LIMIT 1"
)
_EXCLUDE: Final = text(
    "UPDATE survey_responses SET excluded = CAST(:excluded AS uuid[]) WHERE round_id = :round"
)


async def keep_response(session: AsyncSession, columns: dict[str, Any]) -> None:
    """Insert a personal response; one per invitation."""
    answers = orjson.dumps(columns["answers"]).decode()
    await session.execute(_KEEP, columns | {"answers": answers})


async def own_answer(session: AsyncSession, round_id: UUID, person_id: UUID) -> Any | None:
    """What a person answered in a round under their name: its id, answers and time, or None."""
    found = await session.execute(_OWN, {"round": round_id, "person": person_id})
    return found.one_or_none()


async def keep_anonymous(session: AsyncSession, columns: dict[str, Any]) -> None:
    """Insert an anonymous response and write the round's answers anew, in a fresh order."""
    await session.execute(_LOCK_ROUND, {"round": str(columns["round_id"])})
    answers = orjson.dumps(columns["answers"]).decode()
    await session.execute(_KEEP_ANONYMOUS, columns | {"answers": answers})
    await session.execute(_SHUFFLE, {"round_id": columns["round_id"]})


async def anonymous_answers(session: AsyncSession, round_id: UUID) -> list[tuple[str | None, int]]:
    """Role and score of every answer of an anonymous round."""
    rows = await session.execute(_ANONYMOUS, {"round_id": round_id})
    return [(row.role, row.score) for row in rows]


async def state_of(
    session: AsyncSession, columns: Any, *, survey_key: str, survey_version: int
) -> ResponseState:
    """The public state of a personal response, from its columns by name."""
    reach = await reach_of(session, columns["engagement_id"], columns["excluded"])
    return _told(columns, reach, survey_key=survey_key, survey_version=survey_version)


def _told(
    columns: Any, reach: Visibility, *, survey_key: str, survey_version: int
) -> ResponseState:
    names = (
        "id", "kind", "score", "low", "client_id", "engagement_id", "phase_id", "case_id",
        "subject", "person_id", "person_name", "role", "owner_id", "comment", "answered_at",
        "historical",
    )  # fmt: skip
    return ResponseState(
        survey_key=survey_key,
        survey_version=survey_version,
        visibility=reach,
        **{name: columns[name] for name in names},
    )


async def every_response(
    session: AsyncSession, ids: Collection[UUID] | None
) -> AsyncIterator[ResponseState]:
    """The state of every personal response, or of these, oldest first."""
    async for row in in_lots(session, _STATES, ids):
        yield await _state(session, row._mapping)


async def keep_from(
    session: AsyncSession, round_id: UUID, excluded: Sequence[UUID]
) -> list[ResponseState]:
    """Let these people, and nobody else, not see a round's personal responses; their new states."""
    await session.execute(_EXCLUDE, {"round": round_id, "excluded": list(excluded)})
    return await answers_of(session, round_id)


async def answers_of(session: AsyncSession, round_id: UUID) -> list[ResponseState]:
    """The states of a round's personal responses, oldest first: all are within one reach."""
    rows = (await session.execute(_OF_ROUND, {"round": round_id})).mappings().all()
    if not rows:
        return []
    reach = await reach_of(session, rows[0]["engagement_id"], rows[0]["excluded"])
    return [
        _told(row, reach, survey_key=row["survey_key"], survey_version=row["survey_version"])
        for row in rows
    ]


async def _state(session: AsyncSession, row: Any) -> ResponseState:
    return await state_of(
        session, row, survey_key=row["survey_key"], survey_version=row["survey_version"]
    )
