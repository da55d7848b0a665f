"""What both sides do to a case, clicked: promises moved, waiting, declining, ending, reopening."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import (
    LANGUAGES,
    Tongue,
    answer,
    dialog,
    fresh_key,
    offered,
    raised,
    resolved,
    status_of,
    taken,
    typed,
    working_time,
)
from tests.e2e.visitors import VisitorFor, still
from tests.support.hours import at_any_hour

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]
PERSON, AGENT = "core@huaxin.example", "agent@firm.example"
FOLDED = 12 * 22
"""Pixels of twelve lines."""


def expect_no_past_day(page: Page, say: Tongue) -> None:
    """A day typed that has passed is not taken, and not without a word."""
    field = dialog(page).locator("#due_at")
    before = field.input_value()
    field.fill("2020-01-31 09:00")
    still(page)
    field.press("Tab")
    told = dialog(page).get_by_role("alert")
    expect(told).to_contain_text(say("A day that has passed", "不能选择已过去的日期"))
    expect(field).to_have_value(before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_is_moved_before_it_passes(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = taken(person, agent)
    promise = {"case_id": case["id"], "kind": "update", "due_at": working_time(4).isoformat()}
    agent.call("POST", "/promises", promise, **fresh_key())
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    later = working_time(12)
    page.get_by_role("button", name=say("Agree a new time", "协商新时间")).click()
    expect_no_past_day(page, say)
    button = say("Agree a new time", "协商新时间")
    answer(page, button, due_at=typed(later), reason="客户下周才能提供数据")
    expect(page.get_by_text(say("moved from", "原定")).first).to_be_visible()
    take_picture(page, f"act-promise-moved-{language}")
    (now,) = agent.call("GET", f"/promises?case_id={case['id']}&status=made")["items"]
    assert now["due_at"] == later.strftime("%Y-%m-%dT%H:%M:%SZ")
    seen = person.open(person.page(), f"/requests/{case['id']}")
    expect(seen.get_by_text("客户下周才能提供数据").first).to_be_visible()
    assert not agent.errors + person.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_that_came_due_is_shown_broken_to_both_sides(
    visit: VisitorFor, home: Path, language: str
) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = taken(person, agent)
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    seen = person.open(person.page(), f"/requests/{case['id']}")
    with at_any_hour(home):
        due = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
        promise = {"case_id": case["id"], "kind": "callback", "due_at": due}
        agent.call("POST", "/promises", promise, **fresh_key())
        # Nobody touches either page: each hears of it by itself.
        tabs = (("agent", page), ("person", seen))
        for _, tab in tabs:
            told = say("was broken", "承诺未兑现")
            expect(tab.locator("li", has_text=told)).to_be_visible()
            late = say("1 min late", "超时 1 分钟")
            expect(tab.locator(".page-head").get_by_text(late, exact=True)).to_be_visible()
        # Only now, as it stands there for a minute.
        for who, tab in tabs:
            take_picture(tab, f"act-promise-broken-{who}-{language}")
    expect(page.locator(".promise .mark-bad")).to_have_text(say("Broken", "未兑现"))
    expect(page.get_by_role("button", name=say("Agree a new time", "协商新时间"))).to_have_count(0)
    assert not agent.errors + person.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kept_promise_is_not_called_none_yet(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = taken(person, agent)
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    head = page.locator(".page-head")
    expect(head).to_contain_text(say("No promise yet", "尚未承诺"))
    promise = {"case_id": case["id"], "kind": "update", "due_at": working_time(4).isoformat()}
    made = agent.call("POST", "/promises", promise, **fresh_key())
    agent.call("POST", f"/promises/{made['id']}/keep", {})
    none_open = say("No open promise", "没有待兑现的承诺")
    expect(agent.open(page, f"/cases/{case['id']}").locator(".page-head")).to_contain_text(
        none_open
    )
    take_picture(page, f"act-promise-kept-{language}")
    seen = person.open(person.page(), f"/requests/{case['id']}")
    expect(seen.locator(".page-head")).to_contain_text(none_open)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_outside_working_hours_is_refused_in_place(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = taken(person, agent)
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    page.get_by_role("button", name=say("Promise", "作出承诺"), exact=True).click()
    box = dialog(page)
    box.locator("#due_at").fill(typed(working_time(12).replace(hour=18)))
    box.locator("#due_at").press("Enter")
    box.get_by_role("button", name=say("Promise", "作出承诺"), exact=True).click()
    expect(box.get_by_text(say("outside working hours", "不在工作时间内")).first).to_be_visible()
    expect(box.locator("#due_at")).not_to_have_value("")


@pytest.mark.parametrize("language", LANGUAGES)
def test_work_waits_for_the_client_and_goes_on(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = taken(person, agent)
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    page.get_by_role("button", name=say("More", "更多")).click()
    page.get_by_role("menuitem", name=say("Wait for client", "等待客户")).click()
    answer(page, say("Wait for client", "等待客户"), reason="请提供验收清单")
    expect(page.get_by_text(say("Waiting for client", "等待客户")).first).to_be_visible()
    seen = person.open(person.page(), f"/requests/{case['id']}")
    expect(
        seen.get_by_text(say("We need something from you", "我们需要您提供信息")).first
    ).to_be_visible()
    expect(seen.get_by_text("请提供验收清单").first).to_be_visible()
    take_picture(seen, f"act-waiting-{language}", whole=True)
    page.get_by_role("button", name=say("Go on", "继续处理")).click()
    expect(page.get_by_role("button", name=say("Go on", "继续处理"))).to_be_hidden()
    assert status_of(agent, case) == "assigned"
    assert not agent.errors + person.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_solution_is_declined_and_another_accepted(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = offered(person, agent, "加派顾问", "延长支持")
    page = person.open(person.page(), f"/requests/{case['id']}")
    first = page.get_by_role("article", name="加派顾问")
    first.get_by_role("button", name=say("Decline", "谢绝")).click()
    answer(page, say("Decline", "谢绝"), reason="时间来不及")
    expect(first.get_by_text(say("Declined", "已谢绝"), exact=True)).to_be_visible()
    expect(first.get_by_text("时间来不及")).to_be_visible()
    assert status_of(agent, case) == "solution_offered"
    second = page.get_by_role("article", name="延长支持")
    second.get_by_role("button", name=say("Accept", "接受"), exact=True).click()
    box = dialog(page)
    box.get_by_role("button", name=say("Accept", "接受"), exact=True).click()
    expect(second.get_by_text(say("Accepted", "已接受"), exact=True)).to_be_visible()
    assert status_of(agent, case) == "solution_accepted"
    assert not person.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agent_takes_a_solution_back(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = offered(person, agent, "加派顾问")
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    column = page.get_by_role("article", name="加派顾问")
    column.get_by_role("button", name=say("Take back", "撤回")).click()
    dialog(page).get_by_role("button", name=say("Take back", "撤回"), exact=True).click()
    expect(column.get_by_text(say("Taken back", "已撤回"), exact=True)).to_be_visible()
    assert status_of(agent, case) == "in_progress"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_withdraws_the_own_request(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person = visit(PERSON, language, 390, 844)
    case = raised(person)
    page = person.open(person.page(), f"/requests/{case['id']}")
    page.get_by_role("button", name=say("Withdraw this request", "撤回此请求")).click()
    box = dialog(page)
    box.get_by_role("button", name=say("Withdraw", "撤回"), exact=True).click()
    expect(box.get_by_text(say("Please fill this in", "请填写此项"))).to_be_visible()
    answer(page, say("Withdraw", "撤回"), reason="已经自行解决")
    expect(page.get_by_text(say("Withdrawn", "已撤回"), exact=True).first).to_be_visible()
    assert status_of(person, case) == "withdrawn"
    assert not person.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agent_withdraws_a_case_from_the_menu(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = taken(person, agent)
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    page.get_by_role("button", name=say("More", "更多")).click()
    page.get_by_role("menuitem", name=say("Withdraw", "撤回")).click()
    answer(page, say("Withdraw", "撤回"), reason="与另一工单重复")
    expect(page.get_by_text(say("Withdrawn", "已撤回"), exact=True).first).to_be_visible()
    assert status_of(agent, case) == "withdrawn"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_says_that_it_is_not_solved(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = resolved(person, agent)
    page = person.open(person.page(), f"/requests/{case['id']}")
    page.get_by_role("button", name=say("Not solved", "没有解决")).click()
    answer(page, say("Not solved", "没有解决"), reason="附件仍然缺失")
    expect(page.get_by_text(say("Reopened", "已重开"), exact=True).first).to_be_visible()
    assert status_of(agent, case) == "reopened"
    seen = agent.open(agent.page(), f"/cases/{case['id']}")
    expect(seen.get_by_text("附件仍然缺失").first).to_be_visible()
    assert not agent.errors + person.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_closes_what_is_solved(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = resolved(person, agent)
    page = person.open(person.page(), f"/requests/{case['id']}")
    page.get_by_role("button", name=say("Solved, close it", "已解决，关闭")).click()
    expect(page.get_by_text(say("Closed", "已关闭"), exact=True).first).to_be_visible()
    assert status_of(person, case) == "closed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_internal_note_stays_with_the_firm(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language)
    case = taken(person, agent)
    secret, answered = "对方情绪紧张，先电话安抚。", "今天内给您答复。"
    seen = person.open(person.page(), f"/requests/{case['id']}")
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    page.get_by_label(say("Write an internal note", "写内部备注")).fill(secret)
    page.get_by_role("button", name=say("Add note", "添加备注")).click()
    note = page.get_by_role("article", name=say("Internal note by", "的内部备注"))
    expect(note).to_contain_text(secret)
    page.get_by_role("tab", name=say("Public reply", "公开回复")).click()
    page.get_by_role("textbox", name=say("Write to the client", "回复客户")).fill(answered)
    page.get_by_role("button", name=say("Send", "发送"), exact=True).click()
    take_picture(page, f"act-note-{language}")
    expect(seen.get_by_text(answered)).to_be_visible()  # live, and later than the note
    assert secret not in seen.content()
    person.open(seen, f"/requests/{case['id']}")
    expect(seen.get_by_text(answered)).to_be_visible()
    assert secret not in seen.content()
    assert not agent.errors + person.errors


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_very_long_complaint_is_folded_until_all_of_it_is_wanted(
    visit: VisitorFor, language: str, width: int
) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language, width, 844)
    words = "\n\n".join(f"{number}. {'周报又晚了两天，附件也缺了。' * 12}" for number in range(58))
    body = {"kind": "complaint", "subject": "说来话长", "description": words[:10_000]}
    case = person.call("POST", "/cases", body, **fresh_key())
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    unfold = page.get_by_role("button", name=say("Show all", "全部显示"))
    fold = page.get_by_role("button", name=say("Show less", "收起"), exact=True)
    matter = page.locator(".pre").first
    expect(unfold).to_be_in_viewport()
    assert matter.evaluate("e => e.clientHeight") <= FOLDED
    take_picture(page, f"case-folded-{language}-{width}")
    unfold.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    assert matter.evaluate("e => e.clientHeight") > 4 * FOLDED
    fold.scroll_into_view_if_needed()
    fold.press("Space")
    expect(unfold).to_be_in_viewport()
    expect(unfold).to_be_focused()
    agent.open(page, f"/cases/{raised(person)['id']}")
    expect(matter).to_have_text("说好周一，周三才到。")
    expect(unfold).to_have_count(0)
    assert not agent.errors
