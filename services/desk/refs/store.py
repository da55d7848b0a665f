"""Every statement about the projections of clients and users."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.refs.tables import ClientRef, UserRef
from shared.errors import NotKnownYet

LONGEST_WAIT = 0.5
_PAUSE = 0.05


@dataclass(frozen=True)
class KnownClient:
    """What the desk knows of a client."""

    id: UUID
    name: str
    archived: bool


@dataclass(frozen=True)
class KnownUser:
    """What the desk knows of a person."""

    id: UUID
    name: str
    side: str
    roles: tuple[str, ...]
    client_id: UUID | None
    active: bool
    language: str


async def known_client(session: AsyncSession, client_id: UUID) -> KnownClient:
    """The client, waiting up to half a second for its first event.

    Raises `NotKnownYet` (422, retryable).
    """
    query = select(ClientRef.id, ClientRef.name, ClientRef.archived).where(
        ClientRef.id == client_id  # type: ignore[arg-type]
    )
    for _ in range(round(LONGEST_WAIT / _PAUSE) + 1):
        found = (await session.execute(query)).one_or_none()
        if found is not None:
            return KnownClient(*found)
        await asyncio.sleep(_PAUSE)
    raise NotKnownYet("client", client_id)


async def known_user(session: AsyncSession, user_id: UUID) -> KnownUser:
    """The person, waiting up to half a second for their first event; firm-side callers only.

    Raises `NotKnownYet` (422, retryable).
    """
    for _ in range(round(LONGEST_WAIT / _PAUSE) + 1):
        found = await session.get(UserRef, user_id)
        if found is not None:
            return KnownUser(
                found.id,
                found.name,
                found.side,
                tuple(found.roles),
                found.client_id,
                found.active,
                found.language,
            )
        await asyncio.sleep(_PAUSE)
    raise NotKnownYet("user", user_id)


async def names_of(session: AsyncSession, user_ids: set[UUID]) -> dict[UUID, str]:
    """The names of the people among `user_ids` whom the acting role may see."""
    rows = await session.execute(
        select(UserRef.id, UserRef.name).where(UserRef.id.in_(user_ids))  # type: ignore[attr-defined]
    )
    return dict(rows.tuples().all())


async def client_name(session: AsyncSession, client_id: UUID) -> str:
    """The name of a known client."""
    name = await session.scalar(
        text("SELECT name FROM client_refs WHERE id = :id"), {"id": client_id}
    )
    return str(name)
