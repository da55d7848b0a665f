"""What goes on paper: a client's brief, a team, a plan, a list."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]


def test_a_client_prints_as_a_brief(visit: VisitorFor) -> None:
    manager = visit("manager@firm.example", "zh", dark=True)
    client = manager.call("GET", "/clients?q=华信&limit=1")["items"][0]
    page = manager.open(manager.page(), f"/clients/{client['id']}")
    page.get_by_role("button", name="更多", exact=True).click()
    expect(page.get_by_role("menuitem", name="打印客户简报")).to_be_visible()
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1020})
    for gone in ("navigation", "button", "banner"):
        assert not any(found.is_visible() for found in page.get_by_role(gone).all()), gone
    expect(page.get_by_role("heading", name=client["legal_name"])).to_be_visible()
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert (paper, ink) == ("rgb(255, 255, 255)", "rgb(17, 17, 17)")
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    take_picture(page, "client-brief-on-paper", whole=True)
    page.emulate_media(media="screen")


def test_a_team_prints_as_its_map_alone(visit: VisitorFor) -> None:
    manager = visit("manager@firm.example", "zh", dark=True)
    item = manager.call("GET", "/engagements?status=active&q=华信装备流程")["items"][0]
    page = manager.open(manager.page(), f"/engagements/{item['id']}/team")
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1020})
    for gone in ("navigation", "button", "banner", "radiogroup"):
        assert not any(found.is_visible() for found in page.get_by_role(gone).all()), gone
    expect(page.get_by_role("heading", name=item["title"], level=1)).to_be_visible()
    for side in (item["client"]["name"], "朴石咨询"):
        expect(page.locator(".team-map").get_by_role("heading", name=side)).to_be_visible()
    card = page.locator(".member-card", has_text="王建平").first
    expect(card).to_be_visible()
    paper, ink = (
        card.evaluate(f"e => getComputedStyle(e).{each}") for each in ("backgroundColor", "color")
    )
    assert (paper, ink) == ("rgb(255, 255, 255)", "rgb(17, 17, 17)")
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    take_picture(page, "team-map-on-paper", whole=True)
    page.emulate_media(media="screen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_prints_as_wide_as_the_paper(visit: VisitorFor, language: str) -> None:
    manager = visit("manager@firm.example", language)
    item = manager.call("GET", "/engagements?status=active&q=华信装备流程")["items"][0]
    page = manager.open(manager.page(), f"/engagements/{item['id']}")
    expect(page.locator(".gantt-today")).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})
    chart = page.locator(".gantt-scroll")
    assert chart.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    wide = chart.evaluate("e => e.clientWidth")
    for bar in [box for each in chart.locator(".bar").all() if (box := each.bounding_box())]:
        assert 0 < bar["x"] < bar["x"] + bar["width"] <= wide + 2
    assert (
        chart.locator(".bar").first.evaluate("e => getComputedStyle(e).printColorAdjust") == "exact"
    )
    expect(page.locator(".legend")).to_be_visible()
    take_picture(page, f"plan-on-paper-{language}", whole=True)
    page.emulate_media(media="screen")


def test_a_list_prints_every_row_with_all_its_columns(visit: VisitorFor) -> None:
    manager = visit("manager@firm.example")
    page = manager.open(manager.page(), "/clients")
    seen = page.get_by_role("columnheader").all_inner_texts()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})
    rows = page.locator(".table-body .table-row")
    expect(rows).to_have_count(len(manager.call("GET", "/clients?limit=100")["items"]))
    expect(page.get_by_role("checkbox")).to_have_count(0)
    heads = page.get_by_role("columnheader")
    assert [head.casefold() for head in heads.all_inner_texts()] == [
        head.casefold() for head in seen if head
    ]
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    for cell in [*heads.all(), *rows.first.get_by_role("gridcell").all()]:
        assert cell.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), cell.inner_text()
    take_picture(page, "clients-on-paper", whole=True)
    page.emulate_media(media="screen")
