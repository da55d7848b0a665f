"""Engagements in the browser: plan, joint team, what blocks a phase, deliverables, stakeholders."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.looks import DARK, DESK, seen
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, VISIBLE_OPTION, Tongue, answer, dialog, fresh_key, pick
from tests.e2e.teams import TEXT, begin, charter, phases, running, staffed, to_be_decided
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300, func_only=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_blocks_a_phase_is_listed_with_its_mend(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    team = staffed(visit, whole=False)
    begin(team)
    executive = team.places["ceo"]
    team.lead.call("POST", f"/members/{executive}/end", {"ends_on": None}, **fresh_key())
    lead = visit("lead@firm.example", language)
    page = lead.open(lead.page(), team.path)
    page.get_by_role("button", name=say("Confirm plan and team", "确认计划与团队")).click()
    missing = say("No executive of the client.", "缺少企业高层。")
    expect(page.get_by_text(missing)).to_be_visible()
    take_picture(page, f"engagement-blocked-{language}")
    page.get_by_role("button", name=say("Add: Executive", "添加：企业高层")).click()
    box = dialog(page)
    pick(page, box.locator("#user_id"), "王建平")
    box.get_by_role("button", name=say("Add a member", "添加成员")).click()
    expect(box).to_be_hidden()
    expect(page.get_by_text(missing)).to_be_hidden()
    # Who decides for the client is new: both project managers confirm again.
    team.pm.call("POST", f"{team.path}/confirm-plan", **fresh_key())
    page.get_by_role("button", name=say("Confirm plan and team", "确认计划与团队")).click()
    page.get_by_role("button", name=say("Start Preparation", "启动“项目准备”")).click()
    expect(page.get_by_text(say("Phase started", "阶段已启动"))).to_be_visible()
    assert phases(team)[0]["status"] == "active"
    assert not lead.errors


@pytest.mark.parametrize("whole", [False, True])
def test_a_draft_is_offered_first_of_all_once_its_team_is_whole(
    visit: VisitorFor, whole: bool
) -> None:
    team = staffed(visit, f"提交 {whole}", whole=whole)
    page = team.lead.open(team.lead.page(), f"{team.path}/team")
    expect(page.locator(".team-map")).to_be_visible()
    expect(page.locator(".gaps")).to_have_count(0 if whole else 1)
    propose = page.get_by_role("button", name="Propose to the client")
    primary = re.compile("ant-btn-primary")
    if whole:
        expect(propose).to_have_class(primary)
    else:
        expect(propose).not_to_have_class(primary)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_team_map_shows_both_firms_and_ends_a_place(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    team = staffed(visit)
    lead = visit("lead@firm.example", language)
    page = lead.open(lead.page(), f"{team.path}/team")
    team_map = page.locator(".team-map")
    sides = team_map.locator(".team-sides").get_by_role("heading")
    expect(sides).to_have_count(2)
    expect(sides.first).to_have_text("华信装备制造股份有限公司")
    theirs, ours = (side.bounding_box() for side in sides.all())
    assert ours and theirs and ours["y"] == theirs["y"]
    assert theirs["x"] + theirs["width"] <= ours["x"]
    core = team_map.locator(".member", has_text="张弛").first
    expect(core.locator(".member-under strong", has_text="刘敏")).to_be_visible()
    take_picture(page, f"engagement-team-{language}", whole=True)
    team_map.get_by_role("button", name="刘敏").click()
    page.get_by_role("menuitem", name=say("End the place", "结束任职")).click()
    answer(page, say("End the place", "结束任职"))
    expect(team_map.get_by_text("刘敏")).to_be_hidden()
    page.get_by_text(say("Table", "表格"), exact=True).click()
    ended = page.get_by_role("row", name="刘敏")
    expect(ended).to_be_visible()
    expect(ended.get_by_role("button")).to_have_count(0)
    assert not lead.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_task_is_finished_beside_the_chart(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    team = running(visit)
    lead = visit("lead@firm.example", language)
    page = lead.open(lead.page(), team.path)
    name = say("Agree roles, domains and the joint team", "商定角色、业务领域与联合项目组名单")
    page.get_by_role("button", name=name).click()
    page.get_by_role("button", name=say("Begin this task", "开始任务")).click()
    page.get_by_role("button", name=say("This task is done", "任务已完成")).click()
    expect(dialog(page).get_by_text(say("Done", "已完成"), exact=True).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(
        page.get_by_label(say("1 of 4 tasks done", "4 项任务中已完成 1 项")).first
    ).to_be_visible()
    bar = page.locator(".bar-task.bar-done")
    expect(bar).to_have_attribute("title", re.compile(f"^{say('Done', '已完成')} · "))
    page.get_by_text(say("Table", "表格"), exact=True).click()
    row = page.get_by_role("row", name=re.compile(f"^{name}"))
    expect(row).to_contain_text(say("Done", "已完成"))
    assert not lead.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_deliverable_goes_through_its_chain(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    team = running(visit)
    path = f"/deliverables/{charter(team)['id']}"
    core = visit("core@huaxin.example", language)
    page = core.open(core.page(), path)
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name=say("Put forward", "提交评审")).click()
    first = say("Version 1", "第 1 版")
    expect(page.get_by_role("heading", name=first, exact=True)).to_be_visible()
    expect(page.locator("#text")).to_have_count(0)
    peripheral = visit("peripheral@huaxin.example", language, 390, 844)
    small = peripheral.open(peripheral.page(), path)
    small.get_by_role("textbox").fill("例会请避开月底盘点。")
    small.get_by_role("button", name=say("Comment", "提交意见"), exact=True).click()
    expect(small.get_by_role("list").get_by_text("例会请避开月底盘点。")).to_be_visible()
    expect(page.get_by_text("例会请避开月底盘点。")).to_be_visible()  # live, without a reload
    page.get_by_role("button", name=say("Ask for the first check", "提请初审")).click()
    pm = visit("pm@huaxin.example", language)
    desk = pm.open(pm.page(), path)
    desk.get_by_role("button", name=say("Send back", "退回修改")).click()
    answer(desk, say("Send back", "退回修改"), reason="请补充里程碑")
    expect(page.get_by_text("请补充里程碑").first).to_be_visible()
    expect(page.locator("#text")).to_have_value(TEXT)
    take_picture(page, f"deliverable-back-{language}", whole=True)
    to_be_decided(team)
    ceo = visit("ceo@huaxin.example", language, 390, 844)
    folded = ceo.open(ceo.page(), path).locator("details.version:not([open])")
    expect(folded).to_contain_text(say("Sent back", "退回"))
    ceo.call("POST", f"{path}/decide", {"accepted": True}, **fresh_key())
    page.get_by_role("button", name=say("Begin the introduction", "开始宣贯")).click()
    page.get_by_role("button", name=say("The introduction is complete", "宣贯完成")).click()
    expect(page.locator(".page-under").get_by_text(say("Introduced", "已宣贯"))).to_be_visible()
    assert not core.errors + peripheral.errors + pm.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_stakeholders_are_drawn_for_the_firm_with_the_way_to_them(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    team = running(visit)
    lead = visit("lead@firm.example", language)
    page = lead.open(lead.page(), f"{team.path}/stakeholders")
    page.get_by_role("button", name=say("Add a profile", "新增画像")).click()
    box = dialog(page)
    box.locator("#user_id").press("ArrowDown")
    page.locator(VISIBLE_OPTION, has_text="王建平").click()
    box.locator("#concerns").fill("担心影响季度产量")
    box.get_by_role("button", name=say("Save", "保存"), exact=True).click()
    expect(box).to_be_hidden()
    page.get_by_role("button", name="王建平").click()
    panel = dialog(page)
    expect(panel.get_by_text("担心影响季度产量")).to_be_visible()
    way = panel.get_by_role("region", name=say("The way to this person", "沟通渠道"))
    expect(way.get_by_text("李慧")).to_be_visible()
    way.get_by_text(say("Key node", "关键节点"), exact=True).click()
    expect(way.get_by_text("李慧")).to_be_hidden()
    take_picture(page, f"stakeholders-{language}")
    pm = visit("pm@huaxin.example", language)
    theirs = pm.open(pm.page(), team.path)
    expect(theirs.get_by_role("link", name=say("Stakeholders", "干系人"))).to_have_count(0)
    assert not lead.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_lead_sees_of_an_engagement_is_fit_to_be_shown(
    visit: VisitorFor, language: str
) -> None:
    team = running(visit)
    item = to_be_decided(team)
    lead = visit("lead@firm.example", language)
    page, wrong = lead.open(lead.page(), "/account"), []
    dresses = [DESK, DARK]
    for name, path in {
        "plan-table": f"{team.path}?as=table",
        "deliverable": f"/deliverables/{item['id']}",
        "team-table": f"{team.path}/team?as=table",
        "score-roles": "/surveys?by=role",
        "deliverables": f"{team.path}/deliverables",
        "history": f"{team.path}/history",
    }.items():
        lead.go(page, path)
        wrong += seen(page, f"engagement-{name}", language, *dresses)
        dresses.reverse()
    assert not wrong + lead.errors, "\n".join(wrong + lead.errors)
