"""The surveys pages of the firm, the client side's own surveys, and both on the client page."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.asking import ADMIN, AGENT, asked_about_a_case, campaign
from tests.e2e.looks import accessibility, check
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, fresh_key, resolved
from tests.e2e.teams import staffed
from tests.e2e.visitors import Visitor, VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]
MANAGER = "manager@firm.example"


@pytest.mark.parametrize("language", LANGUAGES)
def test_scores_are_told_apart_and_the_address_keeps_it(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language)
    page = manager.open(manager.page(), "/surveys")
    nps = page.get_by_role("region", name=say("Recommendation (NPS)", "推荐意愿"))
    form = nps.get_by_role("row", name=say("Would you recommend us?", "您愿意推荐我们吗？"))
    expect(form).to_contain_text(say(" of ", " / "))
    page.get_by_text(say("Role", "角色"), exact=True).first.click()
    expect(nps.get_by_role("row", name=say("Executive", "企业高层"))).to_be_visible()
    page.reload()
    expect(nps.get_by_role("row", name=say("Executive", "企业高层"))).to_be_visible()
    known = manager.call("GET", "/scores?by=role")["items"]
    score = next(each for each in known if (each["kind"], each["key"]) == ("nps", "executive"))
    row = nps.get_by_role("row", name=say("Executive", "企业高层"))
    expect(row).to_contain_text(str(round(score["score"])))
    low, high = round(score["low"]), round(score["high"])
    expect(row).to_contain_text(say(f"{low} to {high}", f"{low} 至 {high}"))
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_low_answers_are_a_view_and_lead_to_what_they_are_about(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language)
    page = manager.open(manager.page(), "/surveys/comments?low=true")
    known = manager.call("GET", "/responses?low=true&sort=-answered_at&limit=1")["items"][0]
    row = page.get_by_role("row").filter(has_text=known["subject"]).first
    expect(row).to_contain_text(
        say(f"{known['score']} of", f"{known['score']} /"), use_inner_text=True
    )
    assert all(each["low"] for each in manager.call("GET", "/responses?low=true&limit=50")["items"])
    row.get_by_text(known["subject"]).click()
    page.wait_for_url("**/cases/*" if known["case_id"] else "**/engagements/*")
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_not_answered_yet_is_a_view(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    case, _ = asked_about_a_case(visit, language)
    manager = visit(MANAGER, language)
    page = manager.open(manager.page(), "/surveys/invitations?waiting=true&sort=-created_at")
    row = page.get_by_role("row").filter(has_text=case["number"])
    expect(row).to_contain_text("韩雪")
    expect(row).to_contain_text(say("Open", "待答"))
    assert not manager.errors


@pytest.mark.parametrize("part", ["comments", "invitations"])
def test_a_list_among_the_surveys_ends_with_the_window(visit: VisitorFor, part: str) -> None:
    manager = visit("manager@firm.example")
    page = manager.open(manager.page(), f"/surveys/{part}")
    for height in (900, 1400):
        page.set_viewport_size({"width": 1440, "height": height})
        box = page.locator(".table").bounding_box()
        assert box and abs(box["y"] + box["height"] - height) <= 1
        assert (
            page.evaluate("(e => e.scrollHeight - e.clientHeight)(document.querySelector('.work'))")
            <= 1
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_shows_every_question_in_the_readers_language(
    visit: VisitorFor, language: str
) -> None:
    manager = visit(MANAGER, language, 390, 844)
    page = manager.open(manager.page(), "/surveys/forms")
    named = Tongue(language)("Parts of the surveys", "问卷内容")
    strip = page.get_by_role("navigation", name=named)
    where = strip.locator("[aria-current]").bounding_box()
    assert where and where["x"] >= 0 and where["x"] + where["width"] <= 390
    further = strip.evaluate("each => each.scrollWidth > each.clientWidth")
    faded = strip.evaluate("each => 'before' in each.dataset || 'after' in each.dataset")
    assert (further, faded) == ((True, True) if language == "en" else (False, False))
    forms = manager.call("GET", "/surveys?limit=50")["items"]
    for form in forms:
        section = page.get_by_role("region", name=form["title"][language])
        for question in form["questions"]:
            expect(section.get_by_text(question["title"][language])).to_be_visible()
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_answers_the_own_survey_and_it_waits_no_more(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    other = "en" if language == "zh" else "zh"
    case, _ = asked_about_a_case(visit, other, "workshop")
    person = visit("workshop@huaxin.example", language, 390, 844)
    page = person.open(person.page(), "/waiting")
    expect(page.get_by_text(case["number"]).first).to_be_visible()
    page = person.open(page, "/surveys")
    line = page.get_by_role("listitem").filter(has_text=case["number"])
    expect(line).to_contain_text(case["subject"])
    take_picture(page, f"own-surveys-{language}")
    line.get_by_role("button", name=say("Answer", "填写")).click()
    page.wait_for_url(re.compile(rf"/survey\?language={language}#"))
    page.get_by_text(say("satisfied", "满意"), exact=True).first.click()
    page.get_by_role("button", name=say("Submit", "提交")).click()
    expect(page.get_by_role("heading", name=say("Thank you", "感谢您的参与"))).to_be_visible()
    person.open(page, "/surveys")
    expect(page.get_by_text(case["number"])).to_have_count(0)
    assert not person.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_low_answer_stands_on_the_client_page_with_the_case_it_opened(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    person, agent = visit("quality@huaxin.example", language), visit(AGENT)
    manager = visit(MANAGER, language)
    client = person.call("GET", "/me")["client"]["id"]
    page = manager.open(manager.page(), f"/clients/{client}")
    with campaign(visit(ADMIN), "case_closed", fatigue_days=0):
        case = resolved(person, agent)
        person.call("POST", f"/cases/{case['id']}/close", {})
        survey = invited(person, case["number"])
    path = person.call("POST", f"/invitations/{survey['id']}/open")["path"]
    said = f"等了三天才有人回电。{language}"
    answers = {"answers": {"satisfaction": 1, "comment": said}}
    person.call("POST", "/answers", answers, **{"Survey-Token": path.partition("#")[2]})
    surveys = page.get_by_role("region", name=say("Satisfaction", "满意度"))
    line = surveys.get_by_role("listitem").filter(has_text=said)
    expect(line).to_contain_text(say("1 of 5", "1 / 5"))
    follow_up = line.get_by_role("link", name=say("Follow-up K-", "跟进工单 K-"))
    expect(follow_up).to_be_visible()
    take_picture(page, f"client-follow-up-{language}", whole=True)
    follow_up.click()
    page.wait_for_url("**/cases/*")
    expect(page.get_by_text(said).first).to_be_visible()
    own = person.open(person.page(), f"/requests/{page.url.rpartition('/')[2]}")
    expect(own.locator(".page-head")).to_contain_text(
        say("Follow-up of a survey answer", "问卷答复跟进")
    )
    expect(own.get_by_text(say("We opened this ourselves", "我们主动跟进"))).to_be_visible()
    expect(own.locator("main")).not_to_contain_text("Rapport")
    assert not manager.errors + person.errors


def invited(person: Visitor, about: str) -> dict[str, Any]:
    """The own survey about a case, once the round has opened."""
    for _ in range(300):
        items = person.call("GET", "/invitations?waiting=true&limit=50")["items"]
        found: dict[str, Any] | None = next((i for i in items if i["subject"] == about), None)
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"no survey about {about}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_the_client_page_says_where_engagements_stand_and_who_is_missing(
    visit: VisitorFor, language: str, width: int
) -> None:
    say = Tongue(language)
    team = staffed(visit, f"缺人的项目 {language} {width}", whole=False)
    manager = visit(MANAGER, language, width, 844)
    page = manager.open(manager.page(), f"/clients/{team.engagement['client_id']}")
    part = page.get_by_role("region", name=say("Engagements", "咨询项目"))
    line = part.get_by_role("listitem").filter(has_text=f"缺人的项目 {language} {width}")
    expect(line).to_contain_text(say("2 gaps in the team", "项目组有 2 处缺口"))
    expect(line).to_contain_text(say("Team: 2 client side, 1 ours", "客户方 2 人，我方 1 人"))
    expect(line).to_contain_text(say("Next: ", "下一阶段："))
    executive = team.places["ceo"]
    team.lead.call("POST", f"/members/{executive}/end", {"ends_on": None}, **fresh_key())
    expect(line).to_contain_text(say("3 gaps in the team", "项目组有 3 处缺口"))
    wrong = check(page, "client", language) + accessibility(page, "client")
    line.get_by_role("link", name=f"缺人的项目 {language} {width}").click()
    expect(
        page.get_by_role("heading", name=f"缺人的项目 {language} {width}", level=1)
    ).to_be_visible()
    assert not wrong + manager.errors


def test_who_is_not_on_the_engagement_sees_neither_it_nor_its_answers(visit: VisitorFor) -> None:
    team = staffed(visit, "只给项目组看的项目", whole=False)
    path = f"/clients/{team.engagement['client_id']}"
    bystander = visit("bystander@firm.example")
    page = bystander.open(bystander.page(), path)
    expect(page.get_by_text("No engagement that you may see.")).to_be_visible()
    expect(page.get_by_text("只给项目组看的项目")).to_have_count(0)
    lead = visit("lead@firm.example")
    expect(lead.open(lead.page(), path).get_by_text("只给项目组看的项目").first).to_be_visible()


def test_more_groups_of_scores_come_when_asked_for(visit: VisitorFor) -> None:
    manager = visit(MANAGER)
    page = manager.page()
    page.route(
        "**/api/v1/scores?*",
        lambda route: route.continue_(url=f"{route.request.url}&limit=2"),
    )
    manager.open(page, "/surveys?by=client")
    rows = page.locator(".score-table tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Show more").click()
    expect(rows).to_have_count(4)
    assert not manager.errors


def test_the_client_page_shows_more_answers_when_asked(visit: VisitorFor) -> None:
    manager = visit(MANAGER)
    client = visit("pm@huaxin.example").call("GET", "/me")["client"]["id"]
    latest = manager.call("GET", f"/clients/{client}/page")["surveys"]["latest"]
    assert len(latest) > 4
    page = manager.open(manager.page(), f"/clients/{client}")
    lines = page.locator("#surveys .lines > li")
    expect(lines).to_have_count(4)
    page.get_by_role("button", name=f"Show {len(latest) - 4} more").click()
    expect(lines).to_have_count(len(latest))
    page.get_by_role("button", name="Show fewer").click()
    expect(lines).to_have_count(4)
    assert not manager.errors
