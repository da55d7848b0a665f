"""The real registry over its real database and NATS, driven through HTTP by real identities."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.clients.app import create_app
from services.clients.settings import ClientsSettings
from shared.database import Dsns
from shared.identity import HEADER, Actor, Side, Signer, generate_keys
from shared.ids import new_id

PRIVATE_KEY, PUBLIC_KEY = generate_keys()
CODE = "91201164MAP3MR19AP"
OTHER_CODE = "91067884MAP56LNXFQ"


def firm(name: str, *roles: str) -> Actor:
    """Somebody of the firm."""
    return Actor(user_id=new_id(), name=name, side=Side.FIRM, roles=frozenset(roles))


@dataclass
class Registry:
    """The running registry and the people who use it."""

    app: FastAPI
    dsns: Dsns
    now: datetime = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    manager: Actor = field(default_factory=lambda: firm("林晓", "client_manager"))
    admin: Actor = field(default_factory=lambda: firm("Admin", "admin"))
    consultant: Actor = field(default_factory=lambda: firm("Consultant", "consultant"))
    agent: Actor = field(default_factory=lambda: firm("Agent", "agent"))
    client_pm: Actor = field(
        default_factory=lambda: Actor(new_id(), "陈", Side.CLIENT, client_id=new_id())
    )

    def clock(self) -> datetime:
        """The registry's clock."""
        return self.now

    def forward(self, **parts: float) -> None:
        """Let time pass."""
        self.now += timedelta(**parts)

    async def call(
        self,
        actor: Actor,
        method: str,
        path: str,
        json: Any = None,
        *,
        status: int | None = None,
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> httpx.Response:
        """One request as `actor`; checks the status when given."""
        identity = {HEADER: Signer(PRIVATE_KEY).sign(actor, "clients")}
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://clients") as client:
            response = await client.request(
                method,
                f"/api/v1{path}",
                json=json,
                headers=identity | (headers or {}),
                **options,
            )
        if status is not None:
            assert response.status_code == status, response.text
        return response

    async def get(self, path: str, status: int = 200) -> Any:
        """The JSON of a GET by the manager."""
        return (await self.call(self.manager, "GET", path, status=status)).json()

    async def post(self, path: str, json: Any = None, status: int = 200) -> Any:
        """The JSON of a POST by the manager."""
        return (await self.call(self.manager, "POST", path, json, status=status)).json()

    async def client(self, name: str = "华信科技有限公司", **fields: Any) -> dict[str, Any]:
        """A fresh client."""
        made: dict[str, Any] = await self.post(
            "/clients", {"legal_name": name, **fields}, status=201
        )
        return made

    async def rows(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """Rows as the worker sees them."""
        connection = await asyncpg.connect(self.dsns.worker)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    async def events(self) -> list[str]:
        """The types of all events so far, in order."""
        return [row["type"] for row in await self.rows("SELECT type FROM outbox ORDER BY seq")]


@pytest.fixture
def registry_settings(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> tuple[ClientsSettings, Dsns]:
    """Settings of a registry with an empty database of its own."""
    dsns = service_database("clients")
    settings = ClientsSettings(
        firm_dsn=dsns.firm,
        client_dsn=dsns.client,
        worker_dsn=dsns.worker,
        nats_url=nats_url,
        identity_public_key=PUBLIC_KEY,
        files_dir=tmp_path / "files",
        anchor_dir=tmp_path / "anchors",
        environment="test",
    )
    return settings, dsns


@pytest.fixture
async def registry(registry_settings: tuple[ClientsSettings, Dsns]) -> AsyncIterator[Registry]:
    """The running registry, its people known."""
    settings, dsns = registry_settings
    registry = Registry(FastAPI(), dsns)
    registry.app = create_app(settings, clock=registry.clock)
    connection = await asyncpg.connect(dsns.worker)
    for actor in (registry.manager, registry.admin, registry.consultant, registry.agent):
        await connection.execute(
            "INSERT INTO user_refs VALUES ($1, $2, 'firm', $3, true)",
            actor.user_id,
            actor.name,
            sorted(actor.roles),
        )
    await connection.close()
    async with registry.app.router.lifespan_context(registry.app):
        yield registry


def some_id() -> UUID:
    """An id of nothing."""
    return new_id()
