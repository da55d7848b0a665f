"""Every statement about people, their affiliations and the clients they may be with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from gateway.users.rules import PersonErased
from gateway.users.tables import Affiliation, User
from shared.errors import NotFound
from shared.text import search_vector_lexemes, sort_name
from shared.writing import RowKind, append

LIVE_CLIENT: Final = (
    "(SELECT a.client_id FROM affiliations a WHERE a.user_id = u.id AND a.since <= now()"
    " AND (a.until IS NULL OR a.until > now()) ORDER BY a.since DESC LIMIT 1)"
)
"""The client that user `u` is with now, as SQL."""
_CLIENTS: Final = RowKind(
    "INSERT INTO client_refs (id, number, name, archived, owner_id)"
    " SELECT id, number, name, archived, owner_id"
    " FROM json_populate_recordset(NULL::client_refs, {rows}) ON CONFLICT (id) DO UPDATE SET"
    " number = excluded.number, name = excluded.name, archived = excluded.archived,"
    " owner_id = excluded.owner_id"
)


async def lock_user(session: AsyncSession, user_id: UUID) -> User:
    """The person, held for change. Raises `NotFound` (404), `PersonErased` (409)."""
    user = await lock_anyone(session, user_id)
    if user.email is None:
        raise PersonErased()
    return user


async def lock_anyone(session: AsyncSession, user_id: UUID) -> User:
    """The person, erased or not, held. Raises `NotFound` (404)."""
    found = await session.execute(select(User).where(col(User.id) == user_id).with_for_update())
    user = found.scalar_one_or_none()
    if user is None:
        raise NotFound()
    return user


async def user_by_email(session: AsyncSession, email: str) -> User | None:
    """The person with that address."""
    found = await session.execute(select(User).where(col(User.email) == email.lower()))
    return found.scalar_one_or_none()


async def live_affiliation(
    session: AsyncSession, user_id: UUID, now: datetime
) -> Affiliation | None:
    """The time with a client that contains `now`, the latest one where several do."""
    found = await session.execute(
        select(Affiliation)
        .where(
            col(Affiliation.user_id) == user_id,
            col(Affiliation.since) <= now,
            col(Affiliation.until).is_(None) | (col(Affiliation.until) > now),
        )
        .order_by(col(Affiliation.since).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


async def coming_affiliation(
    session: AsyncSession, user_id: UUID, now: datetime
) -> Affiliation | None:
    """The next time with a client, which has not begun and was not given up."""
    found = await session.execute(
        select(Affiliation)
        .where(
            col(Affiliation.user_id) == user_id,
            col(Affiliation.since) > now,
            col(Affiliation.until).is_(None) | (col(Affiliation.until) > col(Affiliation.since)),
        )
        .order_by(col(Affiliation.since))
        .limit(1)
    )
    return found.scalar_one_or_none()


async def hold_administrators(session: AsyncSession) -> None:
    """Let whoever takes an administrator away take turns until they commit."""
    turn = text("SELECT pg_advisory_xact_lock(hashtextextended('administrators', 0))")
    await session.execute(turn)


async def other_administrators(session: AsyncSession, user_id: UUID) -> int:
    """How many active administrators there are besides this person."""
    count = await session.scalar(
        select(func.count())
        .select_from(User)
        .where(
            col(User.id) != user_id,
            col(User.status) == "active",
            col(User.roles).op("@>")(["admin"]),
        )
    )
    return int(count or 0)


async def index_user(session: AsyncSession, user: User) -> None:
    """Make the person findable by name, mail address and title, and listed where names stand."""
    await session.flush()
    lexemes = search_vector_lexemes(user.name, user.email, user.title)
    await session.execute(
        text(
            "UPDATE users SET search = array_to_tsvector(CAST(:lexemes AS text[])),"
            " sort_name = :sort_name WHERE id = :id"
        ),
        {"id": user.id, "lexemes": lexemes, "sort_name": sort_name(user.name)},
    )


async def client_archived(session: AsyncSession, client_id: UUID) -> bool | None:
    """Whether the client is archived, as its newest event has it; None when none has come."""
    asked = text("SELECT archived FROM client_refs WHERE id = :id")
    archived: bool | None = await session.scalar(asked, {"id": client_id})
    return archived


def save_client(session: AsyncSession, values: dict[str, Any]) -> None:
    """Remember a client as its newest event has it."""
    append(session, _CLIENTS, values)


async def everyone(
    session: AsyncSession, after: UUID | None, limit: int, ids: Collection[UUID] | None = None
) -> list[User]:
    """A page of all people (or those of `ids`) by id: for republishing their state."""
    statement = select(User).order_by(col(User.id)).limit(limit)
    if ids is not None:
        statement = statement.where(col(User.id).in_(ids))
    if after is not None:
        statement = statement.where(col(User.id) > after)
    return list((await session.execute(statement)).scalars())
