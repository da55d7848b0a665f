"""Every statement about the projection of people."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.assigning import NotActive, acts
from shared.contracts.gateway import UserState
from shared.errors import NotKnownYet
from shared.events import Envelope
from shared.identity import SYSTEM_ID
from shared.naming import named_at
from shared.refs import arrived
from shared.writing import fetch_one

_SAVE: Final = text(
    "INSERT INTO user_refs (id, name, side, roles, active, client_id)"
    " VALUES (:id, :name, :side, CAST(:roles AS text[]), :active, :client_id)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, side = excluded.side,"
    " roles = excluded.roles, active = excluded.active, client_id = excluded.client_id"
)
_FIRM_NAME: Final = "SELECT name FROM user_refs WHERE id = $1 AND side = 'firm'"
_ACTIVE_NAME: Final = f"{_FIRM_NAME} AND active"

_UNKNOWN: Final = (
    "SELECT id FROM unnest($1::uuid[]) AS told (id) WHERE id <> $2"
    " AND id NOT IN (SELECT id FROM user_refs) AND id NOT IN (SELECT person_id FROM erasures)"
    " LIMIT 1"
)


async def take_over_user(session: AsyncSession, envelope: Envelope[UserState]) -> None:
    """Remember a person as their newest event has them."""
    state = envelope.state
    await session.execute(
        _SAVE,
        {
            "id": state.id,
            "name": state.name,
            "side": state.side,
            "roles": list(state.roles),
            "active": state.status == "active",
            "client_id": state.client_id,
        },
    )


async def require_known(session: AsyncSession, people: Iterable[UUID]) -> None:
    """Raise `NotKnownYet` (422, tried again) unless all these people were heard of, or erased."""
    unknown = await fetch_one(session, _UNKNOWN, list(people), SYSTEM_ID)
    if unknown is not None:
        raise NotKnownYet("user", unknown["id"])


async def firm_name(session: AsyncSession, user_id: UUID, what: str = "user") -> str:
    """The name of a person of the firm, waiting half a second for their first event.

    Raises `NotKnownYet` (422, retryable), also for people of the client side.
    """
    return str((await arrived(session, _FIRM_NAME, user_id, what))["name"])


async def owner_name(session: AsyncSession, user_id: UUID, pointer: str) -> str:
    """The name of an active person of the firm, waiting half a second to hear that they are.

    Raises `NotActive` and, as `firm_name` does, `NotKnownYet` (422), both naming the place.
    """
    with named_at(pointer):
        if acts(session, user_id):
            return await firm_name(session, user_id, "owner")
        try:
            return str((await arrived(session, _ACTIVE_NAME, user_id, "owner"))["name"])
        except NotKnownYet:
            if await fetch_one(session, _FIRM_NAME, user_id) is None:
                raise
            raise NotActive(pointer) from None


async def people_by_name(session: AsyncSession, names: list[str]) -> dict[str, UUID]:
    """Active people of the firm by name, those whose name is theirs alone."""
    rows = await session.execute(
        text(
            "SELECT name, (array_agg(id))[1] AS id FROM user_refs WHERE side = 'firm' AND active"
            " AND name = ANY(:names) GROUP BY name HAVING count(*) = 1"
        ),
        {"names": names},
    )
    return {row.name: row.id for row in rows}
