"""Creates a service's database and its four roles; safe to run at every start.

Roles per service: `<svc>_owner` owns and migrates; `<svc>_firm`, `<svc>_client` and `<svc>_worker`
run. None of the three owns anything or bypasses row security.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from shared.database import Dsns
from shared.leakproof import mark_leakproof

RUNTIME_ROLES: Final = ("firm", "client", "worker")
STATEMENT_TIMEOUT_MS: Final = {"firm": 15_000, "client": 15_000, "worker": 120_000}


def database_name(service: str) -> str:
    """The database of a service."""
    return f"rapport_{service}"


def role_name(service: str, role: str) -> str:
    """The PostgreSQL role of a service for `owner`, `firm`, `client` or `worker`."""
    return f"{service}_{role}"


async def provision(
    admin_dsn: str,
    service: str,
    password: str,
    *,
    database: str | None = None,
    owner_password: str | None = None,
) -> Dsns:
    """Create roles and database where missing and return the four connection strings.

    `admin_dsn` is a superuser's; `password` is set on all four roles (the local engines' secret),
    except that the owner gets `owner_password` where a running service shall not know it.
    """
    name = database or database_name(service)
    connection = await asyncpg.connect(admin_dsn)
    try:
        await _ensure_role(connection, service, "owner", owner_password or password)
        for role in RUNTIME_ROLES:
            await _ensure_role(connection, service, role, password)
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            owner = role_name(service, "owner")
            await connection.execute(f'CREATE DATABASE "{name}" OWNER "{owner}"')
        await _restrict(connection, service, name)
        await mark_leakproof(admin_dsn, name)
    finally:
        await connection.close()
    return dsns_of(admin_dsn, service, password, name)


def dsns_of(admin_dsn: str, service: str, password: str, database: str) -> Dsns:
    """The four connection strings, derived from the administrator's."""

    def dsn(role: str) -> str:
        parts = urlsplit(admin_dsn)
        host = parts.hostname or "127.0.0.1"
        location = f"{role_name(service, role)}:{quote(password, safe='')}@{host}"
        if parts.port:
            location += f":{parts.port}"
        return urlunsplit(("postgresql", location, f"/{database}", parts.query, ""))

    return Dsns(*(dsn(role) for role in ("owner", *RUNTIME_ROLES)))


async def _ensure_role(
    connection: asyncpg.Connection, service: str, role: str, password: str
) -> None:
    name = role_name(service, role)
    secret = await connection.fetchval("SELECT quote_literal($1::text)", password)
    exists = await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name)
    verb = "ALTER" if exists else "CREATE"
    await connection.execute(
        f'{verb} ROLE "{name}" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS'
        f" PASSWORD {secret}"
    )
    if role in STATEMENT_TIMEOUT_MS:
        timeout = STATEMENT_TIMEOUT_MS[role]
        await connection.execute(f'ALTER ROLE "{name}" SET statement_timeout = {timeout}')
        await connection.execute(
            f'ALTER ROLE "{name}" SET idle_in_transaction_session_timeout = {timeout * 2}'
        )
    # The statistics-driven plans of short requests gain nothing from JIT and lose milliseconds.
    await connection.execute(f'ALTER ROLE "{name}" SET jit = off')
    # On solid-state disks a random read costs little more than the next one; the default of 4
    # makes the planner shun the text index for rare words (60 ms instead of 25 at 300,000 cases).
    await connection.execute(f'ALTER ROLE "{name}" SET random_page_cost = 1.1')


async def _restrict(connection: asyncpg.Connection, service: str, database: str) -> None:
    await connection.execute(f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC')
    for role in RUNTIME_ROLES:
        await connection.execute(
            f'GRANT CONNECT ON DATABASE "{database}" TO "{role_name(service, role)}"'
        )
