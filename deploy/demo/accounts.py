"""Accounts of the demonstration, entered in the gateway's database.

By way of the gateway's own actions, because its API rightly refuses the public password.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from deploy.demo.people import PASSWORD, Person
from gateway.identity.passwords import Passwords
from gateway.sessions.store import set_password
from gateway.users.actions import activate_user, create_user
from gateway.users.schemas import UserIn
from gateway.users.store import user_by_email
from shared.clock import utc_now
from shared.database import Database

CAME_DAYS_AGO: Final = 400


async def enter(
    database: Database, people: Iterable[Person], clients: Mapping[str, str], anchor: datetime
) -> dict[str, str]:
    """Enter those who are not there yet, able to sign in; returns everybody's id by address.

    `clients` gives the ids of clients by name; as history, because the people were there before.
    """
    password_hash = await Passwords(demo=True).hash(PASSWORD)
    ids = {}
    for person in people:
        async with database.worker_session() as session:
            user = await user_by_email(session, person.email)
            if user is None:
                user = await create_user(session, UserIn(**_fields(person, clients, anchor)))
                await activate_user(session, user)
                await set_password(session, user.id, password_hash, utc_now())
            ids[person.email] = str(user.id)
    return ids


def _fields(person: Person, clients: Mapping[str, str], anchor: datetime) -> dict[str, Any]:
    came = anchor - timedelta(days=CAME_DAYS_AGO)
    fields: dict[str, Any] = {
        "email": person.email,
        "name": person.name,
        "title": person.title,
        "language": person.language,
        "side": "client" if person.client else "firm",
        "roles": list(person.roles),
        "occurred_at": came,
    }
    if person.client:
        fields |= {"client_id": clients[person.client], "client_since": came}
    return fields
