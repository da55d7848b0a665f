"""The real engagements over their real database and NATS, driven through HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.engagements.app import create_app
from services.engagements.settings import EngagementsSettings
from shared.database import Dsns
from shared.identity import HEADER, Actor, Side, Signer, generate_keys
from shared.ids import new_id

PRIVATE_KEY, PUBLIC_KEY = generate_keys()
MONDAY_TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""A working Monday, ten in the morning in Shanghai."""


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


@dataclass
class Cast:
    """Everybody who appears."""

    huaxin: UUID = field(default_factory=new_id)
    hengda: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        self.lead = firm("Lead Sun", "consulting_pm")
        self.consultant = firm("Consultant Wu", "consultant")
        self.bystander = firm("Bystander Zheng", "consultant", "consulting_pm")
        self.partner = firm("Partner Wang", "partner")
        self.admin = firm("Admin Li", "admin")
        self.agent = firm("Agent Zhao", "agent")
        self.ceo = client_side("赵总", self.huaxin)
        self.pm = client_side("陈经理", self.huaxin)
        self.core = client_side("卫骨干", self.huaxin, "en")
        self.peripheral = client_side("沈专员", self.huaxin)
        self.it = client_side("韩工", self.huaxin)
        self.left = client_side("蒋前员工", self.huaxin)
        self.rival = client_side("杨经理", self.hengda)

    def everybody(self) -> list[Actor]:
        """All of them."""
        return [value for value in vars(self).values() if isinstance(value, Actor)]


@dataclass
class Engagements:
    """The running service and its cast."""

    app: FastAPI
    dsns: Dsns
    clock: TestClock
    cast: Cast

    async def call(
        self,
        actor: Actor,
        method: str,
        path: str,
        json: Any = None,
        *,
        status: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """One request as `actor`; checks the status when given."""
        identity = {HEADER: Signer(PRIVATE_KEY).sign(actor, "engagements")}
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://engagements") as client:
            response = await client.request(
                method, f"/api/v1{path}", json=json, headers=identity | (headers or {})
            )
        if status is not None:
            assert response.status_code == status, response.text
        return response

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

    async def rows(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """Rows as the worker sees them."""
        connection = await asyncpg.connect(self.dsns.worker)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    async def events(self, aggregate: str) -> list[str]:
        """The acts that were emitted about a kind of record, in order."""
        rows = await self.rows(
            "SELECT type FROM outbox WHERE aggregate = $1 ORDER BY seq", aggregate
        )
        return [row["type"].split(".")[2] for row in rows]

    async def draft(self, actor: Actor | None = None, **fields: Any) -> dict[str, Any]:
        """A fresh draft by the consulting project manager, or as given."""
        body = {"client_id": str(self.cast.huaxin), "title": "流程优化", "domains": ["采购"]}
        drafted: dict[str, Any] = await self.post(
            actor or self.cast.lead, "/engagements", body | fields, status=201
        )
        return drafted

    async def join(
        self, engagement: dict[str, Any], actor: Actor, role: str, status: int = 201, **more: Any
    ) -> dict[str, Any]:
        """Give somebody a place."""
        body = {"engagement_id": engagement["id"], "user_id": str(actor.user_id), "role": role}
        joined: dict[str, Any] = await self.post(
            self.cast.lead, "/members", body | more, status=status
        )
        return joined

    async def staffed(self, **fields: Any) -> dict[str, Any]:
        """A draft with a whole team: everybody of Huaxin but `it`; `left` has left."""
        engagement = await self.draft(**fields)
        cast = self.cast
        await self.join(engagement, cast.consultant, "consultant")
        await self.join(engagement, cast.ceo, "executive")
        await self.join(engagement, cast.pm, "client_pm")
        core = await self.join(engagement, cast.core, "core", domains=["采购"])
        await self.join(
            engagement, cast.peripheral, "peripheral", domains=["采购"], answers_to=core["id"]
        )
        gone = await self.join(engagement, cast.left, "executive")
        await self.post(cast.lead, f"/members/{gone['id']}/end")
        return engagement

    async def running(self, **fields: Any) -> dict[str, Any]:
        """A staffed engagement at work: plan confirmed by both sides, first phase begun."""
        engagement = await self.staffed(**fields)
        path, cast = f"/engagements/{engagement['id']}", self.cast
        await self.post(cast.lead, f"{path}/propose")
        await self.post(cast.lead, f"{path}/activate")
        await self.post(cast.lead, f"{path}/confirm-plan")
        await self.post(cast.pm, f"{path}/confirm-plan")
        await self.post(cast.lead, f"/phases/{(await self.phases(engagement))[0]['id']}/start")
        return engagement

    async def phases(self, engagement: dict[str, Any]) -> list[dict[str, Any]]:
        """The phases of an engagement, in order."""
        path = f"/phases?engagement_id={engagement['id']}&limit=200"
        items: list[dict[str, Any]] = (await self.get(self.cast.lead, path))["items"]
        return sorted(items, key=lambda phase: phase["position"])

    async def tasks(self, engagement: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """The tasks of an engagement by key."""
        path = f"/tasks?engagement_id={engagement['id']}&limit=200"
        items = (await self.get(self.cast.lead, path))["items"]
        return {task["key"]: task for task in items}

    async def deliverable(
        self, engagement: dict[str, Any], key: str = "project-charter"
    ) -> dict[str, Any]:
        """A deliverable of an engagement by its key."""
        path = f"/deliverables?engagement_id={engagement['id']}&key={key}"
        (found,) = (await self.get(self.cast.lead, path))["items"]
        deliverable: dict[str, Any] = found
        return deliverable

    async def waiting(self, actor: Actor) -> list[tuple[str, str]]:
        """What waits for somebody: kind and English title, by day due."""
        items = (await self.get(actor, "/waiting?limit=200"))["items"]
        return [(item["kind"], item["title"]["en"]) for item in items]

    async def kinds(self, engagement: dict[str, Any], actor: Actor | None = None) -> list[str]:
        """The kinds of the steps an actor sees, in order."""
        path = f"/engagements/{engagement['id']}/steps?limit=200"
        steps = await self.get(actor or self.cast.lead, path)
        return [step["kind"] for step in steps["items"]]


@pytest.fixture
def clock() -> TestClock:
    """Monday, ten in the morning in Shanghai."""
    return TestClock()


@pytest.fixture
def engagements_settings(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> tuple[EngagementsSettings, Dsns]:
    """Settings with an empty database of their own."""
    dsns = service_database("engagements")
    settings = EngagementsSettings(
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
async def engagements(
    engagements_settings: tuple[EngagementsSettings, Dsns], clock: TestClock
) -> AsyncIterator[Engagements]:
    """The running service with everybody known."""
    settings, dsns = engagements_settings
    app = create_app(settings, clock=clock)
    cast = Cast()
    await introduce(dsns, cast)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        yield Engagements(app, dsns, clock, cast)


async def introduce(dsns: Dsns, cast: Cast) -> None:
    """Put the cast into the projections, as events would."""
    connection = await asyncpg.connect(dsns.worker)
    for client_id, number, name in (
        (cast.huaxin, "C-000001", "华信科技有限公司"),
        (cast.hengda, "C-000002", "恒达制造有限公司"),
    ):
        await connection.execute(
            "INSERT INTO client_refs (id, number, name, short_name, epoch, version)"
            " VALUES ($1, $2, $3, NULL, 1, 1)",
            client_id,
            number,
            name,
        )
    for actor in cast.everybody():
        await connection.execute(
            "INSERT INTO user_refs (id, name, side, roles, client_id, active, language, epoch,"
            " version) VALUES ($1, $2, $3, $4, $5, true, $6, 1, 1)",
            actor.user_id,
            actor.name,
            str(actor.side),
            sorted(actor.roles),
            actor.client_id,
            actor.language,
        )
    await connection.close()
