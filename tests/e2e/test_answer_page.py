"""The public answer page: from the mailed link to the thanks, on a phone, without a sign-in."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.asking import (
    ADMIN,
    SIX,
    answers_about,
    asked_about_a_case,
    campaign,
    end_phase,
    joined,
    link_in_mail,
)
from tests.e2e.looks import accessibility, check
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue
from tests.e2e.teams import running
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]
MANAGER = "manager@firm.example"
PHONE: Final = (390, 844)


def thanked(page: Page, say: Tongue) -> None:
    """The page says that the answer arrived."""
    expect(page.get_by_role("heading", name=say("Thank you", "感谢您的参与"))).to_be_visible()


def gone(page: Page, say: Tongue) -> None:
    """The page says that there is nothing to answer, and shows no question."""
    title = say("This survey is not open", "问卷已失效")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(0)


def give(page: Page, value: int) -> None:
    """Touch an answer of the first question."""
    touched = page.locator("label", has=page.locator(f'input[value="{value}"]'))
    page.get_by_role("group").first.locator(touched).click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_survey_is_answered_on_a_phone_from_the_mailed_link(
    visit: VisitorFor, stranger: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    case, link = asked_about_a_case(visit, language)
    person = stranger(language, *PHONE)
    page = person.page()
    page.goto(link)
    title = say("How did we handle your case?", "您对本次服务处理满意吗？")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text(case["number"])).to_be_visible()
    wrong = check(page, "answer", language) + accessibility(page, "answer")
    take_picture(page, f"answer-open-{language}", whole=True)
    give(page, 5)
    page.get_by_role("textbox").fill("处理及时，说明清楚。")
    page.get_by_role("button", name=say("Submit", "提交")).click()
    thanked(page, say)
    take_picture(page, f"answer-thanks-{language}")
    page.reload()
    thanked(page, say)
    page.goto(link)
    gone(page, say)
    assert page.title() == say("This survey is not open", "问卷已失效")
    (kept,) = answers_about(visit(MANAGER), case["number"])
    assert (kept["score"], kept["low"], kept["comment"]) == (5, False, "处理及时，说明清楚。")
    assert kept["person"]["name"] == "韩雪"
    assert not wrong + person.errors


def test_a_double_tap_on_submit_sends_once_and_thanks(
    visit: VisitorFor, stranger: VisitorFor
) -> None:
    say = Tongue("en")
    case, link = asked_about_a_case(visit, "en")
    person = stranger("en", *PHONE)
    page = person.page()
    page.goto(link)
    give(page, 4)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.method) if "/answers" in asked.url else None)
    page.get_by_role("button", name=say("Submit", "提交")).dblclick()
    thanked(page, say)
    assert len(answers_about(visit(MANAGER), case["number"])) == 1
    thanked(page, say)
    assert sent.count("POST") == 1
    assert not person.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_answered_is_there_after_a_reload_and_on_another_phone(
    visit: VisitorFor, stranger: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    case, link = asked_about_a_case(visit, language)
    person = stranger(language, *PHONE)
    page = person.page()
    page.goto(link)
    give(page, 4)
    page.get_by_role("textbox").fill("写到一半")
    expect(page.get_by_role("status")).to_have_text(
        say(
            "Kept. You can close this page and come back by the same link.",
            "已保存。您可以关闭页面，稍后通过同一链接继续。",
        )
    )
    take_picture(page, f"answer-kept-{language}", whole=True)
    page.reload()
    expect(page.get_by_role("radio", checked=True)).to_have_value("4")
    expect(page.get_by_role("textbox")).to_have_value("写到一半")
    other = stranger(language, *PHONE).page()
    other.goto(link)
    expect(other.get_by_role("radio", checked=True)).to_have_value("4")
    other.get_by_role("button", name=say("Submit", "提交")).click()
    thanked(other, say)
    (kept,) = answers_about(visit(MANAGER), case["number"])
    assert (kept["score"], kept["comment"]) == (4, "写到一半")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_takes_one_answer_and_then_opens_nothing(
    visit: VisitorFor, stranger: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    case, link = asked_about_a_case(visit, language)
    person = stranger(language, *PHONE)
    first, second = person.page(), person.page()
    for page in (first, second):
        page.goto(link)
        give(page, 3)
    first.get_by_role("button", name=say("Submit", "提交")).click()
    thanked(first, say)
    second.get_by_role("button", name=say("Submit", "提交")).click()
    gone(second, say)
    first.goto(link)
    gone(first, say)
    take_picture(first, f"answer-gone-{language}")
    assert len(answers_about(visit(MANAGER), case["number"])) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["", "#", "#no-such-token", "#" + "A" * 43, "#" + "x" * 400])
def test_a_link_that_is_unknown_or_cut_off_opens_nothing(
    stranger: VisitorFor, language: str, ending: str
) -> None:
    person = stranger(language, *PHONE)
    page = person.page()
    page.goto(f"{person.address}/survey{ending}")
    gone(page, Tongue(language))
    assert not check(page, "gone", language) + accessibility(page, "gone") + person.errors


def test_what_is_missing_is_marked_and_nothing_is_lost(
    visit: VisitorFor, stranger: VisitorFor
) -> None:
    _, link = asked_about_a_case(visit, "en")
    page = stranger("en", *PHONE).page()
    page.goto(link)
    page.get_by_role("textbox").fill("Fine so far.")
    page.get_by_role("button", name="Submit").click()
    first = page.get_by_role("group").first
    expect(first.get_by_text("Please answer the question that is marked.")).to_be_visible()
    expect(first.get_by_role("radio").first).to_be_focused()
    expect(page.get_by_role("textbox")).to_have_value("Fine so far.")
    assert not accessibility(page, "missing")
    take_picture(page, "answer-missing-en", whole=True)
    marked = page.get_by_text("Please answer the question that is marked.")
    left = page.locator("fieldset[data-missing]")
    expect(left).to_have_count(1)  # the only one that has to be answered
    left.get_by_role("radio").last.check()
    expect(left).to_have_count(0)
    expect(marked).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_survey_is_answered_from_the_keyboard_alone(
    visit: VisitorFor, stranger: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    case, link = asked_about_a_case(visit, language)
    page = stranger(language).page()
    page.goto(link)
    expect(page.get_by_role("radio").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=say("中文", "English"))).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio").first).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", checked=True)).to_have_value("4")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", checked=True)).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.type("ok")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    thanked(page, say)
    (kept,) = answers_about(visit(MANAGER), case["number"])
    assert (kept["score"], kept["comment"]) == (4, "ok")


def test_the_language_is_turned_without_losing_an_answer(
    visit: VisitorFor, stranger: VisitorFor
) -> None:
    _, link = asked_about_a_case(visit, "zh")
    page = stranger("zh", *PHONE).page()
    page.goto(link)
    give(page, 4)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="How did we handle your case?")).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_value("4")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="中文")).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phase_asks_its_leaders_whether_they_would_recommend_us(
    visit: VisitorFor, stranger: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    admin = visit(ADMIN)
    with campaign(admin, "phase_ended_leaders", fatigue_days=0):
        team = running(visit, f"阶段问卷 {language}")
        visit("ceo@huaxin.example", language)
        number = end_phase(team)
        link = link_in_mail(admin, "ceo@huaxin.example", number)
    for width, dark in ((360, False), (390, True), (1440, False)):
        person = stranger(language, width, 740, dark=dark)
        page = person.page()
        page.goto(link)
        expect(page.get_by_role("radio")).to_have_count(11)
        wrong = check(page, "nps", language) + accessibility(page, "nps")
        take_picture(page, f"answer-nps-{language}-{width}", whole=True)
        assert not wrong + person.errors
    give(page, 9)
    page.get_by_role("button", name=say("Submit", "提交")).click()
    thanked(page, say)
    (kept,) = answers_about(visit(MANAGER), number)
    assert (kept["kind"], kept["score"], kept["role"]) == ("nps", 9, "executive")


def test_an_anonymous_answer_leaves_no_name_on_any_page(
    visit: VisitorFor, stranger: VisitorFor
) -> None:
    say = Tongue("zh")
    admin, manager = visit(ADMIN), visit(MANAGER, "zh")
    everybody = ["executive", "client_pm", "core", "peripheral"]
    secret = "排班规则没有问过一线。"
    with campaign(admin, "phase_ended_team", anonymous=True, roles=everybody, fatigue_days=0):
        team = running(visit, "匿名问卷")
        joined(team, visit, "quality", "workshop")
        visit("workshop@huaxin.example", "zh")
        number = end_phase(team)
        link = link_in_mail(admin, "workshop@huaxin.example", number)
    person = stranger("zh", 360, 740)
    page = person.page()
    page.goto(link)
    expect(page.get_by_text("本问卷匿名：答案不与您的姓名关联")).to_be_visible()
    wrong = check(page, "anonymous", "zh") + accessibility(page, "anonymous")
    take_picture(page, "answer-anonymous-zh", whole=True)
    give(page, 1)
    page.get_by_role("textbox").fill(secret)
    page.get_by_role("button", name="提交").click()
    thanked(page, say)
    page.goto(link)
    gone(page, say)
    assert answers_about(manager, number) == []
    asked = manager.call("GET", f"/invitations?engagement_id={team.engagement['id']}&limit=50")
    states = {
        each["person"]["name"]: each["status"] for each in asked["items"] if each["anonymous"]
    }
    assert len(states) == len(SIX) and set(states.values()) == {"open"}
    client = manager.call("GET", "/clients?q=华信&limit=1")["items"][0]
    for path in ("/surveys/comments", "/surveys/invitations", f"/clients/{client['id']}"):
        desk = manager.open(manager.page(), path)
        expect(desk.get_by_text(secret)).to_have_count(0)
    assert not wrong + person.errors + manager.errors
