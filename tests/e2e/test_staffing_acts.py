"""Staffing in the browser by both project managers; the channel shown before a touch."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import (
    LANGUAGES,
    VISIBLE_OPTION,
    ZONE,
    Tongue,
    dialog,
    fresh_key,
    pick,
)
from tests.e2e.teams import Team, running
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300, func_only=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_client_pm_adds_a_member_and_both_confirm_again(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    team = running(visit, f"客户方配备 {language}")
    pm = visit("pm@huaxin.example", language, 390, 844)
    page = pm.open(pm.page(), f"{team.path}/team")
    page.get_by_role("button", name=say("Add a member", "添加成员")).click()
    box = dialog(page)
    box.locator("#role").press("ArrowDown")
    roles = page.locator(".ant-select-item-option")
    expect(roles).to_have_count(3)
    page.get_by_title(say("Core member", "核心小组"), exact=True).last.click()
    box.locator("#user_id").press("ArrowDown")
    page.locator(VISIBLE_OPTION, has_text="赵鹏").click()
    box.locator("#domains").fill("研发")
    box.locator("#domains").press("Enter")
    box.locator("#domains").press("Escape")
    take_picture(page, f"staffing-client-{language}")
    box.get_by_role("button", name=say("Add a member", "添加成员")).click()
    expect(box).to_be_hidden()
    expect(page.locator(".team-map").get_by_text("赵鹏").first).to_be_visible()
    lead = visit("lead@firm.example", language)
    plan = lead.open(lead.page(), team.path)
    again = plan.get_by_role("region", name=say("Plan and team wait", "计划与团队待"))
    expect(again.get_by_text(say("Confirm again.", "请重新确认。"))).to_be_visible()
    expect(again.get_by_text("赵鹏")).to_be_visible()
    take_picture(plan, f"confirm-again-{language}")
    again.get_by_role("button", name=say("Confirm plan and team", "确认计划与团队")).click()
    expect(again.get_by_role("button")).to_have_count(0)
    shown = team.pm.call("POST", f"{team.path}/confirm-plan", **fresh_key())
    assert shown["reopened"] is None
    assert not pm.errors + lead.errors


def profile_of_the_executive(team: Team) -> str:
    """The address of a new profile of the client's executive."""
    body = {
        "engagement_id": team.engagement["id"],
        "user_id": team.ceo.call("GET", "/me")["user"]["id"],
        "name": "王建平",
        "influence": 5,
        "interest": 3,
        "stance_now": "neutral",
        "stance_wanted": "leading",
    }
    profile = team.lead.call("POST", "/stakeholders", body, **fresh_key())
    return f"{team.path}/stakeholders?person={profile['id']}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_going_past_the_channel_asks_why_and_stands_in_the_firms_history(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    team = running(visit, f"越级联系 {language}")
    lead = visit("lead@firm.example", language)
    page = lead.open(lead.page(), profile_of_the_executive(team))
    past = say("Go past it", "越级联系")
    way = page.get_by_role("region", name=say("The way to this person", "沟通渠道"))
    way.get_by_role("button", name=past).click()
    asked = say("Contact 王建平 past the channel?", "越级联系 王建平？")
    box = page.get_by_role("dialog", name=asked)
    box.get_by_role("button", name=past, exact=True).click()
    expect(box.get_by_text(say("Please fill this in", "请填写此项"))).to_be_visible()
    take_picture(page, f"channel-past-{language}")
    box.locator("#reason").fill("客户方项目经理出差，事情等不得")
    box.get_by_role("button", name=past, exact=True).click()
    expect(box).to_be_hidden()
    told = say("陈立 went to 王建平 directly.", "陈立越级直接联系了王建平。")
    history = lead.open(page, f"{team.path}/history")
    expect(history.get_by_text(told)).to_be_visible()
    pm = visit("pm@huaxin.example", language)
    theirs = pm.open(pm.page(), f"{team.path}/history")
    expect(theirs.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    expect(theirs.get_by_text(told)).to_have_count(0)
    assert not lead.errors + pm.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_channel_stands_in_the_plan_and_the_touch_in_the_owners_week(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    team = running(visit, f"约访 {language}")
    lead = visit("lead@firm.example", language)
    page = lead.open(lead.page(), profile_of_the_executive(team))
    page.get_by_role("dialog").get_by_role(
        "button", name=say("Plan a touch", "安排沟通")
    ).first.click()
    box = page.get_by_role("dialog").last
    way = box.get_by_role("region", name=say("The way to this person", "沟通渠道"))
    expect(way.get_by_text("李慧")).to_be_visible()
    occasion = way.locator(".ant-segmented-item")
    occasion.filter(has_text=say("Key node", "关键节点")).click()
    expect(way.get_by_text("李慧")).to_have_count(0)
    occasion.filter(has_text=say("Daily work", "日常工作")).click()
    expect(way.get_by_text("李慧")).to_be_visible()
    box.locator("#text").fill(f"登门拜访 {language}")
    box.locator("#due_on").fill(datetime.now(UTC).astimezone(ZONE).strftime("%Y-%m-%d"))
    box.locator("#due_on").press("Enter")
    take_picture(page, f"plan-touch-{language}")
    box.get_by_role("button", name=say("Plan a touch", "安排沟通")).last.click()
    page.goto(f"{lead.address}/week")
    line = page.locator(".agenda > li", has_text=f"登门拜访 {language}")
    expect(line.get_by_text(say("Stakeholder", "干系人"))).to_be_visible()
    today = page.get_by_role("heading", name=say("Today", "今天"))
    expect(today.first).to_be_visible()
    take_picture(page, f"week-touch-{language}", whole=True)
    line.get_by_role("button").click()
    expect(page.get_by_role("dialog").get_by_text(f"登门拜访 {language}")).to_be_visible()
    assert not lead.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_channel_stands_where_a_contact_is_recorded(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    team = running(visit, f"联络渠道 {language}")
    manager = visit("manager@firm.example", language)
    client = team.engagement["client_id"]
    known = manager.call("GET", f"/contacts?client_id={client}&limit=200")["items"]
    if "王建平" not in {person["name"] for person in known}:
        person = {"client_id": client, "name": "王建平"}
        manager.call("POST", "/contacts", person, **fresh_key())
    page = manager.open(manager.page(), f"/clients/{client}/interactions/new?kind=call")
    ways = page.get_by_role("region", name=say("The way to this person", "沟通渠道"))
    expect(ways).to_have_count(0)
    pick(page, page.locator("#contact_ids"), "王建平")
    way = ways.filter(has_text=f"联络渠道 {language}")
    expect(way.get_by_text("李慧")).to_be_visible()
    page.keyboard.press("Escape")
    take_picture(page, f"record-channel-{language}", whole=True)
    assert not manager.errors


LONG = "Maximilian-Alexander Featherstonehaugh-Cholmondeley"


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_people_with_long_names_stand_on_a_line_each(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    team = running(visit, f"长名 {language}")
    for number in range(1, 9):
        person = {"client_id": team.engagement["client_id"], "name": f"{LONG} {number}"}
        contact = visit("manager@firm.example").call("POST", "/contacts", person, **fresh_key())
        profile_of_the_contact(team, contact)
    lead = visit("lead@firm.example", language)
    for width, shown in ((1440, 6), (390, 3)):
        page = lead.open(lead.page(), f"{team.path}/stakeholders")
        page.set_viewport_size({"width": width, "height": 900})
        chips = page.locator(".power-who")
        expect(chips).to_have_count(shown)
        expect(chips.first).to_have_attribute("title", re.compile(LONG))
        heights = {round(box["height"]) for each in chips.all() if (box := each.bounding_box())}
        assert heights == {28}
        take_picture(page, f"stakeholders-long-{language}-{width}")
        page.get_by_role("button", name=say(f"{8 - shown} more", f"另有 {8 - shown} 人")).click()
        expect(chips).to_have_count(8)
        page.get_by_role("button", name=say("Fewer", "收起")).click()
        expect(chips).to_have_count(shown)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_text(say("Table", "表格"), exact=True).click()
    for head in page.get_by_role("columnheader").all():
        box = head.bounding_box()
        assert box and box["height"] < 40, head.inner_text()
    take_picture(page, f"stakeholders-long-table-{language}")
    assert not lead.errors


def profile_of_the_contact(team: Team, contact: dict[str, Any]) -> None:
    """Somebody who can do much and cares much."""
    body = {
        "engagement_id": team.engagement["id"],
        "contact_id": contact["id"],
        "name": contact["name"],
        "title": "Deputy Chief Executive Officer for Manufacturing across all Plants of the Group",
        "influence": 5,
        "interest": 5,
        "stance_now": "neutral",
        "stance_wanted": "leading",
        "concerns": "Wants weekly figures while the lines are rebuilt.",
    }
    team.lead.call("POST", "/stakeholders", body, **fresh_key())
