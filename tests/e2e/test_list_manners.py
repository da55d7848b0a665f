"""What every list does: hundreds of rows drawn lightly, columns kept, many changed at once."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from deploy.demo.people import HENGDA, HUAXIN
from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, ZONE, Tongue, dialog, new_client, pick, raised
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]

ROWS: Final = 300
PHONE: Final = 390
DRAWN: Final = 60
"""More than any screen here has room for, with what is kept ready around it."""
_SCROLL: Final = """([scroller, row]) => {
    const place = document.querySelector(scroller)
    place.scrollTop = place.scrollHeight
    const drawn = [...document.querySelectorAll("[data-index]")]
    return drawn.some(each => Number(each.dataset.index) >= row)
}"""
"""Scroll to the end of what is there; whether a row that far down is drawn."""


def test_three_hundred_rows_are_drawn_lightly_below_a_head_that_stays(visit: VisitorFor) -> None:
    admin = visit("admin@firm.example")
    page = admin.open(admin.page(), "/audit")
    page.wait_for_function(_SCROLL, arg=[".table", ROWS])
    assert 0 < page.locator("[data-index]").count() < DRAWN
    head = page.get_by_role("columnheader", name="Who")
    expect(head).to_be_in_viewport()
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="Who").uncheck()
    expect(head).to_have_count(0)
    admin.open(page, "/audit")
    expect(page.get_by_role("columnheader", name="When")).to_be_visible()
    expect(head).to_have_count(0)
    assert not admin.errors


def test_three_hundred_cards_are_drawn_lightly_on_a_phone(visit: VisitorFor) -> None:
    admin = visit("admin@firm.example", width=390, height=844)
    page = admin.open(admin.page(), "/audit")
    first = page.locator('[data-index="0"]')
    expect(first).to_be_visible()
    page.wait_for_function(_SCROLL, arg=[".work", ROWS])
    assert 0 < page.locator("[data-index]").count() < DRAWN
    expect(first).to_have_count(0)
    page.locator(".work").evaluate("e => { e.scrollTop = 0 }")
    expect(first).to_be_in_viewport()
    assert not admin.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_bones_while_it_loads_then_its_count_and_a_way_back_from_nothing(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/v1/clients?*", hold)
    page.goto(f"{manager.address}/clients")
    expect(page.locator("main .bones")).to_be_visible()
    expect(page.locator(".ant-spin")).to_have_count(0)
    for route in held:
        route.continue_()
    page.unroute("**/api/v1/clients?*")
    counted = page.locator("main .count")
    expect(counted).to_have_text(re.compile(say(r"^\d+ clients$", r"^共 \d+ 家客户$")))
    all_of_them = counted.text_content() or ""
    manager.open(page, "/clients?q=zzzz")
    empty = page.locator("main .empty")
    expect(empty.get_by_role("heading")).to_have_text(say("Nothing matches", "没有符合条件的记录"))
    empty.get_by_role("button", name=say("Show everything", "显示全部")).click()
    expect(counted).to_have_text(all_of_them)


def shows_first(page: Page, names: list[str]) -> None:
    """The rows of a list begin with these."""
    for index, name in enumerate(names):
        expect(page.locator(f'[data-index="{index}"]')).to_contain_text(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filter_and_an_order_set_by_their_controls_stand_in_the_address(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/clients")
    grade = say("Grade", "等级")
    page.get_by_role("search").get_by_role("button", name=grade).click()
    choice = page.get_by_role("dialog", name=grade).get_by_role("checkbox", name="A", exact=True)
    choice.click()
    expect(choice).to_be_checked()  # a moment later: the address changes first
    head = page.get_by_role("columnheader", name=say("Client", "客户"), exact=True)
    for order, sort in (("ascending", "legal_name"), ("descending", "-legal_name")):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", order)
        expect(page).to_have_url(f"{manager.address}/clients?grade=A&sort={sort}")
        found = manager.call("GET", f"/clients?grade=A&sort={sort}&limit=4")["items"]
        assert {client["grade"] for client in found} == {"A"}
        names = [client["legal_name"] for client in found]
        shows_first(page, names)
    page.reload()
    shows_first(page, names)
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("search").get_by_role("button", name=grade)).to_contain_text("A")
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_is_found_by_its_name_its_sound_and_its_initials(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/clients")
    box = page.get_by_role("textbox", name=say("Search clients", "搜索客户"))
    huaxin = page.locator("[data-index]", has_text=HUAXIN)
    for text in ("华信", "huaxin", "hx"):
        box.fill(HENGDA)
        expect(page.locator("[data-index]", has_text=HENGDA)).to_be_visible()
        expect(huaxin).to_have_count(0)
        box.fill(text)
        expect(huaxin).to_be_visible()
    assert not manager.errors


def choose_everything(page: Page, say: Tongue, count: int) -> None:
    """Tick all rows of a list, once they are the ones that were searched for."""
    expect(page.locator("[data-index]")).to_have_count(count)
    page.get_by_role("checkbox", name=say("Select all", "选择已加载的全部行")).check()


def without_the_last(route: Route) -> None:
    """Answer a list as if its last row came with another page."""
    answer = route.fetch()
    found = answer.json()
    route.fulfill(response=answer, json={**found, "items": found["items"][:-1]})


def hand_to(page: Page, say: Tongue, field: str, colleague: str, button: str) -> None:
    """Give what is chosen to a colleague, in the dialog that asks for one."""
    box = dialog(page)
    pick(page, box.locator(field), colleague)
    box.get_by_role("button", name=button, exact=True).click()
    expect(box).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_chosen_clients_get_a_manager_together(visit: VisitorFor, language: str) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    name = f"批量{uuid4().hex[:6]}"
    clients = [new_client(manager, name) for _ in range(3)]
    page = manager.open(manager.page(), f"/clients?q={name}")
    choose_everything(page, say, len(clients))
    page.get_by_role("button", name=say("Set client manager", "指定客户经理")).click()
    hand_to(page, say, "#owner_id", "顾明远", say("Apply", "应用"))
    expect(page.get_by_text(say("3 clients changed", "已更改 3 家客户"))).to_be_visible()
    expect(page.locator("[data-index]", has_text="顾明远")).to_have_count(len(clients))
    for client in clients:
        assert manager.call("GET", f"/clients/{client['id']}")["owner"]["name"] == "顾明远"
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_chosen_cases_are_dispatched_together_and_never_unseen(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    person, agent = visit("core@huaxin.example", language), visit("agent@firm.example", language)
    mark = f"批量{uuid4().hex[:6]}"
    cases = [raised(person, mark) for _ in range(3)]
    page = agent.page(fresh=True)
    page.route("**/api/v1/cases?*", without_the_last)
    agent.open(page, f"/cases?q={mark}")
    choose_everything(page, say, len(cases) - 1)
    acts = page.get_by_role("region", name=say("Acts on the selection", "批量操作"))
    acts.get_by_role("button", name=say("Select all 3", "选择全部 3 项")).click()
    expect(acts).to_contain_text(say("Only ticked cases", "只能分派勾选的工单"))
    take_picture(page, f"list-cases-all-{language}")
    page.unroute("**/api/v1/cases?*")
    agent.open(page, f"/cases?q={mark}")
    choose_everything(page, say, len(cases))
    expect(acts.get_by_role("button", name=say("Select all", "选择全部"))).to_have_count(0)
    acts.get_by_role("button", name=say("Assign", "分派")).click()
    colleague = agent.call("GET", "/me")["user"]["name"]
    hand_to(page, say, "#assignee_id", colleague, say("Assign", "分派"))
    expect(page.get_by_text(say("3 of 3 assigned", "已分派 3/3 个"))).to_be_visible()
    expect(page.locator("[data-index]", has_text=colleague)).to_have_count(len(cases))
    for case in cases:
        assert agent.call("GET", f"/cases/{case['id']}")["assignee"]["name"] == colleague
    assert not agent.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_that_somebody_took_since_it_was_ticked_stays_with_them(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    person, agent = visit("core@huaxin.example", language), visit("agent@firm.example", language)
    mark = f"抢先{uuid4().hex[:6]}"
    cases = [raised(person, mark) for _ in range(2)]
    page = agent.open(agent.page(), f"/cases?q={mark}")
    choose_everything(page, say, len(cases))
    quicker, slower = (
        each.call("GET", "/me")["user"] for each in (visit("agent2@firm.example"), agent)
    )
    take = {"assignee_id": quicker["id"]}
    visit("agent2@firm.example").call("POST", f"/cases/{cases[0]['id']}/assign", take)
    acts = page.get_by_role("region", name=say("Acts on the selection", "批量操作"))
    acts.get_by_role("button", name=say("Assign", "分派")).click()
    hand_to(page, say, "#assignee_id", slower["name"], say("Assign", "分派"))
    said = page.get_by_text(say("1 of 2 assigned", "已分派 1/2 个"))
    expect(said).to_contain_text(quicker["name"])
    take_picture(page, f"list-cases-quicker-{language}")
    holders = [agent.call("GET", f"/cases/{case['id']}")["assignee"]["id"] for case in cases]
    assert holders == [quicker["id"], slower["id"]]
    assert agent.errors == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_clients_stand_in_the_order_of_the_contact_that_is_said(
    visit: VisitorFor, language: str, width: int
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language, width, 844)
    page = manager.open(manager.page(), "/clients")
    if width > PHONE:
        head = page.get_by_role("columnheader", name=say("Next contact", "下次联系"))
        expect(head).to_have_attribute("aria-sort", "ascending")
    said, today = set(), datetime.now(ZONE).date()
    for place, client in enumerate(manager.call("GET", "/clients?sort=next_due_on")["items"][:8]):
        visits = client["next_visit_on"] < client["next_call_on"]
        said.add(visits)
        row = page.locator(f'[data-index="{place}"]')
        expect(row).to_contain_text(client["legal_name"])
        kind = say("Visit", "拜访") if visits else say("Call", "电话")
        days = (today - date.fromisoformat(client["next_due_on"])).days
        expect(row).to_contain_text(re.compile(rf"{kind}.*(?<!\d){days}(?!\d)"))
    assert said == {True, False}
    take_picture(page, f"clients-next-{language}-{width}")
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_back_closes_the_row_beside_the_list_and_forward_shows_it_in_its_place(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    manager = visit("manager@firm.example", language)
    page = manager.open(manager.page(), "/week")
    manager.go(page, "/clients")
    panel = page.locator("aside.panel")
    page.locator('[data-index="0"]').wait_for()
    page.locator(".table").evaluate("e => { e.scrollTop = 1200 }")
    page.locator('[data-index="34"]').click()
    chosen = page.locator(".row-open")
    expect(panel).to_be_visible()
    page.keyboard.press("j")
    expect(chosen).to_have_attribute("data-index", "35")
    page.go_back()
    expect(panel).to_be_hidden()
    assert page.url.split("?")[0].endswith("/clients")
    page.go_forward()
    expect(panel).to_be_visible()
    page.reload()
    expect(chosen).to_be_in_viewport()
    panel.get_by_role("button", name=say("Close", "关闭")).click()
    expect(panel).to_be_hidden()
    page.go_back()
    page.wait_for_url("**/week")
    assert not manager.errors
