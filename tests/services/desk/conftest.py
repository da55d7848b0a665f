"""The real desk over its real database and NATS, driven through HTTP by real identities."""

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

from services.desk.app import create_app
from services.desk.settings import DeskSettings
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
        self.agent = firm("Agent Zhao", "agent")
        self.agent2 = firm("Agent Qian", "agent")
        self.lead = firm("Lead Sun", "service_lead")
        self.admin = firm("Admin Li", "admin")
        self.manager = firm("Manager Zhou", "client_manager")
        self.consultant = firm("Consultant Wu", "consultant")
        self.inactive = firm("Gone Feng", "agent")
        self.pm = client_side("陈经理", self.huaxin)
        self.core = client_side("卫骨干", self.huaxin, "en")
        self.left = client_side("蒋前员工", None)
        self.rival = client_side("韩经理", self.hengda)

    def everybody(self) -> list[Actor]:
        """All of them."""
        return [value for value in vars(self).values() if isinstance(value, Actor)]


@dataclass
class Desk:
    """The running service and its cast."""

    app: FastAPI
    dsns: Dsns
    clock: TestClock
    cast: Cast
    running: AsyncExitStack

    async def stop(self) -> None:
        """End the process: its timers run no more."""
        await self.running.aclose()

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
        identity = {HEADER: Signer(PRIVATE_KEY).sign(actor, "desk")}
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
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

    async def rows(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """Rows as the worker sees them."""
        connection = await asyncpg.connect(self.dsns.worker)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    async def complaint(self, actor: Actor | None = None, **fields: Any) -> dict[str, Any]:
        """A fresh complaint by the client's project manager, or as given."""
        body = {"kind": "complaint", "subject": "培训迟到", "description": "顾问两次迟到。"}
        created: dict[str, Any] = await self.post(
            actor or self.cast.pm, "/cases", body | fields, status=201
        )
        return created

    async def assigned(self, **fields: Any) -> dict[str, Any]:
        """A complaint that the agent has."""
        case = await self.complaint(**fields)
        assigned: dict[str, Any] = await self.post(
            self.cast.agent,
            f"/cases/{case['id']}/assign",
            {"assignee_id": str(self.cast.agent.user_id)},
        )
        return assigned

    async def understood(self) -> dict[str, Any]:
        """A complaint whose restated need the requester confirmed."""
        case = await self.assigned()
        await self.post(self.cast.agent, f"/cases/{case['id']}/restate", {"text": "准时开始培训"})
        confirmed: dict[str, Any] = await self.post(
            self.cast.pm, f"/cases/{case['id']}/confirm-need", {"confirmed": True}
        )
        return confirmed

    async def offer(self, case: dict[str, Any], title: str = "更换顾问") -> dict[str, Any]:
        """A solution on offer."""
        offered: dict[str, Any] = await self.post(
            self.cast.agent,
            "/solutions",
            {
                "case_id": case["id"],
                "title": title,
                "description": "由资深顾问接手。",
                "cost": {"amount_minor": 120_000, "currency": "CNY"},
                "duration_days": 5,
                "risk": "low",
            },
            status=201,
        )
        return offered

    async def promise(
        self, case: dict[str, Any], kind: str = "update", **later: float
    ) -> dict[str, Any]:
        """A promise made now, due `later` (one hour when not said)."""
        due_at = self.clock.now + timedelta(**(later or {"hours": 1}))
        made: dict[str, Any] = await self.post(
            self.cast.agent,
            "/promises",
            {"case_id": case["id"], "kind": kind, "due_at": due_at.isoformat()},
            status=201,
        )
        return made

    async def statuses(self, case: dict[str, Any]) -> list[str]:
        """The statuses of a case's promises by due time."""
        listed = await self.get(self.cast.lead, f"/promises?case_id={case['id']}")
        return [promise["status"] for promise in listed["items"]]

    async def kinds(self, case: dict[str, Any], actor: Actor | None = None) -> list[str]:
        """The kinds of the steps an actor sees, in order."""
        steps = await self.get(actor or self.cast.lead, f"/cases/{case['id']}/steps?limit=200")
        return [step["kind"] for step in steps["items"]]


@pytest.fixture
def clock() -> TestClock:
    """Monday, ten in the morning in Shanghai."""
    return TestClock()


@pytest.fixture
def desk_settings(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> tuple[DeskSettings, Dsns]:
    """Settings of a desk with an empty database of its own."""
    dsns = service_database("desk")
    settings = DeskSettings(
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
async def desk(desk_settings: tuple[DeskSettings, Dsns], clock: TestClock) -> AsyncIterator[Desk]:
    """The running desk with everybody known."""
    settings, dsns = desk_settings
    app = create_app(settings, clock=clock)
    cast = Cast()
    await introduce(dsns, cast)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        yield Desk(app, dsns, clock, cast, stack)


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
            " version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 1)",
            actor.user_id,
            actor.name,
            str(actor.side),
            sorted(actor.roles),
            actor.client_id,
            actor is not cast.inactive,
            actor.language,
        )
    await connection.close()
