"""Every statement about the projection of engagements and their histories."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.timeline.entries import told
from shared.contracts.engagements import EngagementState
from shared.events import Envelope

# As for cases: the newest state of the engagement decides what its entries show, and to whom.
_FOLLOW: Final = (
    "UPDATE engagement_entries SET title = :title, client_id = :client_id,"
    " excluded = CAST(:excluded AS uuid[]), roles = CAST(:roles AS text[]),"
    " firm_users = CAST(:firm_users AS uuid[]) WHERE record_id = :id AND NOT EXISTS (SELECT"
    " FROM engagement_refs WHERE id = :id AND title = :title AND client_id = :client_id"
    " AND excluded = CAST(:excluded AS uuid[]) AND roles = CAST(:roles AS text[])"
    " AND firm_users = CAST(:firm_users AS uuid[]))"
)
_ENTRIES: Final = (
    "INSERT INTO engagement_entries (id, client_id, at, source, kind, record_id, record_number,"
    " title, actor_id, actor_name, sentence, excluded, roles, firm_users) SELECT e.id,"
    " coalesce(r.client_id, e.client_id), e.at, 'engagement', e.kind, e.record_id, e.number,"
    " coalesce(r.title, e.title), e.actor_id, e.actor_name, e.text,"
    " coalesce(r.excluded, e.excluded), coalesce(r.roles, e.roles),"
    " coalesce(r.firm_users, e.firm_users)"
    " FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS e (id uuid, at timestamptz, kind text,"
    " actor_id uuid, actor_name text, text jsonb, record_id uuid, number text, title text,"
    " client_id uuid, excluded uuid[], roles text[], firm_users uuid[])"
    " LEFT JOIN engagement_refs r ON r.id = e.record_id ON CONFLICT (id) DO "
)
_TELL: Final = {
    False: text(_ENTRIES + "NOTHING"),
    True: text(
        _ENTRIES + "UPDATE SET sentence = excluded.sentence, actor_name = excluded.actor_name"
    ),
}
_SAVE: Final = text(
    f"WITH followed AS ({_FOLLOW})"
    " INSERT INTO engagement_refs (id, client_id, number, title, status, starts_on, ends_on,"
    " phases, team, consulting_pm_id, opened_at, excluded, roles, firm_users)"
    " VALUES (:id, :client_id, :number, :title, :status, :starts_on, :ends_on,"
    " CAST(:phases AS jsonb), CAST(:team AS jsonb), :consulting_pm_id, :opened_at,"
    " CAST(:excluded AS uuid[]), CAST(:roles AS text[]), CAST(:firm_users AS uuid[]))"
    " ON CONFLICT (id) DO UPDATE SET"
    " client_id = excluded.client_id, number = excluded.number, title = excluded.title,"
    " status = excluded.status, starts_on = excluded.starts_on, ends_on = excluded.ends_on,"
    " phases = excluded.phases, team = excluded.team, opened_at = excluded.opened_at,"
    " consulting_pm_id = excluded.consulting_pm_id, excluded = excluded.excluded,"
    " roles = excluded.roles, firm_users = excluded.firm_users"
)
_LIVE: Final = text(
    "SELECT id, number, title FROM engagement_refs WHERE client_id = :client_id"
    " AND status NOT IN ('closed', 'cancelled') ORDER BY number, id"
)


async def live_engagements(session: AsyncSession, client_id: UUID) -> list[dict[str, str]]:
    """Id, number and title of the client's engagements that are not over."""
    rows = await session.execute(_LIVE, {"client_id": client_id})
    return [{"id": str(row.id), "number": row.number, "title": row.title} for row in rows]


async def take_over_engagement(session: AsyncSession, envelope: Envelope[EngagementState]) -> None:
    """Know an engagement as it is now; its entries follow it. The newest state wins."""
    state = envelope.state
    phases = [phase.model_dump(mode="json") for phase in state.phases]
    await session.execute(
        _SAVE,
        _of_engagement(state)
        | {
            "id": state.id,
            "status": state.status,
            "starts_on": state.starts_on,
            "ends_on": state.ends_on,
            "phases": orjson.dumps(phases).decode(),
            "team": state.team.model_dump_json() if state.team else None,
            "consulting_pm_id": state.consulting_pm_id,
            "opened_at": state.opened_at,
        },
    )


async def tell_engagement_steps(
    session: AsyncSession, envelopes: Sequence[Envelope[EngagementState]]
) -> None:
    """Put what acts on engagements added to their histories on the clients' timelines."""
    for again, rows in told(envelopes, _of_engagement):
        await session.execute(_TELL[again], {"rows": rows})


def _of_engagement(state: EngagementState) -> dict[str, Any]:
    return {
        "number": state.number,
        "title": state.title,
        "client_id": state.client_id,
        "excluded": list(state.visibility.excluded),
        "roles": list(state.visibility.roles),
        "firm_users": list(state.visibility.firm_users),
    }
