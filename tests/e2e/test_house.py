"""The client side's own house: what waits, engagements, surveys; whole on a phone."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.looks import DARK, DESK, PHONE, seen
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, VISIBLE_OPTION, Tongue, answer, dialog, fresh_key
from tests.e2e.teams import TEXT, Team, charter, running, to_be_decided
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]
MINUTE = 60
_CUT = "all => all.filter(each => each.scrollWidth > each.clientWidth).map(each => each.innerText)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_executive_finishes_a_review_on_a_phone(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    team = running(visit, f"高层评审 {language}")
    item = to_be_decided(team)
    ceo = visit("ceo@huaxin.example", language, 390, 844)
    page = ceo.page()
    began = time.monotonic()
    ceo.open(page, "/")
    expect(
        page.get_by_role("heading", name=say("Waiting for me", "待我处理"), level=1)
    ).to_be_visible()
    page.get_by_role("link", name=f"高层评审 {language}").first.click()
    take_picture(page, f"house-review-{language}")
    page.get_by_role("button", name=say("Accept", "通过"), exact=True).click()
    answer(page, say("Accept", "通过"))
    expect(page.get_by_text(say("Accepted", "决策通过")).first).to_be_visible()
    assert time.monotonic() - began < MINUTE
    path = f"/deliverables/{item['id']}"
    assert team.lead.call("GET", path)["status"] == "accepted"
    page.goto(f"{ceo.address}/waiting")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(
        page.get_by_role("link", name=f"{say('Decision', '决策')}高层评审 {language}")
    ).to_have_count(0)
    assert not ceo.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_person_sees_own_engagements_and_no_act_of_the_firm(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    team = running(visit, f"自己的项目 {language}")
    peripheral = visit("peripheral@huaxin.example", language, 390, 844)
    page = peripheral.open(peripheral.page(), "/engagements")
    page.set_viewport_size({"width": 360, "height": 740})
    places = page.get_by_role("navigation").get_by_role("link")
    assert places.locator("span").evaluate_all(_CUT) == []
    expect(places.nth(1)).to_have_accessible_name(say("My engagements", "我的项目"))
    page.get_by_role("link", name=f"自己的项目 {language}").first.click()
    expect(page.get_by_role("heading", name=f"自己的项目 {language}", level=1)).to_be_visible()
    page.get_by_role("link", name=say("Joint team", "联合项目组")).click()
    expect(page.locator(".team-map strong", has_text="陈立")).to_be_visible()
    expect(page.get_by_role("button", name=say("Add a member", "添加成员"))).to_have_count(0)
    other = visit("it@huaxin.example", language, 390, 844)
    stranger = other.page()
    stranger.goto(f"{other.address}{team.path}")
    expect(stranger.get_by_role("alert")).to_be_visible()
    expect(stranger.get_by_text(f"自己的项目 {language}")).to_have_count(0)
    assert not peripheral.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_core_member_drafts_a_version_and_gives_a_task_on_a_phone(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    team = running(visit, f"核心小组 {language}")
    add_another_core_member(team, visit)
    core = visit("core@huaxin.example", language, 390, 844)
    page = core.open(core.page(), f"/deliverables/{charter(team)['id']}")
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name=say("Put forward", "提交评审")).click()
    first = say("Version 1", "第 1 版")
    expect(page.get_by_role("heading", name=first, exact=True)).to_be_visible()
    core.open(page, team.path)
    page.get_by_text(say("Survey and diagnosis", "调研诊断"), exact=True).click()
    task = say("Ask everybody involved by questionnaire", "面向相关人员发放并回收问卷")
    with_role = say("Anyone in the role", "由该角色人员承担")
    line = page.get_by_role("listitem").filter(has=page.get_by_role("button", name=task))
    line.get_by_role("button").click()
    dialog(page).get_by_label(say("Who", "执行人"), exact=True).click()
    expect(page.locator(VISIBLE_OPTION)).to_have_text([with_role, "刘敏"])
    page.locator(VISIBLE_OPTION, has_text="刘敏").click()
    expect(dialog(page).locator(".ant-select")).to_have_text("刘敏")
    take_picture(page, f"house-task-given-{language}")
    expect(line).to_contain_text("刘敏")
    peripheral = visit("peripheral@huaxin.example").call("GET", "/me")["user"]["id"]
    assert assignee_of(team, "questionnaire") == peripheral
    assert not core.errors


def add_another_core_member(team: Team, visit: VisitorFor) -> None:
    """Beside the one who is there, with a peripheral member of their own."""
    place = {"engagement_id": team.engagement["id"], "domains": ["研发"]}
    above = None
    for name, role in {"it": "core", "ceo": "peripheral"}.items():
        who = visit(f"{name}@huaxin.example").call("GET", "/me")["user"]["id"]
        body = place | {"user_id": who, "role": role, "answers_to": above}
        above = team.lead.call("POST", "/members", body, **fresh_key())["id"]


def assignee_of(team: Team, key: str) -> str | None:
    """Who does a task of the plan, by the task's key."""
    path = f"/tasks?engagement_id={team.engagement['id']}&limit=100"
    tasks = {task["key"]: task for task in team.lead.call("GET", path)["items"]}
    found: str | None = tasks[key]["assignee_id"]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_house_is_fit_to_be_shown(visit: VisitorFor, language: str) -> None:
    team = running(visit)
    item = to_be_decided(team)
    ceo = visit("ceo@huaxin.example", language)
    page, wrong = ceo.open(ceo.page(), "/account"), []
    dresses = [DESK, PHONE, DARK]
    for name, path in {
        "waiting": "/waiting",
        "plan": team.path,
        "deliverable": f"/deliverables/{item['id']}",
        "team": f"{team.path}/team",
        "surveys": "/surveys",
        "deliverables": f"{team.path}/deliverables",
        "history": f"{team.path}/history",
        "requests": "/requests",
        "engagements": "/engagements",
    }.items():
        ceo.go(page, path)
        wrong += seen(page, f"house-{name}", language, *dresses)
        dresses.reverse()
    assert not wrong + ceo.errors, "\n".join(wrong + ceo.errors)
