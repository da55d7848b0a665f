"""How forms speak and keep their shape: errors, dates, ranges, and ways out of what is missing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.asking import ADMIN
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, dialog, fresh_key, new_client, pick
from tests.e2e.teams import TEXT, charter, running
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]
MANAGER = "manager@firm.example"
BETWEEN = 12
"""Pixels that keep a field and the label of the next apart."""
_DRAFTED = "() => Object.keys(localStorage).some(key => key.includes('opportunity.new'))"


def _below(upper: Locator, lower: Locator) -> float:
    above, under = upper.bounding_box(), lower.bounding_box()
    assert above and under
    return under["y"] - (above["y"] + above["height"])


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_keeps_its_distance_from_the_next_field(
    visit: VisitorFor, language: str, width: int
) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language, width)
    client = new_client(manager, "间距")
    page = manager.open(manager.page(), f"/clients/{client['id']}/interactions/new")
    page.get_by_role("button", name=say("Record", "保存记录"), exact=True).click()
    expect(page.get_by_text(say("Please fill this in", "请填写此项"))).to_be_visible()
    take_picture(page, f"form-error-{language}-{width}", whole=True)
    fields = page.locator(".ant-form-item")
    wrong = fields.filter(has=page.locator("#summary"))
    following = fields.filter(has=page.locator(".scale")).locator(".ant-form-item-label")
    assert _below(wrong.locator(".ant-form-item-extra"), following) >= BETWEEN


def test_enter_in_a_date_field_accepts_the_date_and_sends_nothing(visit: VisitorFor) -> None:
    manager = visit(MANAGER, "en")
    client = new_client(manager, "日期")
    page = manager.open(manager.page(), f"/clients/{client['id']}/interactions/new")
    page.locator("#summary").fill("谈了年度计划")
    when = page.locator("#occurred_at")
    when.fill("2026-01-05 10:00")
    when.press("Enter")
    page.locator("#next_step").click()
    expect(when).to_have_value("2026-01-05 10:00")
    expect(page.get_by_role("heading", name="Record a contact")).to_be_visible()
    assert manager.call("GET", f"/interactions?client_id={client['id']}")["items"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_version_without_words_is_asked_for_them_in_place(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    team = running(visit)
    core = visit("core@huaxin.example", language)
    page = core.open(core.page(), f"/deliverables/{charter(team)['id']}")
    field = page.locator(".ant-form-item").filter(has=page.locator("#text"))
    expect(field.locator("label")).to_contain_text(say("required", "必填"))
    page.get_by_role("button", name=say("Put forward", "提交评审")).click()
    expect(field.get_by_text(say("Please fill this in", "请填写此项"))).to_be_visible()
    page.locator("#reference").fill("DOC-7")
    expect(field.locator("label")).not_to_contain_text(say("required", "必填"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_out_of_range_stays_and_the_range_is_said(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    admin = visit(ADMIN, language)
    page = admin.open(admin.page(), "/surveys/campaigns")
    page.get_by_role("button", name=say("Change", "修改")).first.click()
    box = dialog(page)
    days = box.get_by_label(say("Between reminders", "提醒间隔"))
    days.fill("999")
    box.get_by_role("button", name=say("Save", "保存")).click()
    range_said = say("Please enter a number from 1 to 30", "请填写 1 至 30 之间的数字")
    expect(box.get_by_text(range_said)).to_be_visible()
    expect(days).to_have_value("999")
    take_picture(page, f"campaign-range-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_unnamed_domains_lead_to_where_they_are_named(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    lead = visit("lead@firm.example", language)
    client = visit("pm@huaxin.example").call("GET", "/me")["client"]["id"]
    body = {"client_id": client, "title": "尚无领域", "domains": []}
    item = lead.call("POST", "/engagements", body, **fresh_key())
    page = lead.open(lead.page(), f"/engagements/{item['id']}/team")
    gaps = page.get_by_role("region", name=say("What the team lacks", "团队缺口"))
    places = gaps.get_by_role("button", name=say("Add: ", "添加："))
    count = places.count()
    heading = say(f"{count} place", f"尚缺 {count} 个角色")
    expect(gaps.get_by_role("heading")).to_contain_text(heading)
    take_picture(page, f"team-no-domain-{language}")
    gaps.get_by_role("link", name=say("Name the domains", "填写业务领域")).click()
    page.wait_for_url(f"**/engagements/{item['id']}/edit")
    expect(page.locator("#domains")).to_be_visible()


def _lose(route: Route) -> None:
    """The server does it; its answer never arrives."""
    route.fetch()
    route.abort()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comment_is_made_once_when_its_answer_was_lost(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    team = running(visit)
    path = f"/deliverables/{charter(team)['id']}"
    team.core.call("POST", f"{path}/submit", {"text": TEXT}, **fresh_key())
    reviewer = visit("peripheral@huaxin.example", language)
    page = reviewer.open(reviewer.page(), path)
    words = page.get_by_label(say("Your comment", "您的意见"))
    words.fill("例会请避开月底盘点。")
    page.route("**/comments", _lose, times=1)
    send = page.get_by_role("button", name=say("Comment", "提交意见"), exact=True)
    send.click()
    unreachable = say("Rapport cannot be reached", "无法连接")
    expect(page.get_by_text(unreachable).first).to_be_visible()
    take_picture(page, f"comment-lost-{language}")
    send.click()
    expect(words).to_have_value("")
    made = team.core.call("GET", f"{path}/comments")["items"]
    assert [comment["body"] for comment in made] == ["例会请避开月底盘点。"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_was_chosen_is_named_also_when_the_list_would_not_hold_them(
    visit: VisitorFor, language: str
) -> None:
    manager = visit(MANAGER, language)
    name = str(new_client(manager, "甡甡")["legal_name"])  # the list begins with thirty others
    page = manager.open(manager.page(), "/opportunities/new")
    field = page.locator(".ant-form-item").filter(has=page.locator("#client_id"))
    pick(page, page.locator("#client_id"), name)
    expect(field.locator(".ant-select-content")).to_have_text(name)
    page.wait_for_function(_DRAFTED)
    page.reload()
    expect(field.locator(".ant-select-content")).to_have_text(name)
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_intent_at_all_is_another_thing_than_none_that_was_spoken_of(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language)
    client = new_client(manager, "意向")
    page = manager.page()
    for given, cleared, kept in ((4, True, None), (0, False, 0), (5, False, 5)):
        manager.open(page, f"/clients/{client['id']}/interactions/new")
        page.locator("#summary").fill(f"谈了合作 {given} {cleared}")
        scale = page.locator(".scale")
        scale.get_by_text(str(given), exact=True).click()
        take_picture(page, f"form-scale-{language}")
        if cleared:
            scale.get_by_role("button", name=say("Clear", "清除")).click()
        page.get_by_role("button", name=say("Record", "保存记录"), exact=True).click()
        page.wait_for_url(f"**/clients/{client['id']}*")
        latest = manager.call("GET", f"/interactions?client_id={client['id']}&sort=-occurred_at")
        assert latest["items"][0]["intent"] == kept
    assert not manager.errors
