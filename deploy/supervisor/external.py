"""Looks whether an engine that we are told of is there, before anything is started for it."""

from __future__ import annotations

import asyncio
import socket
from typing import Final
from urllib.parse import urlsplit

import asyncpg

from deploy.supervisor.home import CannotStart

PATIENCE_SECONDS: Final = 10.0
_POSTGRES: Final = "RAPPORT_POSTGRES_URL"
_NATS: Final = "RAPPORT_NATS_URL"
_UNFIT: Final = (
    "SELECT datname, datctype, pg_encoding_to_char(encoding) AS encoding FROM pg_database"
    " WHERE (datname = 'template1' OR datname LIKE 'rapport\\_%') AND (encoding <> 6"
    " OR datlocprovider = 'c' AND datctype IN ('C', 'POSIX')) ORDER BY datname LIMIT 1"
)
"""Where letters are ASCII's alone (6 is UTF-8), similar Chinese names are never found."""
_MEND: Final = {
    _POSTGRES: "set it to postgresql://user:password@host:5432/postgres of a superuser",
    _NATS: "set it to nats://user:password@host:4222",
}


def check_postgres(url: str) -> None:
    """Raise `CannotStart` unless a PostgreSQL that knows all letters lets us in at `url`.

    Blocking, 10 seconds at most.
    """
    try:
        unfit = asyncio.run(_unfit(url))
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise _refused(_POSTGRES, "PostgreSQL", error) from error
    if unfit is not None:
        raise CannotStart(
            f"{_POSTGRES} leads to a PostgreSQL whose database {unfit['datname']} knows no Chinese"
            f" (character type {unfit['datctype']}, encoding {unfit['encoding']}); make it with"
            " initdb --locale=C.UTF-8 --encoding=UTF8."
        )


async def _unfit(url: str) -> asyncpg.Record | None:
    connection = await asyncpg.connect(url, timeout=PATIENCE_SECONDS)
    try:
        return await connection.fetchrow(_UNFIT)
    finally:
        await connection.close()


def check_nats(urls: str) -> None:
    """Raise `CannotStart` unless a NATS server greets us at one of `urls`, parted by commas."""
    failed: Exception = ValueError("it is empty")
    for url in urls.split(","):
        try:
            _greeted(url.strip())
        except (OSError, ValueError) as error:
            failed = error
        else:
            return
    raise _refused(_NATS, "NATS", failed) from failed


def _greeted(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"nats", "tls"} or not parts.hostname:
        raise ValueError("it does not begin with nats://host")
    address = (parts.hostname, parts.port or 4222)
    with socket.create_connection(address, PATIENCE_SECONDS) as connection:
        if connection.recv(4) != b"INFO":
            raise ValueError("what answers there is something else")


def _refused(name: str, engine: str, error: Exception) -> CannotStart:
    # Only what the error says: the address itself holds a password.
    reason = str(error).partition("\n")[0] or "no answer in time"
    return CannotStart(
        f"{name} does not lead to {engine} ({reason}); {_MEND[name]},"
        f" or leave it out for the {engine} that comes with Rapport."
    )
