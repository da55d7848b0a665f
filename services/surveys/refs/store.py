"""Every statement about the projections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.clients import ClientState
from shared.contracts.desk import CaseState
from shared.contracts.engagements import EngagementState, MemberState
from shared.contracts.gateway import UserState
from shared.errors import NotKnownYet
from shared.events import Envelope, Visibility
from shared.naming import named_at
from shared.refs import arrived, spoken

_USER: Final = text(
    "INSERT INTO user_refs (id, name, side, roles, client_id, active, language, email)"
    " VALUES (:id, :name, :side, CAST(:roles AS text[]), :client_id, :active, :language, :email)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, side = excluded.side,"
    " roles = excluded.roles, client_id = excluded.client_id, active = excluded.active,"
    " language = excluded.language, email = excluded.email"
)
_CLIENT: Final = text(
    "INSERT INTO client_refs (id, name, short_name, owner_id, merged_into_id)"
    " VALUES (:id, :name, :short_name, :owner_id, :merged_into_id) ON CONFLICT (id) DO UPDATE SET"
    " name = excluded.name, short_name = excluded.short_name, owner_id = excluded.owner_id,"
    " merged_into_id = excluded.merged_into_id"
)
_ENGAGEMENT: Final = text(
    "INSERT INTO engagement_refs (id, number, client_id, title, director_id, consulting_pm_id,"
    " phases, excluded, status) VALUES (:id, :number, :client_id, :title, :director_id,"
    " :consulting_pm_id, CAST(:phases AS jsonb), CAST(:excluded AS uuid[]), :status)"
    " ON CONFLICT (id) DO UPDATE SET number = excluded.number, client_id = excluded.client_id,"
    " title = excluded.title, director_id = excluded.director_id,"
    " consulting_pm_id = excluded.consulting_pm_id, phases = excluded.phases,"
    " excluded = excluded.excluded, status = excluded.status"
)
_STATUS: Final = text("SELECT status FROM engagement_refs WHERE id = :id")
_MEMBER: Final = text(
    "INSERT INTO member_refs (id, engagement_id, user_id, name, side, role, starts_on, ends_on,"
    " status) VALUES (:id, :engagement_id, :user_id, :name, :side, :role, :starts_on, :ends_on,"
    " :status) ON CONFLICT (id) DO UPDATE SET engagement_id = excluded.engagement_id,"
    " user_id = excluded.user_id, name = excluded.name, side = excluded.side,"
    " role = excluded.role, starts_on = excluded.starts_on, ends_on = excluded.ends_on,"
    " status = excluded.status"
)
_CASE: Final = text(
    "INSERT INTO case_refs (id, client_id, excluded)"
    " VALUES (:id, :client_id, CAST(:excluded AS uuid[])) ON CONFLICT (id) DO UPDATE SET"
    " client_id = excluded.client_id, excluded = excluded.excluded"
)
_EXCLUDED: Final = text("SELECT excluded FROM case_refs WHERE id = :id FOR SHARE")
_KNOWN_CLIENT: Final = "SELECT id FROM client_refs WHERE id = $1"
_KNOWN_ENGAGEMENT: Final = "SELECT id FROM engagement_refs WHERE id = $1"
_FOREIGN: Final = text(
    "SELECT 'person_id' FROM user_refs"
    " WHERE id = :person_id AND (side <> 'client' OR client_id <> :client_id)"
    " UNION ALL SELECT 'case_id' FROM case_refs WHERE id = :case_id AND client_id <> :client_id"
    " UNION ALL SELECT 'engagement_id' FROM engagement_refs"
    " WHERE id = :engagement_id AND client_id <> :client_id"
    " UNION ALL SELECT 'phase_id' FROM (SELECT CAST(:phase_id AS text) AS id) told"
    " WHERE told.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM engagement_refs e,"
    " jsonb_array_elements(e.phases) p WHERE e.id = :engagement_id AND p->>'id' = told.id)"
)
_PERSON: Final = text(
    "SELECT id, name, side, client_id, active, language, email FROM user_refs WHERE id = :id"
)
_CLIENT_OWNER: Final = text("SELECT owner_id FROM client_refs WHERE id = :id")
_LEADERS: Final = text("SELECT director_id, consulting_pm_id FROM engagement_refs WHERE id = :id")
OVERSEERS: Final = ("admin", "client_manager", "partner", "service_lead")
"""Who answers for all engagements; row security asks for the same (`oversees()`)."""
OWN_PEOPLE: Final = text(
    "SELECT DISTINCT user_id FROM member_refs WHERE engagement_id = :engagement AND side = 'firm'"
    " AND status = 'live' ORDER BY user_id"
)
"""Who of the firm is on a team: what is told of an engagement reaches them."""
_UNKNOWN: Final = text(
    "SELECT id FROM unnest(CAST(:ids AS uuid[])) AS told (id)"
    " WHERE id NOT IN (SELECT id FROM member_refs WHERE engagement_id = :engagement) LIMIT 1"
)
_LIVE: Final = text(
    "SELECT DISTINCT ON (m.user_id) m.user_id AS id, coalesce(u.name, m.name) AS name, m.role,"
    " coalesce(u.language, 'zh') AS language, u.email FROM member_refs m"
    " LEFT JOIN user_refs u ON u.id = m.user_id WHERE m.engagement_id = :engagement"
    " AND m.side = 'client' AND m.status = 'live' AND m.role = ANY(CAST(:roles AS text[]))"
    " AND m.starts_on <= :day AND (m.ends_on IS NULL OR m.ends_on >= :day)"
    " AND coalesce(u.active, true) ORDER BY m.user_id, m.starts_on DESC"
)


@dataclass(frozen=True)
class Person:
    """Whom a survey may be sent to; `role` is that in the joint team."""

    id: UUID
    name: str
    language: str
    email: str | None
    role: str | None = None


async def take_over_user(session: AsyncSession, envelope: Envelope[UserState]) -> None:
    """Remember a person as their newest event has them."""
    state = envelope.state
    await session.execute(
        _USER,
        {
            "id": state.id,
            "name": state.name,
            "side": state.side,
            "roles": list(state.roles),
            "client_id": state.client_id,
            "active": state.status != "deactivated",
            "language": spoken(state.language),
            "email": state.email,
        },
    )


async def take_over_client(session: AsyncSession, envelope: Envelope[ClientState]) -> None:
    """Remember a client and who answers for it."""
    state = envelope.state
    await session.execute(
        _CLIENT,
        {
            "id": state.id,
            "name": state.legal_name,
            "short_name": state.short_name,
            "owner_id": state.owner_id,
            "merged_into_id": state.merged_into_id,
        },
    )


async def take_over_engagement(session: AsyncSession, envelope: Envelope[EngagementState]) -> None:
    """Remember how an engagement stands, its phases and who leads it."""
    state = envelope.state
    phases = [phase.model_dump(mode="json") for phase in state.phases]
    await session.execute(
        _ENGAGEMENT,
        {
            "id": state.id,
            "number": state.number,
            "client_id": state.client_id,
            "title": state.title,
            "director_id": state.director_id,
            "consulting_pm_id": state.consulting_pm_id,
            "phases": orjson.dumps(phases).decode(),
            "excluded": list(state.visibility.excluded),
            "status": state.status,
        },
    )


async def status_of(session: AsyncSession, engagement_id: UUID) -> str | None:
    """How an engagement stands by what was heard last; None where that is not known."""
    found: str | None = await session.scalar(_STATUS, {"id": engagement_id})
    return found


async def take_over_member(session: AsyncSession, envelope: Envelope[MemberState]) -> None:
    """Remember a place in a joint team."""
    state = envelope.state
    names = ("id", "engagement_id", "user_id", "name", "side", "role", "starts_on", "ends_on")
    values: dict[str, Any] = {name: getattr(state, name) for name in (*names, "status")}
    await session.execute(_MEMBER, values)


async def take_over_case(session: AsyncSession, envelope: Envelope[CaseState]) -> None:
    """Remember whose a case is, and whom it is about."""
    state = envelope.state
    values = {
        "id": state.id,
        "client_id": state.client_id,
        "excluded": list(state.visibility.excluded),
    }
    await session.execute(_CASE, values)


async def excluded_from(session: AsyncSession, case_id: UUID) -> tuple[UUID, ...]:
    """Whom a case is about; it stays so until the transaction ends.

    Raises `NotKnownYet` (422, tried again) before its first event.
    """
    row = (await session.execute(_EXCLUDED, {"id": case_id})).one_or_none()
    if row is None:
        raise NotKnownYet("case", case_id)
    return tuple(row.excluded)


async def foreign(session: AsyncSession, named: Mapping[str, Any]) -> list[str]:
    """Which of the ids named belong to another client than `client_id`, by their fields.

    Whoever left every client may have been of this one. Raises `NotKnownYet` (422, retryable) for
    a client or engagement of which nothing was heard.
    """
    with named_at("/client_id"):
        await arrived(session, _KNOWN_CLIENT, named["client_id"], "client")
    if named["engagement_id"] is not None:
        with named_at("/engagement_id"):
            await arrived(session, _KNOWN_ENGAGEMENT, named["engagement_id"], "engagement")
    phase = named["phase_id"]
    values = {**named, "phase_id": str(phase) if phase else None}
    return list((await session.execute(_FOREIGN, values)).scalars())


async def reach_of(
    session: AsyncSession, engagement_id: UUID | None, excluded: Sequence[UUID]
) -> Visibility:
    """Who of the firm may know of an answer: about an engagement its own people, and overseers."""
    if engagement_id is None:
        return Visibility(excluded=tuple(excluded))
    own = (await session.execute(OWN_PEOPLE, {"engagement": engagement_id})).scalars()
    return Visibility(
        engagement_id=engagement_id,
        excluded=tuple(excluded),
        roles=OVERSEERS,
        firm_users=tuple(own),
    )


async def person(session: AsyncSession, person_id: UUID) -> Person:
    """A client-side person. Raises `NotKnownYet` (422, tried again) before their first event."""
    row = (await session.execute(_PERSON, {"id": person_id})).one_or_none()
    if row is None:
        raise NotKnownYet("user", person_id)
    return Person(row.id, row.name, row.language, row.email)


async def require_members(
    session: AsyncSession, engagement_id: UUID, member_ids: Sequence[UUID]
) -> None:
    """Raise `NotKnownYet` (422, tried again) unless all these places of a team are known."""
    asked = {"engagement": engagement_id, "ids": list(member_ids)}
    unknown = await session.scalar(_UNKNOWN, asked)
    if unknown is not None:
        raise NotKnownYet("member", unknown)


async def live_members(
    session: AsyncSession, engagement_id: UUID, roles: Sequence[str], day: date
) -> list[Person]:
    """The client-side members in these roles who are on the team that day."""
    rows = await session.execute(
        _LIVE, {"engagement": engagement_id, "roles": list(roles), "day": day}
    )
    return [Person(row.id, row.name, row.language, row.email, row.role) for row in rows]


async def responsible(session: AsyncSession, client_id: UUID, engagement_id: UUID | None) -> Any:
    """Who leads an engagement and who answers for the client: director, consulting PM, owner."""
    owner = await session.scalar(_CLIENT_OWNER, {"id": client_id})
    leaders = None
    if engagement_id is not None:
        leaders = (await session.execute(_LEADERS, {"id": engagement_id})).one_or_none()
    return {
        "director": leaders.director_id if leaders else None,
        "consulting_pm": leaders.consulting_pm_id if leaders else None,
        "client_owner": owner,
    }
