"""My week, for each role: what is due by day, one click from being done."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.looks import DARK, DESK, seen
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, new_client, new_colleague, raised, taken
from tests.e2e.teams import running, to_be_decided
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]

EVERYBODYS: Final = {"/waiting", "/cases"}
OF_A_TEAM: Final = EVERYBODYS | {"/stakeholder-actions", "/engagements"}
OF_AN_AGENT: Final = EVERYBODYS | {"/cases?unassigned", "/follow-ups"}
MADE_OF: Final = {
    "partner": OF_A_TEAM | {"/clients", "/deliverables"},
    "manager": OF_A_TEAM | {"/clients"},
    "lead": OF_A_TEAM | {"/deliverables"},
    "consultant": OF_A_TEAM,
    "agent": OF_AN_AGENT,
    "admin": OF_A_TEAM | OF_AN_AGENT | {"/clients"},
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
