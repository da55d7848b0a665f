"""A small application on the kernel's edge, for tests of what happens around a route."""

from __future__ import annotations

import os
import signal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, FastAPI, UploadFile
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from shared import problems
from shared.concurrency import IfMatch, etag, require_version
from shared.database import Database, context_of
from shared.edge import ActorDep, SessionDep, allowed
from shared.errors import NotFound
from shared.idempotency import IdempotentRoute, shown_once, visible_on_replay
from shared.identity import HEADER, Actor, Signer, Verifier, generate_keys
from shared.ids import new_id
from shared.policy import EVERYONE, FIRM

PRIVATE_KEY, PUBLIC_KEY = generate_keys()
POLICY = {"thing:create": EVERYONE, "thing:edit": FIRM}
router = APIRouter(route_class=IdempotentRoute)


class NewThing(BaseModel):
    """What a caller sends."""

    name: str


async def insert(session: AsyncSession, name: str) -> UUID:
    """One row in `things`."""
    thing_id = new_id()
    await session.execute(
        text("INSERT INTO things (id, name) VALUES (:id, :name)"), {"id": thing_id, "name": name}
    )
    return thing_id


@router.post("/things", status_code=201, dependencies=[allowed("thing:create")])
async def create(body: NewThing, session: SessionDep, response: Response) -> dict[str, Any]:
    """Create a thing; the name `crash` kills the process once the row is committed."""
    thing_id = await insert(session, body.name)
    if body.name == "crash" and os.environ.get("CRASH"):
        kill = lambda: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
        context_of(session).after_commit.append(kill)
    response.headers["Location"] = f"/things/{thing_id}"
    return {"id": thing_id, "name": body.name}


@router.post(
    "/secrets",
    status_code=201,
    dependencies=[allowed("thing:create")],
    openapi_extra=shown_once("key"),
)
async def create_secret(session: SessionDep) -> dict[str, Any]:
    """An answer that holds a secret."""
    return {"id": await insert(session, "secret"), "key": "rk_very_secret"}


@router.post("/lots", status_code=201, dependencies=[allowed("thing:create")])
async def create_lot(names: list[str], session: SessionDep) -> list[UUID]:
    """An answer that is a list, empty when nothing was named."""
    return [await insert(session, name) for name in names]


@router.post("/uploads", status_code=201, dependencies=[allowed("thing:create")])
async def upload(file: UploadFile, session: SessionDep) -> dict[str, Any]:
    """An upload."""
    return {"id": await insert(session, file.filename or "")}


async def still_there(session: AsyncSession, actor: Actor, body: dict[str, Any]) -> None:
    """The record's own visibility check."""
    found = await session.scalar(
        text("SELECT 1 FROM things WHERE id = CAST(:id AS uuid)"), {"id": body["id"]}
    )
    if not found:
        raise NotFound()


@router.post(
    "/guarded",
    status_code=201,
    dependencies=[allowed("thing:create"), visible_on_replay(still_there)],
)
async def create_guarded(body: NewThing, session: SessionDep) -> dict[str, Any]:
    """A creation whose replay looks at the record again."""
    return {"id": await insert(session, body.name)}


class Change(BaseModel):
    """A new name."""

    name: str


@router.patch("/things/{thing_id}", dependencies=[allowed("thing:edit")])
async def edit(
    thing_id: UUID, body: Change, expected: IfMatch, session: SessionDep, actor: ActorDep
) -> Response:
    """An edit; the version is kept in the name, `7:name`."""
    name = await session.scalar(
        text("SELECT name FROM things WHERE id = :id FOR UPDATE"), {"id": thing_id}
    )
    version = int(name.partition(":")[0])

    async def theirs() -> dict[str, Any]:
        return {"name": name.partition(":")[2], "version": version}

    await require_version(expected, version, theirs)
    await session.execute(
        text("UPDATE things SET name = :name WHERE id = :id"),
        {"id": thing_id, "name": f"{version + 1}:{body.name}"},
    )
    return Response(status_code=204, headers={"ETag": etag(version + 1)})


def make_app(database: Database, public_key: str = PUBLIC_KEY) -> FastAPI:
    """The application on an open database."""
    app = FastAPI()
    app.state.runtime = SimpleNamespace(
        database=database,
        verifier=Verifier(public_key, "durable"),
        service=SimpleNamespace(policy=POLICY),
    )
    app.include_router(router, prefix="/api/v1")
    problems.install(app)
    return app


def identity(actor: Actor) -> dict[str, str]:
    """The headers with which the gateway would forward the actor's request."""
    return {HEADER: Signer(PRIVATE_KEY).sign(actor, "durable")}
