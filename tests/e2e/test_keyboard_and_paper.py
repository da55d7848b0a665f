"""Everything by keyboard, with a ring that shows where one is; and what goes on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visitors import SCREENS, VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]

RING = """() => {
    const e = document.activeElement;
    const box = e.closest('.ant-input-affix-wrapper') ?? e;
    const check = e.closest('.ant-checkbox')?.querySelector('.ant-checkbox-inner') ?? box;
    const shows = (x) => {
        const style = getComputedStyle(x);
        const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
        return outlined || style.boxShadow !== 'none';
    };
    return e === document.body || [e, box, check].some(shows) ? null : e.outerHTML.slice(0, 120);
}"""
"""What has the focus without showing it, or null."""


def active_row(page: Page) -> str | None:
    """The row that has the focus."""
    index: str | None = page.evaluate("document.activeElement.dataset.index ?? null")
    return index


def wait_for_row(page: Page, index: str) -> None:
    """The focus follows a frame after the key."""
    expect(page.locator(f'[data-index="{index}"]')).to_be_focused()


def test_a_list_is_worked_by_keyboard(visit: VisitorFor) -> None:
    manager = visit("manager@firm.example")
    page = manager.open(manager.page(), "/clients")
    page.keyboard.press("j")
    wait_for_row(page, "0")
    page.keyboard.press("j")
    wait_for_row(page, "1")
    page.keyboard.press("k")
    wait_for_row(page, "0")
    page.keyboard.press("x")
    expect(page.get_by_role("region", name="Acts on the selection")).to_contain_text("1 selected")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Acts on the selection")).to_be_hidden()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary")
    expect(panel).to_be_visible()
    first = panel.get_by_role("heading").first.inner_text()
    page.keyboard.press("j")
    expect(panel.get_by_role("heading").first).not_to_have_text(first)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.keyboard.press("/")
    search = page.get_by_role("textbox", name="Search clients")
    expect(search).to_be_focused()
    page.keyboard.type("华信")
    page.wait_for_url("**q=*")
    expect(page.get_by_role("row").nth(1)).to_contain_text("华信")
    assert active_row(page) is None
    assert not manager.errors


@pytest.mark.parametrize("keys", ["Control+k", "Meta+k"])
def test_the_box_goes_anywhere_and_finds_by_pinyin_and_by_number(
    visit: VisitorFor, keys: str
) -> None:
    manager = visit("manager@firm.example")
    page = manager.open(manager.page(), "/week")
    page.keyboard.press(keys)
    box = page.get_by_role("combobox", name="Command and search")
    expect(box).to_be_focused()
    page.keyboard.type("Clients")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients")
    page.keyboard.press(keys)
    page.keyboard.type("huaxin")
    expect(page.get_by_role("option").filter(has_text="华信").first).to_be_visible()
    page.screenshot(path=SCREENS / "act-command.png")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    engagement = manager.call("GET", "/engagements?status=active&limit=1")["items"][0]
    page.keyboard.press(keys)
    page.keyboard.type(engagement["number"])
    expect(page.get_by_role("option").first).to_contain_text(engagement["title"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/engagements/{engagement['id']}")
    assert not manager.errors


def test_the_focus_shows_on_everything_that_takes_it(visit: VisitorFor) -> None:
    manager = visit("manager@firm.example")
    page = manager.open(manager.page(), "/clients")
    unseen = []
    for _ in range(24):
        page.keyboard.press("Tab")
        page.wait_for_timeout(60)
        seen = page.evaluate(RING)
        if seen:
            unseen.append(seen)
    assert not unseen


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
    page.screenshot(path=SCREENS / "client-brief-on-paper.png", full_page=True)
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
    page.screenshot(path=SCREENS / "team-map-on-paper.png", full_page=True)
    page.emulate_media(media="screen")
