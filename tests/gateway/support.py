"""A real gateway on a real port, in front of a service that says what it received."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import asyncpg
import httpx
import uvicorn
from pwdlib.hashers.argon2 import Argon2Hasher

from gateway.app import create_app
from gateway.forwarding.door import Door
from gateway.forwarding.protocol import DoorProtocol
from gateway.sessions.store import set_password
from gateway.settings import GatewaySettings
from gateway.users.actions import activate_user, create_user
from gateway.users.schemas import UserIn
from gateway.users.store import user_by_email
from shared.clock import utc_now
from shared.database import Database, Dsns
from shared.identity import FirmRole
from shared.ids import new_id
from tests.gateway.echo import PRIVATE_KEY, PUBLIC_KEY, EchoService
from tests.support.plain import WITHOUT_TLS

PASSWORD = "rapport-demo"
_HASHED: Final = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Made cheaply: what a check costs is asked of what the gateway itself hashed."""


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can sign in: `client` is huaxin, hengda or None for the firm."""

    email: str
    name: str
    roles: tuple[FirmRole, ...] = ()
    client: str | None = None
    left: bool = False


HUAXIN, HENGDA = new_id(), new_id()

PEOPLE = (
    DemoPerson("admin@firm.example", "Admin", (FirmRole.ADMIN,)),
    DemoPerson("manager@firm.example", "Manager", (FirmRole.CLIENT_MANAGER,)),
    DemoPerson("consultant@firm.example", "Consultant", (FirmRole.CONSULTANT,)),
    DemoPerson("agent@firm.example", "Agent", (FirmRole.AGENT,)),
    DemoPerson("agent2@firm.example", "Agent Two", (FirmRole.AGENT,)),
    DemoPerson("ceo@huaxin.example", "华信总裁", client="huaxin"),
    DemoPerson("pm@huaxin.example", "华信经理", client="huaxin"),
    DemoPerson("left@huaxin.example", "离开者", client="huaxin", left=True),
    DemoPerson("pm@hengda.example", "恒达经理", client="hengda"),
)


@dataclass
class Served:
    """An ASGI application on a port of its own."""

    port: int
    server: uvicorn.Server
    task: asyncio.Task[None]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def stop(self) -> None:
        stop = getattr(self.server.config.app, "stop", None)
        if stop is not None:
            stop()
        self.server.should_exit = True
        await self.task


async def serve(app: Any, *, http: Any = "httptools", port: int = 0) -> Served:
    """Serve an application in this event loop until stopped."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    config = uvicorn.Config(
        app, http=http, ws="none", lifespan="auto", log_config=None, access_log=False,
        server_header=False, timeout_graceful_shutdown=1, proxy_headers=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment]
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        if task.done():
            task.result()
        await asyncio.sleep(0.01)
    return Served(listener.getsockname()[1], server, task)


@dataclass
class Gateway:
    """A running gateway under test."""

    served: Served
    door: Door
    dsns: Dsns
    echo: EchoService
    ids: dict[str, UUID]
    settings: GatewaySettings
    known: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.served.url

    @property
    def port(self) -> int:
        return self.served.port

    def client(self, **options: Any) -> httpx.AsyncClient:
        """An HTTP client of this gateway, with no cookies of others."""
        return httpx.AsyncClient(base_url=self.url, timeout=30, verify=WITHOUT_TLS, **options)

    async def token(self, email: str, password: str = PASSWORD) -> str:
        """A bearer token of a person."""
        async with self.client() as client:
            answer = await client.post(
                "/api/v1/auth/token",
                data={"grant_type": "password", "username": email, "password": password},
            )
            assert answer.status_code == 200, answer.text
            return str(answer.json()["access_token"])

    async def known_token(self, email: str) -> str:
        """A bearer token of a person, the same one each time."""
        if email not in self.known:
            self.known[email] = await self.token(email)
        return self.known[email]

    async def signed_in(self, email: str, password: str = PASSWORD) -> httpx.AsyncClient:
        """A client that sends the person's bearer token."""
        token = await self.token(email, password)
        return self.client(headers={"Authorization": f"Bearer {token}"})

    async def sql(self, statement: str, *values: Any) -> list[Any]:
        """Run a statement on the worker role."""
        connection = await asyncpg.connect(self.dsns.worker)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()


def settings_for(dsns: Dsns, nats_url: str, home: Path, **changes: Any) -> GatewaySettings:
    """Settings of a gateway under test."""
    values: dict[str, Any] = {
        "firm_dsn": dsns.firm, "client_dsn": dsns.client, "worker_dsn": dsns.worker,
        "nats_url": nats_url, "identity_public_key": PUBLIC_KEY,
        "identity_private_key": PRIVATE_KEY, "demo": True, "pool_size": 4,
        "files_dir": home / "files", "anchor_dir": home / "anchors", "web_dist": home / "dist",
        "mail_folder": home / "mail",
        "live_revocation_seconds": 1.0, "requests_per_second": 1_000,
    }  # fmt: skip
    return GatewaySettings(**(values | changes))


async def enter(
    dsns: Dsns, people: Sequence[DemoPerson], clients: Mapping[str, UUID]
) -> dict[str, UUID]:
    """Enter people who can sign in at once; those who exist already stay as they are."""
    database = Database(dsns, pool_size=2)
    await database.open()
    ids = {}
    for person in people:
        async with database.worker_session() as session:
            user = await user_by_email(session, person.email)
            if user is None:
                user = await create_user(session, _body(person, clients))
                await set_password(session, user.id, _HASHED, utc_now())
                await activate_user(session, user)
            ids[person.email] = user.id
    await database.close()
    return ids


def _body(person: DemoPerson, clients: Mapping[str, UUID]) -> UserIn:
    now = utc_now()
    return UserIn(
        email=person.email,
        name=person.name,
        side="client" if person.client else "firm",
        roles=list(person.roles),
        client_id=clients[person.client] if person.client else None,
        client_since=now - timedelta(days=365),
        client_until=now - timedelta(days=1) if person.left else None,
    )


@contextlib.asynccontextmanager
async def running(
    dsns: Dsns,
    nats_url: str,
    home: Path,
    people: Sequence[DemoPerson] = PEOPLE,
    **changes: Any,
) -> AsyncIterator[Gateway]:
    """A gateway with the people given, in front of the echo service."""
    clients = {"huaxin": HUAXIN, "hengda": HENGDA}
    connection = await asyncpg.connect(dsns.worker)
    for name, client_id in clients.items():
        await connection.execute(
            "INSERT INTO client_refs VALUES ($1, $2, $2) ON CONFLICT DO NOTHING", client_id, name
        )
    await connection.close()
    ids = await enter(dsns, people, clients)
    echo = EchoService()
    upstream = await serve(echo)
    changes.setdefault("services", {"clients": upstream.url})
    settings = settings_for(dsns, nats_url, home, **changes)
    door = create_app(settings)
    arrival = type("Protocol", (DoorProtocol,), {"arrival_seconds": settings.arrival_seconds})
    served = await serve(door, http=arrival)
    try:
        yield Gateway(served, door, dsns, echo, ids, settings)
    finally:
        await served.stop()
        await upstream.stop()
