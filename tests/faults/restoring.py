"""A service's database copied, and set back to the copy later, while everything else goes on."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from deploy.supervisor.home import Home
from shared.provision import database_name, provision, role_name

OLDER: Final = "older_copy"


async def copy_database(home: Home, service: str) -> None:
    """Keep a copy of the database as it is now; its connections break off meanwhile."""
    name = database_name(service)
    async with _Admin(home) as admin:
        await _shut(admin, name)
        await admin.execute(
            f'CREATE DATABASE "{OLDER}" TEMPLATE "{name}" OWNER "{role_name(service, "owner")}"'
        )
        await admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


async def set_back(home: Home, service: str) -> None:
    """Put the copy in the database's place, as a restore from a backup would."""
    name = database_name(service)
    async with _Admin(home) as admin:
        await _shut(admin, name)
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await admin.execute(f'ALTER DATABASE "{OLDER}" RENAME TO "{name}"')
    await provision(home.state()["postgres_url"], service, home.secrets().service_password)


async def connect(home: Home, service: str) -> asyncpg.Connection:
    """A connection to a service's database as the superuser."""
    database = urlsplit(home.state()["postgres_url"])._replace(path=f"/{database_name(service)}")
    return await asyncpg.connect(urlunsplit(database))


async def _shut(admin: asyncpg.Connection, name: str) -> None:
    await admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    await admin.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1", name
    )


class _Admin:
    """A superuser's connection for the length of a block."""

    def __init__(self, home: Home) -> None:
        self._dsn = str(home.state()["postgres_url"])

    async def __aenter__(self) -> asyncpg.Connection:
        self._connection = await asyncpg.connect(self._dsn)
        return self._connection

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()
