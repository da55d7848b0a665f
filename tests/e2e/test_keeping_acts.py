"""What keeps the house in order: surveys' rules, archived clients, how promises were kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.asking import ADMIN, campaign
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, fresh_key, new_client, taken, working_time
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]
MANAGER = "manager@firm.example"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_says_how_patiently_a_survey_asks(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    admin = visit(ADMIN, language)
    page = admin.open(admin.page(), "/surveys/campaigns")
    rules = page.get_by_role("region", name=say("Would you recommend us?", "您愿意推荐我们吗？"))
    take_picture(page, f"campaigns-{language}", whole=True)
    with campaign(admin, "phase_ended_leaders", open_days=14):
        admin.open(page, "/surveys/campaigns")
        rules.get_by_role("button", name=say("Change", "修改")).click()
        dialog = page.get_by_role("dialog")
        take_picture(page, f"campaign-dialog-{language}")
        dialog.get_by_label(say("Time to answer", "作答期限")).fill("21")
        dialog.get_by_role("button", name=say("Save", "保存")).click()
        expect(dialog).to_have_count(0)
        expect(rules).to_contain_text(say("21 days", "21 天"))
    assert not admin.errors


def test_who_may_only_read_a_surveys_rules_is_offered_no_change(visit: VisitorFor) -> None:
    agent = visit("agent@firm.example", "en")
    page = agent.open(agent.page(), "/surveys/campaigns")
    expect(page.get_by_text("Whoever raised the case")).to_be_visible()
    expect(page.get_by_role("button", name="Change")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_archived_client_comes_back(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language)
    client = new_client(manager, "归档客户")
    page = manager.open(manager.page(), f"/clients/{client['id']}")
    page.get_by_role("button", name=say("More", "更多")).click()
    page.get_by_role("menuitem", name=say("Archive", "归档"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Archive", "归档")).click()
    page.wait_for_url("**/clients")
    page.get_by_role("button", name=say("Archived clients", "查看已归档客户")).click()
    page.wait_for_url("**/clients?archived=true")
    expect(page.get_by_text(client["legal_name"])).to_be_visible()
    # Nothing can be done there with many at once.
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.get_by_text(client["legal_name"]).click()
    panel = page.locator("aside.panel")
    expect(panel.get_by_text(say("Archived", "已归档"), exact=True)).to_be_visible()
    take_picture(page, f"clients-archived-{language}")
    manager.open(page, f"/clients/{client['id']}")
    head = page.locator(".page-head")
    expect(head).to_contain_text(say("Archived", "已归档"))
    expect(page.get_by_role("link", name=say("Edit", "编辑"), exact=True)).to_have_count(0)
    expect(page.get_by_text(say("This client is archived", "此客户已归档"))).to_be_visible()
    take_picture(page, f"client-archived-{language}")
    head.get_by_role("button", name=say("Restore", "恢复")).click()
    expect(page.get_by_role("link", name=say("Edit", "编辑"), exact=True)).to_be_visible()
    expect(head).not_to_contain_text(say("Archived", "已归档"))
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_promises_were_kept_stands_beside_the_cases(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    agent = visit("agent@firm.example", language)
    me = agent.call("GET", "/me")["user"]["id"]
    person = visit("pm@huaxin.example")
    client = person.call("GET", "/me")["client"]["id"]
    case = taken(person, agent)
    promise = {"case_id": case["id"], "kind": "callback", "due_at": working_time(4).isoformat()}
    made = agent.call("POST", "/promises", promise, **fresh_key())
    agent.call("POST", f"/promises/{made['id']}/keep", {})
    page = agent.open(agent.page(), "/cases")
    mine = agent.call("GET", f"/promises/kept-rate?made_by={me}")
    figures = say("{kept} of {due} settled", "已了结 {due} 项，兑现 {kept} 项")
    due = mine["kept"] + mine["broken"]
    expect(page.locator(".page-head")).to_contain_text(figures.format(kept=mine["kept"], due=due))
    assert mine["imported"] > 0  # the demonstration's past, which a newcomer meets
    past = say(f"{mine['imported']} of them from", f"其中 {mine['imported']} 项来自导入")
    expect(page.locator(".page-head")).to_contain_text(past)
    take_picture(page, f"cases-kept-{language}")
    agent.open(page, f"/clients/{client}")
    theirs = agent.call("GET", f"/promises/kept-rate?client_id={client}")
    due = theirs["kept"] + theirs["broken"]
    cases = page.get_by_role("region", name=say("Cases", "工单"))
    expect(cases).to_contain_text(figures.format(kept=theirs["kept"], due=due))
    assert not agent.errors
