"""A served sample service over real PostgreSQL, and people of both sides who read from it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from shared import problems
from shared.database import Database, Dsns
from shared.identity import HEADER, Actor, Side, Signer, Verifier, generate_keys
from shared.ids import new_id
from shared.reading import mount
from shared.text import search_vector_lexemes
from tests.shared.reading.sample import DDL, POLICY, READINGS
from tests.support.engines import Engines

HUAXIN, HENGDA = new_id(), new_id()
AGENT = Actor(new_id(), "Agent", Side.FIRM, frozenset({"agent"}))
ADMIN = Actor(new_id(), "Admin", Side.FIRM, frozenset({"admin"}))
CLIENT = Actor(new_id(), "Li", Side.CLIENT, client_id=HUAXIN)
STRANGER = Actor(new_id(), "Wang", Side.CLIENT, client_id=HENGDA)
LEFT = Actor(CLIENT.user_id, "Li", Side.CLIENT)
PRIVATE, PUBLIC = generate_keys()
Insert = Callable[..., Awaitable[UUID]]


@dataclass
class Reader:
    """Asks the sample service as one person or another."""

    client: httpx.AsyncClient
    app: FastAPI
    database: Database

    async def get(self, path: str, actor: Actor = AGENT, **options: Any) -> httpx.Response:
        """A GET with the actor's signed token."""
        headers = options.pop("headers", {}) | {HEADER: Signer(PRIVATE).sign(actor, "sample")}
        return await self.client.get(path, headers=headers, **options)

    async def ids(self, path: str, actor: Actor = AGENT) -> list[str]:
        """The ids of a page."""
        answer = await self.get(path, actor)
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["items"]]


@pytest.fixture(scope="module")
def dsns(engines: Engines) -> Iterator[Dsns]:
    """The sample database, one per test module."""
    made = engines.empty_database("sample")
    asyncio.run(_create(made.owner))
    yield made
    engines.drop(made)


async def _create(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    for statement in DDL:
        await connection.execute(statement)
    await connection.close()


@pytest.fixture
async def owner(dsns: Dsns) -> AsyncIterator[asyncpg.Connection]:
    """A connection that may write; the tables start empty."""
    connection = await asyncpg.connect(dsns.owner)
    await connection.execute("TRUNCATE loans, notes, owners, moved")
    yield connection
    await connection.close()


@pytest.fixture
def loan(owner: asyncpg.Connection) -> Insert:
    """Inserts a loan from keyword values, with sensible others, and gives its id."""
    count = 0

    async def insert(**values: Any) -> UUID:
        nonlocal count
        count += 1
        row: dict[str, Any] = {
            "id": new_id(),
            "number": f"L-{count:06}",
            "status": "open",
            "title": f"Loan {count}",
            "client_id": HUAXIN,
            "requester_id": CLIENT.user_id,
        } | values
        lexemes = search_vector_lexemes(row["title"], row["number"])
        places = ", ".join(f"${at}" for at in range(1, len(row) + 1))
        await owner.execute(
            f"INSERT INTO loans ({', '.join(row)}, search) "
            f"VALUES ({places}, array_to_tsvector(${len(row) + 1}::text[]))",
            *row.values(),
            lexemes,
        )
        made: UUID = row["id"]
        return made

    return insert


@pytest.fixture
async def reader(dsns: Dsns) -> AsyncIterator[Reader]:
    """The served readings."""
    database = Database(dsns, pool_size=4)
    await database.open()
    app = FastAPI()

    @app.get("/loans/export")
    async def export() -> str:
        return "exported"

    @app.patch("/loans/{id}")
    async def change(id: UUID) -> str:
        return "changed"

    mount(app, READINGS, POLICY)
    problems.install(app)
    app.state.runtime = SimpleNamespace(database=database, verifier=Verifier(PUBLIC, "sample"))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        yield Reader(client, app, database)
    await database.close()
