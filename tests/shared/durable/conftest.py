"""A database that holds the shared tables and one to work on."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from shared.database import Database, Dsns
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.migrating import CONTEXT_FUNCTIONS, SHARED_TABLES

SERVICE = "durable"


async def create_tables(dsns: Dsns) -> None:
    """What `create_shared_tables` does, and a table to work on."""
    owner = await asyncpg.connect(dsns.owner)
    roles = ", ".join(f"{SERVICE}_{role}" for role in ("firm", "client", "worker"))
    for signature, body in CONTEXT_FUNCTIONS.items():
        await owner.execute(
            f"CREATE FUNCTION {signature} LANGUAGE sql STABLE AS $$ SELECT {body} $$"
        )
    await owner.execute(f"GRANT USAGE ON SCHEMA public TO {roles}")
    for name in SHARED_TABLES:
        for statement in importlib.import_module(name).DDL:
            await owner.execute(statement.replace("{service}", SERVICE))
    await owner.execute("CREATE TABLE things (id uuid PRIMARY KEY, name text, at timestamptz)")
    await owner.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON things TO {roles}")
    await owner.close()


@pytest.fixture
def dsns(empty_database: Callable[[str], Dsns]) -> Iterator[Dsns]:
    """Connection strings of a fresh database with the durable parts' tables."""
    made = empty_database(SERVICE)
    asyncio.run(create_tables(made))
    yield made


@pytest.fixture
async def database(dsns: Dsns) -> AsyncIterator[Database]:
    """Its open pools."""
    database = Database(dsns)
    await database.open()
    yield database
    await database.close()


def person(
    side: Side = Side.FIRM, *roles: str, user_id: UUID | None = None, client_id: UUID | None = None
) -> Actor:
    """Somebody who acts."""
    return Actor(
        user_id=user_id or new_id(),
        name="Li Wei",
        side=side,
        roles=frozenset(roles),
        client_id=client_id,
    )


@pytest.fixture
def agent() -> Actor:
    """A firm-side agent."""
    return person(Side.FIRM, "agent")


async def fetch(dsns: Dsns, statement: str, *values: Any) -> list[Any]:
    """Rows of a statement run by the owner."""
    connection = await asyncpg.connect(dsns.owner)
    try:
        return list(await connection.fetch(statement, *values))
    finally:
        await connection.close()
