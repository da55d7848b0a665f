"""Letting in the first administrator, and the people of the demonstration firm.

Called by the command line and the supervisor, which stand outside the running processes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from gateway.identity.passwords import DEMO_PASSWORD, Passwords
from gateway.invitations.actions import invite
from gateway.sessions.store import set_password
from gateway.users.actions import activate_user, create_user
from gateway.users.schemas import Language, UserIn
from gateway.users.store import lock_user, user_by_email
from gateway.users.tables import User
from shared.database import Database, Dsns, context_of
from shared.identity import FirmRole, Side

FIRST_NAME: Final = "Administrator"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the demonstration: `client` is a key of the clients handed in, or None."""

    email: str
    name: str
    roles: tuple[FirmRole, ...] = ()
    client: str | None = None
    left: bool = False
    title: str | None = None
    language: Language = "zh"
    id: UUID | None = None


async def bootstrap_administrator(
    worker_dsn: str, public_url: str, *, email: str = "admin@localhost.localdomain"
) -> str | None:
    """Invite the first administrator of an empty installation; answers the one-time link.

    None when somebody can sign in already, or could. Asked again before the link was used, it
    answers a new link and the old one stops working.
    """
    async with _database(worker_dsn) as database, database.worker_session() as session:
        if await _somebody_came(session):
            return None
        user = await user_by_email(session, email)
        if user is None:
            body = UserIn(
                email=email, name=FIRST_NAME, side="firm", roles=[FirmRole.ADMIN], language="en"
            )
            user = await create_user(session, body)
        return await invite(session, await lock_user(session, user.id), public_url)


async def add_user(
    worker_dsn: str, public_url: str, *, email: str, name: str, roles: Sequence[FirmRole]
) -> str:
    """Enter a firm-side person from the command line; answers the invitation link.

    Raises `EmailTaken` (409).
    """
    async with _database(worker_dsn) as database, database.worker_session() as session:
        body = UserIn(email=email, name=name, side="firm", roles=list(roles))
        user = await create_user(session, body)
        return await invite(session, user, public_url)


async def add_demo_people(
    worker_dsn: str, people: Sequence[DemoPerson], clients: Mapping[str, UUID]
) -> dict[str, UUID]:
    """Enter the demonstration's people, active, with the public password; answers ids by address.

    People who exist already are left as they are. Only for demonstration mode: elsewhere their
    password is refused. Emits `UserInvited` and `UserActivated`, sends no mail.
    """
    password = await Passwords(demo=True).hash(DEMO_PASSWORD)
    ids = {}
    async with _database(worker_dsn) as database:
        for person in people:
            async with database.worker_session(historical=True) as session:
                user = await user_by_email(session, person.email)
                user = user or await _add_demo_person(session, person, clients, password)
                ids[person.email] = user.id
    return ids


async def _add_demo_person(
    session: AsyncSession, person: DemoPerson, clients: Mapping[str, UUID], password: str
) -> User:
    now = context_of(session).now
    body = UserIn(
        email=person.email,
        name=person.name,
        side="client" if person.client else "firm",
        roles=list(person.roles),
        client_id=clients[person.client] if person.client else None,
        client_since=now - timedelta(days=365),
        client_until=_ended(now) if person.left else None,
        title=person.title,
        language=person.language,
    )
    user = await create_user(session, body, user_id=person.id)
    await set_password(session, user.id, password, now)
    await activate_user(session, user)
    return user


def _ended(now: datetime) -> datetime:
    return now - timedelta(days=30)


async def _somebody_came(session: AsyncSession) -> bool:
    statement = (
        select(func.count())
        .select_from(User)
        .where(col(User.side) == Side.FIRM, col(User.status) != "invited")
    )
    return bool(await session.scalar(statement))


@asynccontextmanager
async def _database(worker_dsn: str) -> AsyncIterator[Database]:
    database = Database(Dsns("", worker_dsn, worker_dsn, worker_dsn), pool_size=2)
    await database.open()
    try:
        yield database
    finally:
        await database.close()
