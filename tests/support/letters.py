"""Dead letters in a running instance's databases, put there and looked at from outside."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from deploy.supervisor.home import Home
from deploy.supervisor.topology import Engines, dsns
from shared.contracts.clients import ClientRegistered
from shared.ids import new_id
from tests.contracts.examples import example

KEEPS_CLIENTS = "clients.client:take_over_client"


def asked(home: Path, service: str, statement: str, *values: Any) -> list[asyncpg.Record]:
    """Rows of a service's database, as its worker."""
    kept = Home(home)
    engines = Engines(kept.state()["postgres_url"], kept.state()["nats_url"])
    dsn = dsns(service, engines, kept.secrets()).worker

    async def ask() -> list[asyncpg.Record]:
        connection = await asyncpg.connect(dsn)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    # A loop of its own: a browser test's thread has one running already.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, ask()).result()


def bury(home: Path, *, name: str | None = "新客户有限公司") -> tuple[UUID, UUID]:
    """A letter of the desk about a client it does not know; its id and the client's."""
    letter, client = new_id(), new_id()
    state = {"id": str(client), "number": "C-000009", "legal_name": name}
    body = example(ClientRegistered) | {"id": str(new_id()), "subject": str(client), "data": state}
    message = orjson.dumps(body | {"epoch": 1, "version": 1, "subjectids": None}).decode()
    asked(
        home,
        "desk",
        "INSERT INTO dead_letters (id, publisher, subscription, type, aggregate_id, event_id,"
        " message, error) VALUES ($1, 'clients', $2, $3, $4, $5, $6, 'Poison: once too often')",
        letter, KEEPS_CLIENTS, body["type"], client, UUID(body["id"]), message,
    )  # fmt: skip
    return letter, client
