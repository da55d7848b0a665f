"""The real engagements over their real database and NATS, driven through HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from services.engagements.app import create_app
from services.engagements.settings import EngagementsSettings
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
        self.lead = firm("Lead Sun", "consulting_pm")
        self.consultant = firm("Consultant Wu", "consultant")
        self.former = firm("Former He", "consultant")
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


@dataclass(kw_only=True)
class Engagements(SharedService):
    """The running service and its cast."""

    name: ClassVar[str] = "engagements"
    cast: Cast

    async def acts(self, aggregate: str) -> list[str]:
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
        """A draft with everybody of Huaxin but `it` on its team; `left` and `former` have left."""
        engagement = await self.draft(**fields)
        cast = self.cast
        await self.join(engagement, cast.consultant, "consultant")
        await self.join(engagement, cast.ceo, "executive")
        await self.join(engagement, cast.pm, "client_pm")
        core = await self.join(engagement, cast.core, "core", domains=["采购"])
        await self.join(
            engagement, cast.peripheral, "peripheral", domains=["采购"], answers_to=core["id"]
        )
        for left, role in ((cast.left, "executive"), (cast.former, "consultant")):
            gone = await self.join(engagement, left, role)
            await self.post(cast.lead, f"/members/{gone['id']}/end")
        return engagement

    async def agree(self, engagement: dict[str, Any]) -> None:
        """Both project managers confirm plan and team."""
        for manager in (self.cast.lead, self.cast.pm):
            await self.post(manager, f"/engagements/{engagement['id']}/confirm-plan")

    async def running(self, **fields: Any) -> dict[str, Any]:
        """A staffed engagement at work: plan confirmed by both sides, first phase begun."""
        engagement = await self.staffed(**fields)
        path, cast = f"/engagements/{engagement['id']}", self.cast
        await self.post(cast.lead, f"{path}/propose")
        await self.agree(engagement)
        await self.post(cast.lead, f"{path}/activate")
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
    return settings_for(EngagementsSettings, dsns, nats_url, tmp_path), dsns


@pytest.fixture
async def engagements(
    engagements_settings: tuple[EngagementsSettings, Dsns], clock: TestClock
) -> AsyncIterator[Engagements]:
    """The running service with everybody known."""
    settings, dsns = engagements_settings
    app = with_known_routes(create_app(settings, clock=clock))
    cast = Cast()
    await introduce(dsns, cast)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        yield Engagements(app=app, dsns=dsns, clock=clock, cast=cast)
