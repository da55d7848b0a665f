"""The real desk over its real database and NATS, driven through HTTP by real identities."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from services.desk.app import create_app
from services.desk.settings import DeskSettings
from shared.database import Dsns
from shared.identity import Actor
from tests.support.services import (
    SharedService,
    TestClock,
    TwoClients,
    client_side,
    firm,
    introduce,
    settings_for,
    with_known_routes,
)


@dataclass
class Cast(TwoClients):
    """Everybody who appears."""

    def __post_init__(self) -> None:
        self.agent = firm("Agent Zhao", "agent")
        self.agent2 = firm("Agent Qian", "agent")
        self.lead = firm("Lead Sun", "service_lead")
        self.admin = firm("Admin Li", "admin")
        self.manager = firm("Manager Zhou", "client_manager")
        self.consulting_pm = firm("PM Zheng", "consulting_pm")
        self.partner = firm("Partner Wang", "partner")
        self.consultant = firm("Consultant Wu", "consultant")
        self.inactive = firm("Gone Feng", "agent")
        self.pm = client_side("陈经理", self.huaxin)
        self.core = client_side("卫骨干", self.huaxin, "en")
        self.left = client_side("蒋前员工", None)
        self.rival = client_side("韩经理", self.hengda)

    def is_active(self, actor: Actor) -> bool:
        """All but one can sign in."""
        return actor is not self.inactive


@dataclass(kw_only=True)
class Desk(SharedService):
    """The running service and its cast."""

    name: ClassVar[str] = "desk"
    cast: Cast
    running: AsyncExitStack

    async def stop(self) -> None:
        """End the process: its timers run no more."""
        await self.running.aclose()

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
    return settings_for(DeskSettings, dsns, nats_url, tmp_path), dsns


@pytest.fixture
async def desk(desk_settings: tuple[DeskSettings, Dsns], clock: TestClock) -> AsyncIterator[Desk]:
    """The running desk with everybody known."""
    settings, dsns = desk_settings
    app = with_known_routes(create_app(settings, clock=clock))
    cast = Cast()
    await introduce(dsns, cast)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        yield Desk(app=app, dsns=dsns, clock=clock, cast=cast, running=stack)
