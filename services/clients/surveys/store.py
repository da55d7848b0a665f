"""Every statement about the projection of survey results."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.reach import may_know
from services.clients.surveys import rules
from shared.contracts.surveys import GroupScore, ResponseState, RoundState, for_and_against
from shared.events import Envelope

# The scores of a client with their 95 % intervals, as PostgreSQL computes them for the page. The
# formulas are those of surveys: Wilson for satisfied people, adjusted Wald with three
# pseudo-answers for the net promoter score; a test holds both sides to the same figures.
_Z: Final = "1.959963984540054::float"
_COUNTED: Final = f"""
    SELECT r.kind, sum(r.responses)::float AS n, sum(r.positive)::float AS p,
           sum(r.negative)::float AS d
    FROM survey_results r
    WHERE r.client_id = c.id AND {may_know("r")}
      AND r.kind IN ('nps', 'csat') AND r.positive IS NOT NULL
    GROUP BY r.kind
"""
_SHARES: Final = f"""
    SELECT *, p / n AS share, (p + 0.75) / (n + 3) - (d + 0.75) / (n + 3) AS net,
           (p + d + 1.5) / (n + 3) AS decided, {_Z} * {_Z} AS zz
    FROM ({_COUNTED}) counted
"""
_BOUNDS: Final = f"""
    SELECT *, CASE kind WHEN 'nps' THEN (p - d) / n ELSE share END AS plain,
        CASE kind WHEN 'nps' THEN net ELSE (share + zz / (2 * n)) / (1 + zz / n) END AS centre,
        {_Z} * CASE kind WHEN 'nps' THEN sqrt((decided - net * net) / (n + 3))
            ELSE sqrt(share * (1 - share) / n + zz / (4 * n * n)) / (1 + zz / n) END AS reach,
        CASE kind WHEN 'nps' THEN -1 ELSE 0 END AS least
    FROM ({_SHARES}) shares
"""
_PERCENT: Final = "round((100 * ({0}))::numeric, 1)::float"
SCORES: Final = f"""
    SELECT kind, n::integer AS responses, {_PERCENT.format("plain")} AS score,
        {_PERCENT.format("greatest(least(centre - reach, plain), least)")} AS low,
        {_PERCENT.format("least(greatest(centre + reach, plain), 1)")} AS high
    FROM ({_BOUNDS}) bounds
"""
"""A row per kind over the client `c`; anonymous rounds count once they may speak."""

_RESULT: Final = text(
    "INSERT INTO survey_results (id, source_id, client_id, engagement_id, case_id, kind, positive,"
    " negative, responses, score, low, person_id, person_name, role, subject, comment, at,"
    " excluded, roles, firm_users) VALUES (:id, :source_id, :client_id, :engagement_id, :case_id,"
    " :kind, :positive, :negative, :responses, :score, :low, :person_id, :person_name, :role,"
    " :subject, :comment, :at, CAST(:excluded AS uuid[]), CAST(:roles AS text[]),"
    " CAST(:firm_users AS uuid[])) ON CONFLICT (id) DO UPDATE SET"
    " client_id = excluded.client_id, person_name = excluded.person_name,"
    " comment = excluded.comment,"
    " positive = excluded.positive, negative = excluded.negative,"
    " engagement_id = excluded.engagement_id, case_id = excluded.case_id,"
    " excluded = excluded.excluded, roles = excluded.roles, firm_users = excluded.firm_users"
)
_ENTRY: Final = text(
    "INSERT INTO survey_entries (id, client_id, at, source, kind, record_id, record_number, title,"
    " actor_id, actor_name, sentence, excluded, roles, firm_users) VALUES (:id, :client_id, :at,"
    " 'survey', :kind, :record_id, :subject, :subject, :person_id, :person_name,"
    " CAST(:sentence AS jsonb), CAST(:excluded AS uuid[]), CAST(:roles AS text[]),"
    " CAST(:firm_users AS uuid[])) ON CONFLICT (id) DO UPDATE SET"
    " client_id = excluded.client_id, sentence = excluded.sentence,"
    " actor_name = excluded.actor_name, excluded = excluded.excluded, roles = excluded.roles,"
    " firm_users = excluded.firm_users"
)


async def take_over_response(session: AsyncSession, envelope: Envelope[ResponseState]) -> None:
    """Put a personal answer on its client's page."""
    state = envelope.state
    names = ("id", "score", "low", "person_id", "person_name", "role", "comment")
    columns = _about(state) | {name: getattr(state, name) for name in names}
    positive, negative = for_and_against(state.kind, [state.score])
    counted = {"positive": positive, "negative": negative, "responses": 1}
    await session.execute(_RESULT, columns | counted | {"at": state.answered_at})
    await _write(
        session,
        state,
        entry_id=state.id,
        kind="answered",
        at=state.answered_at,
        sentence=rules.answered(state),
        person=(state.person_id, state.person_name),
    )


async def take_over_round(session: AsyncSession, envelope: Envelope[RoundState]) -> None:
    """Say on the timeline that people were asked, and what an anonymous round may say."""
    state = envelope.state
    if state.invited:
        await _write(
            session,
            state,
            entry_id=state.id,
            kind="asked",
            at=state.opened_at,
            sentence=rules.asked(state),
        )
    for group in state.groups:
        if group.role is None and state.closed_at is not None:
            await _tell_group(session, state, group, state.closed_at)


async def _tell_group(
    session: AsyncSession, state: RoundState, group: GroupScore, at: datetime
) -> None:
    entry_id = uuid5(state.id, "everybody")
    result = {
        "id": entry_id,
        "positive": group.positive,
        "negative": group.negative,
        "responses": group.responses,
        "score": group.score,
        "low": group.low,
        "person_id": None,
        "person_name": None,
        "role": None,
        "comment": None,
        "at": at,
    }
    sentence = rules.told(state.kind, group)
    await session.execute(_RESULT, _about(state) | result)
    await _write(session, state, entry_id=entry_id, kind="told", at=at, sentence=sentence)


async def _write(
    session: AsyncSession,
    state: ResponseState | RoundState,
    *,
    entry_id: UUID,
    kind: str,
    at: datetime,
    sentence: dict[str, str],
    person: tuple[UUID | None, str] = (None, ""),
) -> None:
    values: dict[str, Any] = {
        "id": entry_id,
        "client_id": state.client_id,
        "at": at,
        "kind": kind,
        "record_id": state.id,
        "person_id": person[0],
        "person_name": person[1],
        "sentence": orjson.dumps(sentence).decode(),
    }
    await session.execute(_ENTRY, _reach(state) | values)


def _about(state: ResponseState | RoundState) -> dict[str, Any]:
    names = ("client_id", "engagement_id", "case_id", "kind")
    values = {name: getattr(state, name) for name in names}
    return _reach(state) | values | {"source_id": state.id}


def _reach(state: ResponseState | RoundState) -> dict[str, Any]:
    return {
        "subject": state.subject,
        "excluded": list(state.visibility.excluded),
        "roles": list(state.visibility.roles),
        "firm_users": list(state.visibility.firm_users),
    }
