"""What nobody notices until it is missing: whose comes first, what a dash means, where one is."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.asking import ADMIN, AGENT, campaign
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, fresh_key, raised, resolved, taken, working_time
from tests.e2e.visitors import Visitor, VisitorFor, still

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]
MANAGER, PERSON = "manager@firm.example", "core@huaxin.example"
WITHOUT_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
"""As over plain http, where a browser gives pages none."""
DENIED = "document.execCommand = () => false"


def client_of(visitor: Visitor, name: str) -> dict[str, Any]:
    """A client that is this colleague's own."""
    owner = visitor.call("GET", "/me")["user"]["id"]
    body = {"legal_name": name, "owner_id": owner}
    client: dict[str, Any] = visitor.call("POST", "/clients", body, **fresh_key())
    return client


@pytest.mark.parametrize("language", LANGUAGES)
def test_ones_own_client_comes_before_its_namesake(visit: VisitorFor, language: str) -> None:
    manager, partner = visit(MANAGER, language), visit("partner@firm.example")
    mark = f"同{uuid4().hex[:4]}"
    own, other = f"{mark}装备制造股份", f"{mark}检测认证服务"
    client_of(manager, own)
    client_of(partner, other)
    page = manager.open(manager.page(), "/week")
    found = page.get_by_role("option").filter(has_text=mark)
    for _ in range(50):  # what is found is told by event
        if len(manager.call("GET", f"/search?q={mark}")["items"]) == 2:
            break
        time.sleep(0.1)
    page.keyboard.press("Control+k")
    page.keyboard.type(mark)
    expect(found).to_contain_text([own, other])
    take_picture(page, f"command-own-{language}")
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_a_list_says_of_promises_only_what_is_due(
    visit: VisitorFor, language: str, width: int
) -> None:
    say = Tongue(language)
    person, agent = visit(PERSON, language), visit(AGENT, language, width, 844)
    subject = f"尚无承诺{uuid4().hex[:6]}"
    case = taken(person, agent, subject)
    page = agent.open(agent.page(), f"/cases?q={subject}")
    row = page.locator("[data-index]").filter(has_text=subject)
    none = say("No open promise", "没有待兑现的承诺")
    expect(row).to_be_visible()
    expect(row).not_to_contain_text(none)
    take_picture(page, f"cases-dash-{language}-{width}")
    client = page.context.new_page()
    client.set_viewport_size({"width": width, "height": 844})
    agent.open(client, f"/clients/{case['client']['id']}")
    line = client.get_by_role("listitem").filter(has_text=subject)
    expect(line.first).to_be_visible()
    expect(client.get_by_text(none)).to_have_count(0)
    take_picture(client, f"client-dash-{language}-{width}", whole=True)
    promise = {"case_id": case["id"], "kind": "update", "due_at": working_time(4).isoformat()}
    agent.call("POST", "/promises", promise, **fresh_key())
    expect(row.locator(".clock")).to_be_visible()
    assert not agent.errors


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_who_was_spared_is_told_from_those_who_were_asked(
    visit: VisitorFor, language: str, width: int
) -> None:
    say = Tongue(language)
    person, agent = visit("workshop@huaxin.example", language), visit(AGENT)
    manager = visit(MANAGER, language, width, 844)
    with campaign(visit(ADMIN), "case_closed", fatigue_days=0):
        asked = closed(person, agent)
        assert invitation_about(manager, asked)["status"] == "open"
    with campaign(visit(ADMIN), "case_closed", fatigue_days=30):
        spared = closed(person, agent)
        assert invitation_about(manager, spared)["spared_because"] == "asked_lately"
    page = manager.open(manager.page(), "/surveys/invitations")
    rows = page.locator("[data-index]")
    expect(rows.filter(has_text=asked if width == 1440 else "孟凡").first).to_be_visible()
    expect(page.locator(".view-button")).to_contain_text(say("Asked", "已邀请"))
    expect(page.get_by_text(say("Spared: asked", "免打扰："))).to_have_count(0)
    manager.open(page, "/surveys/invitations?status=spared")
    expect(page.locator(".view-button")).to_contain_text(say("Spared", "免打扰"))
    row = rows.filter(has_text=say("Spared: asked lately", "免打扰：近期已调研")).first
    expect(row).to_be_visible()
    expect(row.locator("time")).to_have_count(0)
    take_picture(page, f"invitations-spared-{language}-{width}")
    assert not manager.errors


def closed(person: Visitor, agent: Visitor) -> str:
    """The number of a case that its requester has just closed."""
    case = resolved(person, agent)
    person.call("POST", f"/cases/{case['id']}/close", {})
    return str(case["number"])


def invitation_about(reader: Visitor, number: str) -> dict[str, Any]:
    """The invitation about a case, once its round has opened."""
    for _ in range(300):
        for each in reader.call("GET", "/invitations?sort=-created_at&limit=50")["items"]:
            if each["subject"] == number:
                found: dict[str, Any] = each
                return found
        time.sleep(0.1)
    raise AssertionError(f"nobody was invited or spared about {number}")


def test_a_dialog_without_fields_begins_at_its_heading_and_leads_back(visit: VisitorFor) -> None:
    manager = visit(MANAGER, "en")
    page = manager.open(manager.page(), "/clients")
    mine = page.locator(".me-button")
    mine.press("Enter")
    page.get_by_role("menuitem", name="Keyboard shortcuts").press("Enter")
    box = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(mine).to_be_focused()
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shortcuts_are_shown(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language)
    page = manager.open(manager.page(), "/clients")
    page.locator(".me-button").click()
    page.get_by_role("menuitem", name=say("Keyboard shortcuts", "键盘快捷键")).click()
    box = page.get_by_role("dialog", name=say("Keyboard shortcuts", "键盘快捷键"))
    expect(box).to_contain_text(say("Search the list", "搜索列表"))
    take_picture(page, f"shortcuts-{language}")
    assert not manager.errors


def test_a_dialog_with_fields_begins_in_the_first_and_leads_back(visit: VisitorFor) -> None:
    person, agent = visit(PERSON), visit(AGENT, "en")
    case = taken(person, agent)
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    opener = page.get_by_role("button", name="Promise", exact=True)
    opener.press("Enter")
    expect(page.locator("#kind")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()
    more = page.get_by_role("button", name="More")
    more.press("Enter")
    page.get_by_role("menuitem", name="Wait for client").press("Enter")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()


def _copies_a_view(page: Page, say: Tongue) -> None:
    page.locator(".view-button").click()
    page.get_by_role("menuitem", name=say("Copy link to this view", "复制此视图的链接")).click()


def test_a_link_is_copied_over_plain_http_too(visit: VisitorFor) -> None:
    manager = visit(MANAGER, "en")
    page = manager.page(fresh=True)
    page.add_init_script(WITHOUT_CLIPBOARD)
    manager.open(page, "/clients?stage=active")
    _copies_a_view(page, Tongue("en"))
    expect(page.get_by_text("Link copied")).to_be_visible()
    search = page.get_by_role("textbox", name="Search clients")
    search.focus()
    page.keyboard.press("Control+v")
    expect(search).to_have_value(f"{manager.address}/clients?stage=active")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_what_a_browser_copies_for_nobody_is_shown(
    visit: VisitorFor, language: str, width: int
) -> None:
    say = Tongue(language)
    manager = visit(MANAGER, language, width, 844)
    page = manager.page(fresh=True)
    page.add_init_script(f"{WITHOUT_CLIPBOARD}; {DENIED}")
    manager.open(page, "/clients?stage=active")
    _copies_a_view(page, say)
    said = page.locator(".ant-message").filter(has_text=say("copy it by hand", "手动复制"))
    expect(said.locator("code")).to_have_text(f"{manager.address}/clients?stage=active")
    take_picture(page, f"not-copied-{language}-{width}")


def test_a_history_longer_than_a_page_is_shown_whole(visit: VisitorFor) -> None:
    person, agent = visit(PERSON), visit(AGENT, "en")
    case = raised(person, "长历史")
    for number in range(4):
        agent.call("POST", f"/cases/{case['id']}/notes", {"body": f"第 {number} 条"})
    page = agent.page()
    pages: list[str] = []

    def by_three(route: Any) -> None:
        pages.append(route.request.url)
        route.continue_(url=route.request.url.replace("limit=200", "limit=3"))

    page.route(f"**/cases/{case['id']}/*?*", by_three)
    agent.open(page, f"/cases/{case['id']}")
    expect(page.locator(".note")).to_have_count(4)
    steps = agent.call("GET", f"/cases/{case['id']}/steps?limit=200")["items"]
    assert len(steps) > 3
    expect(page.locator(".timeline li")).to_have_count(len(steps))
    assert any("cursor=" in each for each in pages)
    assert not agent.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_an_open_row_leads_to_its_record_on_a_phone(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    admin = visit("admin@firm.example", language, width=390, height=844)
    client = admin.call("GET", "/clients?limit=1")["items"][0]
    page = admin.page()
    page.goto(f"{admin.address}/clients?open={client['id']}")
    page.wait_for_url(f"**/clients/{client['id']}")
    admin.open(page, "/users?q=agent")
    page.locator(".card-link").first.click()
    panel = page.locator("aside.panel")
    expect(panel).to_contain_text("@firm.example")
    expect(page.locator(".card-link").first).to_be_hidden()
    take_picture(page, f"list-user-on-a-phone-{language}")
    panel.get_by_role("button", name=say("Close the panel", "关闭侧栏")).click()
    expect(page.locator(".card-link").first).to_be_visible()
    assert "q=agent" in page.url
    assert not admin.errors


def test_a_dialog_opened_by_a_double_click_stays(visit: VisitorFor) -> None:
    admin = visit("admin@firm.example")
    page = admin.open(admin.page(), "/keys")
    page.get_by_role("button", name="Make a key").dblclick()
    box = page.get_by_role("dialog")
    still(page)
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    assert not admin.errors
