"""A won opportunity becomes one draft engagement, however often it is told."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.contracts.clients import OpportunityChanged, OpportunityState, OpportunityWon
from shared.ids import new_id
from tests.services.engagements.conftest import Engagements
from tests.support.telling import publish


async def test_a_won_opportunity_drafts_one_engagement(engagements: Engagements) -> None:
    cast = engagements.cast
    open_one = OpportunityState(
        id=new_id(),
        number="O-2026-001",
        client_id=cast.huaxin,
        title="供应链流程咨询",
        stage="negotiation",
        opened_at=datetime(2026, 9, 1, tzinfo=UTC),
    )
    won = open_one.model_copy(update={"stage": "won"})
    bus = engagements.app.state.runtime.bus
    await publish(bus, OpportunityChanged(state=open_one), 1)
    await publish(bus, OpportunityWon(state=won), 2)
    await publish(bus, OpportunityWon(state=won), 2)
    assert await left_over(engagements, {won.id: 2}) == []
    await publish(bus, OpportunityChanged(state=won), 3)
    other = won.model_copy(update={"id": new_id(), "title": "第二个"})
    await publish(bus, OpportunityWon(state=other), 1)
    async with asyncio.timeout(30):
        items: list[dict[str, Any]] = []
        while len(items) < 2:
            await asyncio.sleep(0.1)
            items = (await engagements.get(cast.partner, "/engagements"))["items"]
    assert await left_over(engagements, {won.id: 3, other.id: 1}) == []
    assert sorted(item["title"] for item in items) == ["供应链流程咨询", "第二个"]
    drafted = next(item for item in items if item["title"] == "供应链流程咨询")
    assert drafted["status"] == "draft" and drafted["opportunity_id"] == str(open_one.id)
    assert len(await engagements.rows("SELECT 1 FROM tasks")) == 2 * 29
    assert (await engagements.kinds(drafted, cast.partner)) == ["drafted_from_opportunity"]


async def left_over(engagements: Engagements, newest: dict[UUID, int]) -> list[Any]:
    """Dead letters and parked events, once the newest version of each opportunity was handled.

    Whatever fails is tried again, and is not handled before it succeeds.
    """
    handled: dict[UUID, int] = {}
    async with asyncio.timeout(15):
        while handled != newest:
            await asyncio.sleep(0.1)
            rows = await engagements.rows(
                "SELECT aggregate_id, version FROM inbox WHERE aggregate_id = ANY ($1)",
                list(newest),
            )
            handled = {row["aggregate_id"]: row["version"] for row in rows}
    dead = await engagements.rows("SELECT event_id, error FROM dead_letters")
    return dead + await engagements.rows("SELECT aggregate_id, reason FROM parked")
