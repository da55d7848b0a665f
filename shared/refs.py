"""What a service knows of clients and people by event: `client_refs` and `user_refs`.

Projections, never the truth; the newest state wins. A service that keeps both tables subscribes

    Subscription(ClientState, take_over_client, tables=("client_refs",))
    Subscription(UserState, take_over_user, tables=("user_refs",))
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.clients import ClientState
from shared.contracts.gateway import UserState
from shared.errors import NotKnownYet
from shared.events import Envelope
from shared.writing import RowKind, append, context_of, fetch, fetch_one

_LANGUAGES = frozenset({"en", "zh"})
_CLIENTS = RowKind(
    "INSERT INTO client_refs (id, number, name, short_name, archived, merged_into_id, epoch, "
    "version) SELECT id, number, name, short_name, archived, merged_into_id, epoch, version "
    "FROM json_populate_recordset(NULL::client_refs, {rows}) "
    "ON CONFLICT (id) DO UPDATE SET number = excluded.number, name = excluded.name, "
    "short_name = excluded.short_name, archived = excluded.archived, "
    "merged_into_id = excluded.merged_into_id, epoch = excluded.epoch, "
    "version = excluded.version WHERE (excluded.epoch, excluded.version) "
    "> (client_refs.epoch, client_refs.version)"
)
_USERS = RowKind(
    "INSERT INTO user_refs (id, name, side, roles, client_id, active, deactivated, language, "
    "epoch, version) "
    "SELECT id, name, side, roles, client_id, active, deactivated, language, epoch, version "
    "FROM json_populate_recordset(NULL::user_refs, {rows}) "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, side = excluded.side, "
    "roles = excluded.roles, client_id = excluded.client_id, active = excluded.active, "
    "deactivated = excluded.deactivated, language = excluded.language, "
    "epoch = excluded.epoch, version = excluded.version "
    "WHERE (excluded.epoch, excluded.version) > (user_refs.epoch, user_refs.version)"
)
# Followed as far as the acting role may see; of a pair told in the wrong order not for ever.
_WAY = (
    "WITH RECURSIVE way AS (SELECT id, merged_into_id, 0 AS step FROM client_refs WHERE id = $1"
    " UNION ALL SELECT c.id, c.merged_into_id, w.step + 1 FROM client_refs c"
    " JOIN way w ON c.id = w.merged_into_id WHERE w.step < 100)"
)
_STANDING = f"{_WAY} SELECT id FROM way ORDER BY step DESC LIMIT 1"
_KNOWN_CLIENT = (
    f"{_WAY} SELECT c.id, c.name, c.short_name, c.archived FROM way JOIN client_refs c USING (id)"
    " ORDER BY step DESC LIMIT 1"
)
_KNOWN_USER = (
    "SELECT id, name, side, roles, client_id, active, deactivated, language FROM user_refs"
    " WHERE id = $1"
)
_NAMES = "SELECT id, name FROM user_refs WHERE id = ANY($1)"
LONGEST_WAIT = 0.5
_PAUSE = 0.05


@dataclass(frozen=True)
class KnownClient:
    """A client, as far as the service knows it."""

    id: UUID
    name: str
    short_name: str | None
    archived: bool


@dataclass(frozen=True)
class KnownUser:
    """A person, as far as the service knows them.

    Whoever is neither `active` nor `deactivated` was invited and has not come yet.
    """

    id: UUID
    name: str
    side: str
    roles: tuple[str, ...]
    client_id: UUID | None
    active: bool
    deactivated: bool
    language: str


async def arrived(
    session: AsyncSession, query: str, record_id: UUID, what: str
) -> Mapping[str, Any]:
    """The row that `query` finds by the id `$1`, waiting up to half a second for its first event.

    Raises `NotKnownYet` (422, retryable), naming `what`.
    """
    for _ in range(round(LONGEST_WAIT / _PAUSE) + 1):
        found: Mapping[str, Any] | None = await fetch_one(session, query, record_id)
        if found is not None:
            return found
        await asyncio.sleep(_PAUSE)
    raise NotKnownYet(what, record_id)


async def known_client(session: AsyncSession, client_id: UUID) -> KnownClient:
    """The client, or the one that it became part of, waiting half a second for its first event.

    Raises `NotKnownYet` (422, retryable).
    """
    return KnownClient(**await arrived(session, _KNOWN_CLIENT, client_id, "client"))


async def standing_client(session: AsyncSession, client_id: UUID) -> UUID:
    """The client that this one became part of; itself, where nothing else was heard."""
    found = await fetch_one(session, _STANDING, client_id)
    return client_id if found is None else found["id"]


async def known_user(session: AsyncSession, user_id: UUID) -> KnownUser:
    """The person, waiting up to half a second for their first event; firm-side callers only.

    Raises `NotKnownYet` (422, retryable).
    """
    found = await arrived(session, _KNOWN_USER, user_id, "user")
    return KnownUser(**{**found, "roles": tuple(found["roles"])})


def spoken(language: str) -> str:
    """The language to write to somebody in: theirs where it is one of ours, else English."""
    return language if language in _LANGUAGES else "en"


async def names_of(session: AsyncSession, user_ids: set[UUID]) -> dict[UUID, str]:
    """The names of the people among `user_ids` whom the acting role may see."""
    actor = context_of(session).actor
    names = {actor.user_id: actor.name}
    if others := user_ids - names.keys():
        names |= {row["id"]: row["name"] for row in await fetch(session, _NAMES, list(others))}
    return names


async def take_over_client(session: AsyncSession, envelope: Envelope[ClientState]) -> None:
    """Remember a client as its newest event has it."""
    state = envelope.state
    columns = {
        "id": state.id,
        "number": state.number,
        "name": state.legal_name,
        "short_name": state.short_name,
        "archived": state.archived_at is not None,
        "merged_into_id": state.merged_into_id,
        "epoch": envelope.epoch,
        "version": envelope.version,
    }
    append(session, _CLIENTS, columns)


async def take_over_user(session: AsyncSession, envelope: Envelope[UserState]) -> None:
    """Remember a person as their newest event has them."""
    state = envelope.state
    columns = {
        "id": state.id,
        "name": state.name,
        "side": state.side,
        "roles": list(state.roles),
        "client_id": state.client_id,
        "active": state.status == "active",
        "deactivated": state.status == "deactivated",
        "language": spoken(state.language),
        "epoch": envelope.epoch,
        "version": envelope.version,
    }
    append(session, _USERS, columns)
