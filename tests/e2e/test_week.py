"""My week, for each role: what is due by day, one click from being done."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.looks import DARK, DESK, seen
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import (
    LANGUAGES,
    Tongue,
    fresh_key,
    new_client,
    new_colleague,
    raised,
    taken,
)
from tests.e2e.teams import finish_tasks, running, to_be_decided
from tests.e2e.visitors import Visitor, VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]

EVERYBODYS: Final = {"/waiting", "/cases", "/clients"}
OF_A_TEAM: Final = EVERYBODYS | {"/stakeholder-actions", "/engagements"}
OF_AN_AGENT: Final = EVERYBODYS | {"/cases?unassigned", "/follow-ups"}
MADE_OF: Final = {
    "partner": OF_A_TEAM | {"/deliverables"},
    "manager": OF_A_TEAM,
    "lead": OF_A_TEAM | {"/deliverables"},
    "consultant": OF_A_TEAM,
    "agent": OF_AN_AGENT,
    "admin": OF_A_TEAM | OF_AN_AGENT,
}
"""The questions each role's week is made of; deliverables are those of engagements one leads."""
API: Final = "/api/v1"
SHELL: Final = {"/me", "/events/stream", "/dev/mail"}
"""What every page of the house asks."""


def questions(page: Page) -> set[str]:
    """The paths below the API that a page asks from now on; of cases also whether of nobody's."""
    asked: set[str] = set()

    def listen(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.path.startswith(API):
            unassigned = "?unassigned" if "unassigned=true" in parts.query else ""
            asked.add(parts.path.removeprefix(API) + unassigned)

    page.on("request", listen)
    return asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consulting_pm_finds_tasks_and_what_is_under_review_by_day(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    title = f"一周之内 {language}"
    item = to_be_decided(running(visit, title))
    lead = visit("lead@firm.example", language)
    page = lead.open(lead.page(), "/week")
    lines = page.locator(".agenda > li", has_text=title)
    line = lines.filter(has=page.get_by_text(say("Task", "任务"), exact=True)).first
    expect(line).to_be_visible()
    review = lines.filter(has_text=say("waits for: Executive", "等待：企业高层"))
    expect(review.get_by_text(say("Decision", "决策"), exact=True)).to_be_visible()
    expect(review.get_by_role("link").first).to_have_attribute(
        "href", f"/deliverables/{item['id']}"
    )
    take_picture(page, f"week-lead-{language}", whole=True)
    line.get_by_role("button").click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    expect(page.get_by_role("button", name=say("Begin this task", "开始任务"))).to_be_visible()
    assert not lead.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agent_takes_what_waits_and_it_becomes_todays_work(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    person = visit("pm@huaxin.example")
    subject = f"等待接手 {language}"
    raised(person, subject)
    agent = visit("agent@firm.example", language)
    page = agent.open(agent.page(), "/week")
    waiting = page.get_by_role("region", name=say("Waiting to be taken", "待接手"))
    line = waiting.get_by_role("listitem").filter(has_text=subject).first
    line.get_by_role("button", name=say("Take it", "我来处理")).click()
    mine = page.locator(".agenda > li", has_text=subject).first
    expect(mine).to_be_visible()
    mine.get_by_role("button", name=re.compile(say("^Promise", "^承诺"))).click()
    expect(page.get_by_role("heading", name=subject, level=1)).to_be_visible()
    assert not agent.errors


def called_long_ago(manager: Visitor, name: str) -> dict[str, Any]:
    """A manager's own client of grade A whose call and visit are overdue, the call first."""
    client = new_client(manager, name, owner_id=manager.call("GET", "/me")["user"]["id"])
    grade = {"grade": "A", "reason": "重点客户"}
    manager.call("POST", f"/clients/{client['id']}/grade", grade, **fresh_key())
    for kind, days in (("call", 20), ("visit", 70)):
        contact = {
            "client_id": client["id"],
            "kind": kind,
            "occurred_at": (datetime.now(UTC) - timedelta(days=days)).isoformat(),
            "summary": "约定下周再谈。",
        }
        manager.call("POST", "/interactions", contact, **fresh_key())
    return client


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_overdue_call_is_recorded_from_its_line_and_goes(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    client = called_long_ago(manager, "久未致电")
    page = manager.open(manager.page(), "/week")
    late = page.get_by_role("region", name=say("Overdue", "已逾期"))
    lines = late.get_by_role("listitem").filter(has_text=client["legal_name"])
    expect(lines).to_have_count(2)
    call, visits = say("Call", "致电"), say("Visit", "拜访")
    expect(lines.filter(has=page.get_by_text(visits, exact=True))).to_have_count(1)
    line = lines.filter(has=page.get_by_text(call, exact=True))
    take_picture(page, f"week-call-{language}")
    line.get_by_role("button", name=re.compile(say("^Record", "^记录"))).click()
    page.wait_for_url(f"**/clients/{client['id']}/interactions/new?kind=call")
    page.locator("#summary").fill("确认下月启动。")
    page.get_by_role("button", name=say("Record", "保存记录"), exact=True).click()
    page.wait_for_url(f"**/clients/{client['id']}")
    manager.open(page, "/week")
    expect(page.locator(".agenda > li").first).to_be_visible()
    left = page.locator(".agenda > li", has_text=client["legal_name"])
    expect(left).to_have_count(1)
    expect(left.get_by_text(visits, exact=True)).to_be_visible()
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_node_stands_in_the_leads_week_until_it_was_held(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    title = f"启动在即 {language}"
    team = running(visit, title)
    finish_tasks(team)
    lead = visit("lead@firm.example", language)
    page = lead.open(lead.page(), "/week")
    line = page.locator(".agenda > li", has_text=title).filter(
        has=page.get_by_text(say("Key node", "关键节点"), exact=True)
    )
    expect(line).to_contain_text(say("Kick-off meeting", "项目启动会"))
    take_picture(page, f"week-key-node-{language}")
    line.get_by_role("button", name=re.compile(say("^Prepare", "^筹备"))).click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    nodes = f"/key-nodes?engagement_id={team.engagement['id']}&status=planned&limit=50"
    (node,) = (n for n in lead.call("GET", nodes)["items"] if n["key"] == "kick-off-meeting")
    lead.call("POST", f"/key-nodes/{node['id']}/hold", {}, **fresh_key())
    lead.open(page, "/week")
    expect(page.locator(".agenda > li").first).to_be_visible()
    expect(line).to_have_count(0)
    assert not lead.errors


def test_a_colleague_on_nothing_is_taught_what_will_stand_here(visit: VisitorFor) -> None:
    user = new_colleague(visit, "a quiet river 7")
    fresh = visit(user["email"], "en", password="a quiet river 7")
    page = fresh.open(fresh.page(), "/week")
    expect(page.get_by_role("heading", name="Nothing is due this week")).to_be_visible()
    expect(page.get_by_text("As soon as you are on a joint team")).to_be_visible()
    assert not fresh.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_roles_week_is_fit_to_be_shown(visit: VisitorFor, language: str) -> None:
    person, agent = visit("core@huaxin.example"), visit("agent@firm.example")
    taken(person, agent, "周视图")
    new_client(visit("manager@firm.example"), "周视图")
    wrong: list[str] = []
    for who, made_of in MADE_OF.items():
        visitor = visit(f"{who}@firm.example", language)
        page = visitor.page()
        asked = questions(page)
        visitor.open(page, "/week")
        assert asked - SHELL == made_of, who
        wrong += seen(page, f"week-{who}", language, DESK, DARK) + visitor.errors
        page.close()
    assert not wrong, "\n".join(wrong)
