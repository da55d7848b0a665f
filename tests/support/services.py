"""A service under test: the real application over its real database and NATS, called by people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar
from uuid import UUID

import asyncpg
import httpx
from fastapi import FastAPI
from starlette.routing import BaseRoute

from shared.database import Dsns
from shared.identity import HEADER, Actor, Side, Signer, generate_keys
from shared.ids import new_id
from shared.settings import ServiceSettings

PRIVATE_KEY, PUBLIC_KEY = generate_keys()
MONDAY_TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""A working Monday, ten in the morning in Shanghai."""
Settings = TypeVar("Settings", bound=ServiceSettings)
WITHOUT_ADDRESS: Final = frozenset({"/answers"})
"""What is created there, whoever created it may not read."""
_ROUTES: Final[dict[str, list[BaseRoute]]] = {}


@dataclass
class TestClock:
    """A clock that the test moves."""

    __test__ = False
    now: datetime = MONDAY_TEN

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        """Let time pass."""
        self.now += timedelta(**parts)


def firm(name: str, *roles: str) -> Actor:
    """Somebody of the firm."""
    return Actor(user_id=new_id(), name=name, side=Side.FIRM, roles=frozenset(roles))


def client_side(name: str, client_id: UUID | None, language: str = "zh") -> Actor:
    """Somebody of a client."""
    return Actor(
        user_id=new_id(), name=name, side=Side.CLIENT, client_id=client_id, language=language
    )


def settings_for(
    kind: type[Settings], dsns: Dsns, nats_url: str, folder: Path, **more: Any
) -> Settings:
    """Settings of a service under test, its files below `folder`."""
    return kind(
        firm_dsn=dsns.firm,
        client_dsn=dsns.client,
        worker_dsn=dsns.worker,
        nats_url=nats_url,
        identity_public_key=PUBLIC_KEY,
        files_dir=folder / "files",
        anchor_dir=folder / "anchors",
        environment="test",
        **more,
    )


def with_known_routes(app: FastAPI) -> FastAPI:
    """The application with the routes of the first one of its service in this process.

    What a route takes depends on no setting; an application finds it out at its first request, for
    all of its routes, in a tenth of a second.
    """
    app.router.routes[:] = _ROUTES.setdefault(app.title, list(app.router.routes))
    return app


@dataclass(kw_only=True)
class Service:
    """A running service."""

    name: ClassVar[str]
    app: FastAPI
    dsns: Dsns
    clock: TestClock = field(default_factory=TestClock)

    async def call(
        self,
        actor: Actor,
        method: str,
        path: str,
        json: Any = None,
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> httpx.Response:
        """One request as `actor`; checks the status when given."""
        sent = {HEADER: Signer(PRIVATE_KEY).sign(actor, self.name), **(headers or {})}
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            response = await client.request(
                method, f"/api/v1{path}", json=json, headers=sent, **options
            )
        if status is not None:
            assert response.status_code == status, response.text
        if response.status_code == 201 and path not in WITHOUT_ADDRESS:
            made = f"/{response.json()['id']}"
            assert response.headers["Location"].endswith(made), "nobody learns where it is"
        return response

    async def rows(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """Rows as the worker sees them."""
        connection = await asyncpg.connect(self.dsns.worker)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    async def events(self) -> list[str]:
        """The types of all events so far, in order; the trail is sealed when it is, so apart."""
        rows = await self.rows("SELECT type FROM outbox WHERE aggregate <> 'audit' ORDER BY seq")
        return [row["type"] for row in rows]


@dataclass(kw_only=True)
class SharedService(Service):
    """A running service that several people use by turns."""

    async def get(self, actor: Actor, path: str, status: int = 200) -> Any:
        """The JSON of a GET."""
        return (await self.call(actor, "GET", path, status=status)).json()

    async def post(self, actor: Actor, path: str, json: Any = None, status: int = 200) -> Any:
        """The JSON of a POST."""
        return (await self.call(actor, "POST", path, json, status=status)).json()

    async def patch(
        self, actor: Actor, path: str, json: Any, version: int = 1, status: int = 200
    ) -> Any:
        """The JSON of a PATCH of that version."""
        headers = {"If-Match": f'"{version}"'}
        return (await self.call(actor, "PATCH", path, json, status=status, headers=headers)).json()


@dataclass
class TwoClients:
    """Huaxin and Hengda; whoever appears besides is an `Actor` of the cast that derives this."""

    huaxin: UUID = field(default_factory=new_id)
    hengda: UUID = field(default_factory=new_id)

    def everybody(self) -> list[Actor]:
        """All of the cast."""
        return [value for value in vars(self).values() if isinstance(value, Actor)]

    def is_active(self, actor: Actor) -> bool:
        """Whether the person can sign in; everybody, where the cast does not say otherwise."""
        return actor in self.everybody()


async def introduce(dsns: Dsns, cast: TwoClients) -> None:
    """Put the cast into the projections of a service, as events would."""
    connection = await asyncpg.connect(dsns.worker)
    await connection.executemany(
        "INSERT INTO client_refs (id, number, name, short_name, epoch, version)"
        " VALUES ($1, $2, $3, NULL, 1, 1)",
        [
            (cast.huaxin, "C-000001", "华信科技有限公司"),
            (cast.hengda, "C-000002", "恒达制造有限公司"),
        ],
    )
    await connection.executemany(
        "INSERT INTO user_refs (id, name, side, roles, client_id, active, language, epoch,"
        " version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 1)",
        [
            (
                actor.user_id,
                actor.name,
                str(actor.side),
                sorted(actor.roles),
                actor.client_id,
                cast.is_active(actor),
                actor.language,
            )
            for actor in cast.everybody()
        ],
    )
    await connection.close()
