"""The first person of an empty instance, who lets everybody else in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from deploy.supervisor.home import Home
from deploy.supervisor.topology import Engines, dsns
from gateway.invitations import actions as invitations
from gateway.users import store
from gateway.users.actions import create_user
from gateway.users.schemas import UserIn
from shared.database import Database
from shared.identity import FirmRole

EMAIL: Final = "admin@firm.example"
NAME: Final = "Administrator"


def invitation_link(home: Home, address: str) -> str | None:
    """A new invitation for the first administrator; None when there is an administrator already."""
    state = home.state()
    engines = Engines(state["postgres_url"], state["nats_url"])
    database = Database(dsns("gateway", engines, home.secrets()), pool_size=1)
    return asyncio.run(first_invitation(database, address))


async def first_invitation(database: Database, address: str) -> str | None:
    """The same on a gateway's database that is not open yet."""
    await database.open()
    try:
        async with database.worker_session() as session:
            administrators = await store.other_administrators(session, UUID(int=0))
        if administrators:
            return None
        return await invite(database, address, email=EMAIL, name=NAME, roles=["admin"])
    finally:
        await database.close()


async def invite(
    database: Database, address: str, *, email: str, name: str, roles: Sequence[str]
) -> str:
    """Enter a firm-side person where missing and return a fresh invitation link.

    Earlier invitations stop working. The mail goes out as well.
    """
    async with database.worker_session() as session:
        user = await store.user_by_email(session, email)
        if user is None:
            wanted = [FirmRole(role) for role in roles]
            user = await create_user(
                session, UserIn(email=email, name=name, side="firm", roles=wanted)
            )
        return await invitations.invite(session, user, address)
