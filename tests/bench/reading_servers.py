"""The two servers the reading bench compares: the floor, and readings as in production.

Run as `python -m tests.bench.reading_servers floor|readings PORT`, with DSNs and the public key
in the environment.
"""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import asyncpg
import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from shared import problems
from shared.database import Database, Dsns
from shared.identity import Verifier
from shared.middleware import Gate
from shared.reading import instant, mount
from tests.shared.reading.sample import POLICY, READINGS

POOL = 8
_COLUMNS = f"""l.id, l.number, l.status, l.title,
 CASE WHEN l.owner_id IS NOT NULL THEN
 json_build_object('id', l.owner_id, 'name', o.name) END owner,
 l.severity, CASE WHEN l.fee_minor IS NOT NULL THEN
 json_build_object('amount_minor', l.fee_minor, 'currency', l.fee_currency) END fee, l.tags,
 {instant("l.due_at")} due_at, {instant("l.due_at")} urgency, l.lent_on,
 {instant("l.updated_at")} updated_at, l.version"""
_FROM = "FROM loans l LEFT JOIN owners o ON o.id = l.owner_id"
_ROW = f"SELECT row_to_json(t)::text FROM (SELECT {_COLUMNS} {_FROM} WHERE l.id = $1) t"
_LIST = (
    f"SELECT json_agg(t)::text FROM (SELECT {_COLUMNS} {_FROM} "
    "ORDER BY l.updated_at DESC, l.id DESC LIMIT 50) t"
)


async def _no_reset(_: asyncpg.Connection) -> None:
    """The floor pays no round trip that readings do not pay."""


def floor() -> Starlette:
    """Starlette, asyncpg and JSON from PostgreSQL; nobody is asked who they are."""
    state: dict[str, Any] = {}

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with asyncpg.create_pool(
            os.environ["FIRM_DSN"], min_size=POOL, max_size=POOL, reset=_no_reset
        ) as pool:
            state["pool"] = pool
            yield

    async def one(request: Request) -> Response:
        async with state["pool"].acquire() as connection:
            body = await connection.fetchval(_ROW, UUID(request.path_params["id"]))
        return Response(body, media_type="application/json")

    async def many(request: Request) -> Response:
        async with state["pool"].acquire() as connection:
            body = await connection.fetchval(_LIST)
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route("/loans", many), Route("/loans/{id}", one)], lifespan=lifespan)


def readings() -> FastAPI:
    """The sample readings behind everything a service puts in front of them."""
    dsn = os.environ["FIRM_DSN"]
    database = Database(Dsns("", dsn, dsn, dsn), pool_size=POOL)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await database.open()
        yield
        await database.close()

    app = FastAPI(lifespan=lifespan, openapi_url=None)
    mount(app, READINGS, POLICY)
    problems.install(app)
    verifier = Verifier(os.environ["PUBLIC_KEY"], "sample")
    app.state.runtime = SimpleNamespace(database=database, verifier=verifier)
    app.add_middleware(Gate, places=POOL, request_seconds=15.0, max_body_bytes=1_000_000)
    return app


if __name__ == "__main__":
    made: Any = floor() if sys.argv[1] == "floor" else readings()
    uvicorn.run(made, port=int(sys.argv[2]), log_level="warning", access_log=False)
