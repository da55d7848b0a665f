"""The real registry over its real database and NATS, driven through HTTP by real identities."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import asyncpg
import pytest

from services.clients.app import create_app
from services.clients.settings import ClientsSettings
from shared.database import Dsns
from shared.identity import Actor
from shared.ids import new_id
from tests.support.services import (
    Service,
    TestClock,
    client_side,
    firm,
    settings_for,
    with_known_routes,
)
from tests.support.streams import forget_everything

CODE = "91201164MAP3MR19AP"
OTHER_CODE = "91067884MAP56LNXFQ"


@dataclass(kw_only=True)
class Registry(Service):
    """The running registry and the people who use it."""

    name: ClassVar[str] = "clients"
    manager: Actor = field(default_factory=lambda: firm("林晓", "client_manager"))
    admin: Actor = field(default_factory=lambda: firm("Admin", "admin"))
    consultant: Actor = field(default_factory=lambda: firm("Consultant", "consultant"))
    agent: Actor = field(default_factory=lambda: firm("Agent", "agent"))
    client_pm: Actor = field(default_factory=lambda: client_side("陈", new_id()))

    async def get(self, path: str, status: int = 200) -> Any:
        """The JSON of a GET by the manager."""
        return (await self.call(self.manager, "GET", path, status=status)).json()

    async def post(self, path: str, json: Any = None, status: int = 200) -> Any:
        """The JSON of a POST by the manager."""
        return (await self.call(self.manager, "POST", path, json, status=status)).json()

    async def lets_go(self, actor: Actor) -> None:
        """Somebody's account is not active any more, as its event would say."""
        connection = await asyncpg.connect(self.dsns.worker)
        await connection.execute("UPDATE user_refs SET active = false WHERE id = $1", actor.user_id)
        await connection.close()

    async def client(self, name: str = "华信科技有限公司", **fields: Any) -> dict[str, Any]:
        """A fresh client."""
        made: dict[str, Any] = await self.post(
            "/clients", {"legal_name": name, **fields}, status=201
        )
        return made


@pytest.fixture
def registry_settings(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> tuple[ClientsSettings, Dsns]:
    """Settings of a registry with an empty database of its own."""
    dsns = service_database("clients")
    return settings_for(ClientsSettings, dsns, nats_url, tmp_path), dsns


@pytest.fixture
async def registry(registry_settings: tuple[ClientsSettings, Dsns]) -> AsyncIterator[Registry]:
    """The running registry, its people known."""
    settings, dsns = registry_settings
    await forget_everything(settings.nats_url)
    clock = TestClock()
    app = with_known_routes(create_app(settings, clock=clock))
    registry = Registry(app=app, dsns=dsns, clock=clock)
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
