"""The pipeline: dragged, moved from the keyboard, won and lost; grades and the next call."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, ZONE, Tongue, answer, dialog, fresh_key, new_client
from tests.e2e.visitors import Visitor, VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]
MANAGER = "manager@firm.example"


def opened(manager: Visitor, title: str, stage: str = "lead") -> dict[str, Any]:
    """An opportunity with a client of its own."""
    client = new_client(manager, "拓展")
    body = {
        "client_id": client["id"],
        "title": f"{title} {client['number']}",
        "stage": stage,
        "amount": {"amount_minor": 50_000_000, "currency": "CNY"},
        "close_on": (datetime.now(UTC) + timedelta(days=30)).date().isoformat(),
    }
    item: dict[str, Any] = manager.call("POST", "/opportunities", body, **fresh_key())
    return item


def stage_of(manager: Visitor, item: dict[str, Any]) -> str:
    """Where it stands for everybody."""
    stage: str = manager.call("GET", f"/opportunities/{item['id']}")["stage"]
    return stage


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_dragged_to_another_stage_and_the_move_undone(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language)
    item, beside = opened(manager, "流程再造"), opened(manager, "流程再造", "site_survey")
    page = manager.open(manager.page(), f"/opportunities?q={item['title']}")
    expect(page.get_by_role("link", name=item["title"])).to_be_visible()
    page.goto(f"{manager.address}/opportunities?q=流程再造")
    card = page.locator(".kard", has_text=item["title"])
    lane = page.locator(".lane", has=page.locator(".kard", has_text=beside["title"]))
    card.drag_to(lane)
    expect(lane.get_by_text(item["title"], exact=True)).to_be_visible()
    page.get_by_role("button", name=say("Undo", "撤销")).last.click()
    lead = page.locator(f'section[aria-label="{say("Lead", "线索")}"]')
    expect(lead.get_by_text(item["title"], exact=True)).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.get_by_text(item["title"], exact=True)).to_have_count(1)
    assert [s["stage"] for s in manager.call("GET", f"/opportunities/{item['id']}")["stages"]] == [
        "lead",
        "site_survey",
        "lead",
    ]
    assert not manager.errors


def test_a_card_is_moved_from_the_keyboard_and_keeps_the_cursor(visit: VisitorFor) -> None:
    manager = visit(MANAGER)
    item = opened(manager, "培训体系")
    page = manager.open(manager.page(), f"/opportunities?q={item['title']}")
    card = page.locator(f'[data-card="{item["id"]}"]')
    card.focus()
    page.keyboard.press("Shift+ArrowRight")
    survey = page.get_by_role("region", name="Site survey")
    expect(survey.locator(f'[data-card="{item["id"]}"]')).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(
        page.get_by_role("region", name="Value proposition").get_by_text(item["title"])
    ).to_be_visible()
    page.reload()
    expect(
        page.get_by_role("region", name="Value proposition").get_by_text(item["title"])
    ).to_be_visible()
    assert stage_of(manager, item) == "value_proposition"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_loss_says_why_and_can_be_opened_again(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language)
    item = opened(manager, "薪酬体系", "proposal")
    page = manager.open(manager.page(), f"/opportunities/{item['id']}")
    page.get_by_role("button", name=say("Lost", "输单"), exact=True).click()
    box = dialog(page)
    box.get_by_role("button", name=say("Lost", "输单"), exact=True).click()
    expect(box.get_by_text(say("Say why it was lost", "请填写输单原因"))).to_be_visible()
    answer(page, say("Lost", "输单"), reason="预算推迟到明年", competitor="某咨询公司")
    expect(page.get_by_text("预算推迟到明年").first).to_be_visible()
    take_picture(page, f"opportunity-lost-{language}")
    page.get_by_role("button", name=say("Open again at", "重新打开至")).click()
    page.get_by_role("menuitem", name=say("Proposal", "提交方案")).click()
    expect(page.get_by_role("button", name=say("Won", "赢单"), exact=True)).to_be_visible()
    assert stage_of(manager, item) == "proposal"
    assert not manager.errors


def test_a_win_leads_to_its_draft_engagement(visit: VisitorFor) -> None:
    manager = visit(MANAGER)
    item = opened(manager, "集团管控", "negotiation")
    page = manager.open(manager.page(), f"/opportunities/{item['id']}")
    page.get_by_role("button", name="Won", exact=True).click()
    answer(page, "Won", reason="高层认可诊断结论")
    link = page.get_by_role("link", name=re.compile("Go to the engagement E-"))
    expect(link).to_be_visible()
    link.click()
    expect(page.get_by_role("heading", name=item["title"], level=1)).to_be_visible()
    expect(page.get_by_text("Draft", exact=True).first).to_be_visible()
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_opportunity_is_written_down_and_corrected(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language, 390, 844)
    client = new_client(manager, "新源")
    page = manager.open(manager.page(), f"/opportunities/new?client={client['id']}")
    title = f"供应链诊断 {client['number']}"
    page.locator("#title").fill(title)
    page.locator("#amount").fill("880000")
    page.get_by_role("button", name=say("Add opportunity", "保存商机")).click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    page.get_by_role("button", name=say("Edit", "修改"), exact=True).click()
    page.locator("#competitor").fill("某国际咨询公司")
    page.get_by_role("button", name=say("Save", "保存"), exact=True).click()
    expect(page.get_by_text("某国际咨询公司")).to_be_visible()
    page.goto(f"{manager.address}/clients/{client['id']}")
    expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grade_starts_the_clock_of_calls(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language)
    client = new_client(manager, "辰光")
    page = manager.open(manager.page(), f"/clients/{client['id']}")
    page.get_by_role("button", name=say("Set grade", "设定等级")).click()
    box = dialog(page)
    box.get_by_role("radio").first.check()
    answer(page, say("Set grade", "设定等级"), reason="三年合作，付款及时")
    expect(page.get_by_text("三年合作，付款及时").first).to_be_visible()
    rhythm = page.get_by_role("region", name=say("Grade and rhythm", "等级与联络频次"))
    expect(rhythm.get_by_text(say("in 7 days", "7天后"))).to_be_visible()
    visit_on = datetime.now(ZONE).date() + timedelta(days=60)
    far = rhythm.locator(f'time[datetime="{visit_on}"]')
    expect(far).to_contain_text(
        say(f"{visit_on:%b} {visit_on.day}", f"{visit_on.month}月{visit_on.day}日")
    )
    page.get_by_role("button", name=say("Earlier grades", "历次等级")).click()
    expect(page.get_by_role("list", name=say("Earlier grades", "历次等级"))).to_contain_text("林晓")
    page.goto(f"{manager.address}/clients?q={client['legal_name']}&grade=A")
    expect(page.get_by_text(say("in 7 days", "7天后"))).to_be_visible()
    assert not manager.errors
