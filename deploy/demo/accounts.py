"""Accounts of the demonstration, entered in the gateway's database.

By way of the gateway's own actions, because its API rightly refuses the public password.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from deploy.demo.people import PASSWORD, Person
from gateway.identity.passwords import Passwords
from gateway.sessions.store import set_password
from gateway.users.actions import activate_user, create_user
from gateway.users.schemas import UserIn
from gateway.users.store import client_known, user_by_email
from shared.clock import utc_now
from shared.database import Database


async def enter(
    database: Database, people: Sequence[Person], clients: Mapping[str, UUID]
) -> dict[str, UUID]:
    """Enter those who are not there yet, able to sign in; returns everybody's id by address."""
    password_hash = await Passwords(demo=True).hash(PASSWORD)
    ids = {}
    for person in people:
        async with database.worker_session() as session:
            user = await user_by_email(session, person.email)
            if user is None:
                user = await create_user(session, UserIn(**_fields(person, clients)))
                await activate_user(session, user)
                await set_password(session, user.id, password_hash, utc_now())
            ids[person.email] = user.id
    return ids


async def knows(database: Database, client_id: UUID) -> bool:
    """Whether the gateway has heard of a client yet."""
    async with database.worker_session() as session:
        return await client_known(session, client_id)


def _fields(person: Person, clients: Mapping[str, UUID]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "email": person.email,
        "name": person.name,
        "title": person.title,
        "side": "client" if person.client else "firm",
        "roles": list(person.roles),
    }
    if person.client:
        fields["client_id"] = clients[person.client]
    if person.left:
        now = utc_now()
        fields |= {"client_since": now - timedelta(days=400), "client_until": now}
    return fields
