"""Places with a first day ahead: planned until it comes, live by themselves from then on."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import orjson
import pytest

from services.engagements.app import create_app
from services.engagements.settings import EngagementsSettings
from shared.database import Dsns
from tests.services.engagements.conftest import Cast, Engagements
from tests.support.services import TestClock, introduce

PATIENCE_SECONDS = 30.0
LATER = "2026-11-25"


async def until(house: Engagements, member_id: str, status: str) -> dict[str, Any]:
    """The place, once it stands there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        place: dict[str, Any] = await house.get(house.cast.partner, f"/members/{member_id}")
        if place["status"] == status:
            return place
        await asyncio.sleep(0.05)
    raise AssertionError(f"{member_id} is not {status}: {place}")


async def test_a_planned_place_opens_nothing_and_closes_no_gap(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    path = f"/engagements/{engagement['id']}"
    place = await engagements.join(engagement, cast.ceo, "executive", starts_on=LATER)
    assert place["status"] == "planned"
    await engagements.get(cast.ceo, path, status=404)
    assert (await engagements.get(cast.ceo, "/engagements"))["items"] == []
    gaps = [gap["code"] for gap in await engagements.get(cast.lead, f"{path}/gaps")]
    assert "no_executive" in gaps
    team = await engagements.get(cast.lead, f"{path}/team")
    assert team["client"] == []
    (event,) = await engagements.rows(
        "SELECT data FROM outbox WHERE aggregate = 'member' AND data LIKE '%planned%'"
    )
    assert str(cast.ceo.user_id) not in event["data"].partition('"visibility"')[2].split("}")[0]
    steps = await engagements.get(cast.lead, f"{path}/steps?kind=member_planned")
    assert steps["items"][0]["text"]["en"] == "赵总 will join as executive on 25 Nov 2026."


async def test_a_planned_place_is_live_from_its_first_day_on(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    place = await engagements.join(engagement, cast.ceo, "executive", starts_on=LATER)
    due = await engagements.rows("SELECT due_at FROM timers WHERE kind = 'member_begins'")
    assert [row["due_at"].isoformat() for row in due] == ["2026-11-24T16:00:00+00:00"]
    engagements.clock.forward(days=2)
    await until(engagements, place["id"], "live")
    shown = await engagements.get(cast.ceo, f"/engagements/{engagement['id']}")
    assert shown["my_roles"] == ["executive"]
    assert (await engagements.kinds(engagement))[-1] == "member_added"
    begun = await engagements.rows("SELECT before FROM audit WHERE action = 'member:begin'")
    assert [orjson.loads(row["before"])["member"]["status"] for row in begun] == ["planned"]


async def test_a_restart_over_the_first_day_loses_nothing(
    engagements_settings: tuple[EngagementsSettings, Dsns], clock: TestClock
) -> None:
    settings, dsns = engagements_settings
    cast = Cast()
    await introduce(dsns, cast)
    app = create_app(settings, clock=clock)
    async with app.router.lifespan_context(app):
        house = Engagements(app=app, dsns=dsns, clock=clock, cast=cast)
        engagement = await house.draft()
        begins = await house.join(engagement, cast.ceo, "executive", starts_on=LATER)
        ends = await house.join(engagement, cast.it, "executive", ends_on="2026-11-24")
    clock.forward(days=7)
    again = create_app(settings, clock=clock)
    async with again.router.lifespan_context(again):
        house = Engagements(app=again, dsns=dsns, clock=clock, cast=cast)
        await until(house, begins["id"], "live")
        await until(house, ends["id"], "ended")


async def test_one_project_manager_follows_another_at_midnight(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    members = await engagements.get(cast.lead, "/members?role=client_pm")
    old = members["items"][0]["id"]
    body = {
        "engagement_id": engagement["id"],
        "user_id": str(cast.it.user_id),
        "role": "client_pm",
        "starts_on": LATER,
    }
    refused = await engagements.post(cast.pm, "/members", body, status=409)
    assert refused["code"] == "project_manager_exists"
    leaving = await engagements.post(cast.pm, f"/members/{old}/end", {"ends_on": "2026-11-24"})
    new = (await engagements.post(cast.pm, "/members", body, status=201))["id"]
    longer = {"ends_on": "2026-11-30"}
    await engagements.patch(cast.pm, f"/members/{old}", longer, leaving["version"], status=409)
    engagements.clock.forward(days=2)
    await until(engagements, new, "live")
    await until(engagements, old, "ended")
    assert await engagements.rows("SELECT 1 FROM timers WHERE attempts > 0") == []


async def test_whoever_ends_the_own_place_holds_it_until_the_day_is_over(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    own = (await engagements.get(cast.pm, "/members?role=client_pm"))["items"][0]["id"]
    ended = await engagements.post(cast.pm, f"/members/{own}/end")
    assert (ended["status"], ended["ends_on"]) == ("live", "2026-11-23")
    engagements.clock.forward(days=1)
    await until(engagements, own, "ended")
    await engagements.get(cast.pm, f"/engagements/{engagement['id']}", status=404)


@pytest.mark.parametrize("role", ["client_pm", "consulting_pm", "director"])
async def test_whoever_dates_the_end_of_the_own_place_back_leaves_at_once(
    engagements: Engagements, role: str
) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    await engagements.join(engagement, cast.bystander, "director")
    actor = {"client_pm": cast.pm, "consulting_pm": cast.lead, "director": cast.bystander}[role]
    own = (await engagements.get(actor, f"/members?role={role}"))["items"][0]["id"]
    engagements.clock.forward(days=3)
    ended = await engagements.post(actor, f"/members/{own}/end", {"ends_on": "2026-11-24"})
    assert ended["ends_on"] == "2026-11-24"
    await until(engagements, own, "ended")
    await engagements.get(actor, f"/engagements/{engagement['id']}", status=404)
    assert await engagements.rows("SELECT 1 FROM timers WHERE attempts > 0") == []


async def test_whoever_staffs_may_give_up_an_own_place_that_is_planned(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    place = await engagements.join(engagement, cast.lead, "expert", starts_on=LATER)
    given_up = await engagements.post(cast.lead, f"/members/{place['id']}/end")
    assert given_up["status"] == "ended"


async def test_a_planned_place_may_be_given_up(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    place = await engagements.join(engagement, cast.ceo, "executive", starts_on=LATER)
    given_up = await engagements.post(cast.lead, f"/members/{place['id']}/end")
    assert given_up["status"] == "ended"
    assert (await engagements.kinds(engagement))[-1] == "member_withdrawn"
    engagements.clock.forward(days=3)
    other = await engagements.join(engagement, cast.it, "executive", starts_on="2026-11-27")
    engagements.clock.forward(days=1)
    await until(engagements, other["id"], "live")
    assert (await engagements.get(cast.lead, f"/members/{place['id']}"))["status"] == "ended"


async def test_a_successor_does_not_wait_for_the_clock_of_a_place_that_is_over(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    engagements.clock.forward(days=3)
    old = (await engagements.get(cast.lead, "/members?role=client_pm"))["items"][0]
    over = {"ends_on": "2026-11-24"}
    await engagements.patch(cast.lead, f"/members/{old['id']}", over, old["version"])
    new = await engagements.join(engagement, cast.it, "client_pm")
    assert new["status"] == "live"
    assert (await until(engagements, old["id"], "ended"))["ends_on"] == "2026-11-24"
    ended = await engagements.rows("SELECT before FROM audit WHERE action = 'member:end'")
    assert {orjson.loads(row["before"])["member"]["status"] for row in ended} == {"live"}
