"""Accounts of the demonstration, come about as on any instance: the first administrator follows the
invitation of an empty instance, enters everybody as history and invites them by mail."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from deploy.demo.door import ADMINISTRATOR, Door
from deploy.demo.people import PEOPLE, Person, handle
from deploy.supervisor.home import CannotStart

CAME_DAYS_AGO: Final = 400
MAIL_SECONDS: Final = 60.0
PAUSE_SECONDS: Final = 0.2


async def open_office(door: Door, invitation: str | None) -> None:
    """Let the administrator in by the first invitation; None when somebody is there already."""
    person = next(each for each in PEOPLE if handle(each.email) == ADMINISTRATOR)
    if invitation is not None:
        await door.come_in(invitation, name=person.name)
    me = (await door.get("/me"))["user"]
    door.ids[ADMINISTRATOR] = me["id"]
    title = {"title": person.title}
    path = f"/users/{me['id']}"
    version = me["version"]
    await door.write(f"title {path}", path, title, who=ADMINISTRATOR, at=None, version=version)


async def enter(
    door: Door, people: Iterable[Person], clients: Mapping[str, str], anchor: datetime
) -> None:
    """Enter those who are not there yet, and let in who never came; the door knows them then.

    `clients` gives the ids of clients by name. Entered as history: they were there before.
    """
    came = anchor - timedelta(days=CAME_DAYS_AGO)
    known = {user["email"]: user for user in (await door.get("/users", limit="200"))["items"]}
    missing = [person for person in people if person.email not in known]
    made = await asyncio.gather(*(_enter(door, person, clients, came) for person in missing))
    ids = {email: user["id"] for email, user in known.items()}
    ids |= {person.email: identifier for person, identifier in zip(missing, made, strict=True)}
    door.ids |= {handle(email): identifier for email, identifier in ids.items()}
    never_came = [email for email, user in known.items() if user["status"] == "invited"]
    await _let_in(door, {email: ids[email] for email in (*never_came, *(p.email for p in missing))})


async def _enter(door: Door, person: Person, clients: Mapping[str, str], came: datetime) -> str:
    fields: dict[str, Any] = {
        "email": person.email,
        "name": person.name,
        "title": person.title,
        "language": person.language,
        "side": "client" if person.client else "firm",
        "roles": list(person.roles),
    }
    if person.client:
        fields |= {"client_id": clients[person.client], "client_since": came.isoformat()}
    return await door.write(f"account {person.email}", "/users", fields, who=ADMINISTRATOR, at=came)


async def _let_in(door: Door, ids: Mapping[str, str]) -> None:
    """Invite people, by address, and follow the links as the mails arrive."""
    old = {mail["id"] for mail in await door.mails()}
    await asyncio.gather(
        *(door.ask(f"/users/{each}/invite", who=ADMINISTRATOR) for each in ids.values())
    )
    waiting = set(ids)
    deadline = time.monotonic() + MAIL_SECONDS
    while waiting:
        arrived = {
            mail["to"]: mail["text"]
            for mail in await door.mails()
            if mail["id"] not in old and mail["to"] in waiting
        }
        await asyncio.gather(*(door.come_in(text) for text in arrived.values()))
        waiting -= arrived.keys()
        if waiting and time.monotonic() > deadline:
            raise CannotStart(f"no invitation has arrived for {', '.join(sorted(waiting))}")
        await asyncio.sleep(PAUSE_SECONDS)
