"""Every statement about the projection of engagements and their histories."""

from typing import Final

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.engagements import EngagementState
from shared.events import Envelope

_SAVE: Final = text(
    "INSERT INTO engagement_refs (id, client_id, number, title, status, starts_on, ends_on, phases,"
    " team, consulting_pm_id, opened_at, excluded, roles, firm_users) VALUES (:id, :client_id,"
    " :number, :title, :status, :starts_on, :ends_on, CAST(:phases AS jsonb), CAST(:team AS jsonb),"
    " :consulting_pm_id, :opened_at, CAST(:excluded AS uuid[]),"
    " CAST(:roles AS text[]), CAST(:firm_users AS uuid[])) ON CONFLICT (id) DO UPDATE SET"
    " client_id = excluded.client_id, number = excluded.number, title = excluded.title,"
    " status = excluded.status, starts_on = excluded.starts_on, ends_on = excluded.ends_on,"
    " phases = excluded.phases, team = excluded.team, opened_at = excluded.opened_at,"
    " consulting_pm_id = excluded.consulting_pm_id, excluded = excluded.excluded,"
    " roles = excluded.roles, firm_users = excluded.firm_users"
)
_ENTRIES: Final = text(
    "INSERT INTO engagement_entries (id, client_id, at, source, kind, record_id, record_number,"
    " title, actor_id, actor_name, sentence, excluded, roles, firm_users) SELECT e.id, :client_id,"
    " e.at, 'engagement', e.kind, :id, :number, :title, e.actor_id, e.actor_name, e.text,"
    " CAST(:excluded AS uuid[]), CAST(:roles AS text[]), CAST(:firm_users AS uuid[])"
    " FROM jsonb_to_recordset(CAST(:steps AS jsonb)) AS e"
    " (id uuid, at timestamptz, kind text, actor_id uuid, actor_name text, text jsonb)"
    " ON CONFLICT (id) DO UPDATE SET excluded = excluded.excluded, roles = excluded.roles,"
    " firm_users = excluded.firm_users, title = excluded.title, sentence = excluded.sentence"
)


async def take_over_engagement(session: AsyncSession, envelope: Envelope[EngagementState]) -> None:
    """Put an engagement and its whole history on its client's timeline; the newest state wins."""
    state = envelope.state
    phases = [phase.model_dump(mode="json") for phase in state.phases]
    steps = [
        step.model_dump(mode="json", include={"id", "at", "kind", "actor_id", "actor_name", "text"})
        for step in state.steps
    ]
    reach = {
        "id": state.id,
        "client_id": state.client_id,
        "number": state.number,
        "title": state.title,
        "excluded": list(state.visibility.excluded),
        "roles": list(state.visibility.roles),
        "firm_users": list(state.visibility.firm_users),
    }
    await session.execute(
        _SAVE,
        reach
        | {
            "status": state.status,
            "starts_on": state.starts_on,
            "ends_on": state.ends_on,
            "phases": orjson.dumps(phases).decode(),
            "team": state.team.model_dump_json() if state.team else None,
            "consulting_pm_id": state.consulting_pm_id,
            "opened_at": state.opened_at,
        },
    )
    await session.execute(_ENTRIES, reach | {"steps": orjson.dumps(steps).decode()})
