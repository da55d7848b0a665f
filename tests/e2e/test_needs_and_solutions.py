"""A misread need is put right before anybody looks for a solution; four may stand at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.scenes import LANGUAGES, Tongue, answer, offered, taken
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]
PERSON, AGENT = "pm@huaxin.example", "agent@firm.example"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_misread_need_is_corrected_and_said_back_again(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language, 390, 844), visit(AGENT, language)
    case = taken(person, agent)
    path = f"/cases/{case['id']}"
    agent.call("POST", f"{path}/restate", {"text": "每周一次书面报告"})
    page = agent.open(agent.page(), path)
    seen = person.open(person.page(), f"/requests/{case['id']}")
    seen.get_by_role("button", name=say("Not quite", "不完全对")).click()
    answer(seen, say("Send", "提交"), comment="每天一次，不是每周")
    expect(page.get_by_text("每天一次，不是每周").first).to_be_visible()
    need = page.locator("section", has_text=say("The need, restated", "需求复述")).last
    expect(need.get_by_text("每周一次书面报告")).to_be_visible()
    agent.call("POST", f"{path}/restate", {"text": "每天一次书面报告"})
    expect(seen.get_by_text("每天一次书面报告").first).to_be_visible()
    seen.get_by_role("button", name=say("Yes, that is it", "是的，正确")).click()
    expect(page.get_by_text(say("Confirmed by the client", "客户已确认"))).to_be_visible()
    assert not agent.errors + person.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fourth_solution_is_offered_and_no_fifth(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = offered(person, agent, "加派顾问", "分两次交付", "延长支持")
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    offer = page.locator("#solutions").get_by_role(
        "button", name=say("Offer a solution", "提出方案")
    )
    offer.click()
    answer(page, say("Offer a solution", "提出方案"), title="退回部分费用", description="按合同")
    expect(page.locator("#solutions").get_by_text("退回部分费用")).to_be_visible()
    expect(offer).to_be_disabled()
    seen = person.open(person.page(), f"/requests/{case['id']}")
    for title in ("加派顾问", "分两次交付", "延长支持", "退回部分费用"):
        expect(seen.get_by_text(title).first).to_be_visible()
    assert not agent.errors + person.errors
