"""Databases as an earlier release left them, with rows that a later revision finds there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg

from shared.database import Dsns
from shared.ids import new_id
from shared.migrating import migrate


@asynccontextmanager
async def at_revision(service: str, dsns: Dsns, revision: str) -> AsyncIterator[asyncpg.Connection]:
    """The owner's connection to a service's database, brought to a revision."""
    await upgrade(service, dsns, revision)
    owner = await asyncpg.connect(dsns.owner)
    try:
        yield owner
    finally:
        await owner.close()


async def upgrade(service: str, dsns: Dsns, revision: str) -> None:
    """Bring a service's database to a revision."""
    await asyncio.to_thread(migrate, service, dsns.owner, revision)


async def put(owner: asyncpg.Connection, table: str, **values: Any) -> UUID:
    """Write a row as it is given; its new id."""
    row = {"id": new_id()} | values
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    await owner.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", *row.values())
    return UUID(str(row["id"]))
