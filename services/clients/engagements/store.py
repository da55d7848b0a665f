"""Every statement about the projection of engagements and their histories."""

from collections.abc import Sequence
from typing import Any, Final

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.timeline.entries import Entries
from shared.contracts.engagements import EngagementState
from shared.events import Envelope

_ENGAGEMENTS: Final = Entries(
    "engagement",
    "engagement_entries",
    "engagement_refs",
    {each: each for each in ("title", "client_id", "excluded", "roles", "firm_users")},
)
_SAVE: Final = text(
    f"WITH followed AS ({_ENGAGEMENTS.follow})"
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
    await _ENGAGEMENTS.tell(session, [(each, _of_engagement(each.state)) for each in envelopes])


def _of_engagement(state: EngagementState) -> dict[str, Any]:
    return {
        "number": state.number,
        "title": state.title,
        "client_id": state.client_id,
        "excluded": list(state.visibility.excluded),
        "roles": list(state.visibility.roles),
        "firm_users": list(state.visibility.firm_users),
    }
