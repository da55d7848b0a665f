"""Everything by keyboard, with a ring that shows where one is."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.pictures import take_picture
from tests.e2e.scenes import LANGUAGES, Tongue, dialog, taken, typed, working_time
from tests.e2e.visitors import PASSWORD, VisitorFor

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
    take_picture(page, "act-command")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    engagement = manager.call("GET", "/engagements?status=active&limit=1")["items"][0]
    page.keyboard.press(keys)
    page.keyboard.type(engagement["number"])
    expect(page.get_by_role("option").first).to_contain_text(engagement["title"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/engagements/{engagement['id']}")
    assert not manager.errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_records_a_contact_with_the_client_whose_page_is_open(
    visit: VisitorFor, language: str
) -> None:
    record = Tongue(language)("Record a contact with this client", "记录联络：该客户")
    manager = visit("manager@firm.example", language)
    client = manager.call("GET", "/clients?limit=1")["items"][0]
    page = manager.open(manager.page(), "/clients")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.get_by_role("option", name=record)).to_have_count(0)
    page.keyboard.press("Escape")
    manager.open(page, f"/clients/{client['id']}")
    page.keyboard.press("Control+k")
    page.keyboard.type(record[:3])
    page.get_by_role("option", name=record).click()
    page.wait_for_url(f"**/clients/{client['id']}/interactions/new")
    assert not manager.errors


TYPED_AT_ONCE = """async () => {
    for (const [key, ctrlKey] of [['k', true], ['j', false]]) {
        const options = { key, ctrlKey, bubbles: true, cancelable: true };
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', options));
        await Promise.resolve();
    }
}"""
"""Opens the box and types on before it can have the focus."""


def test_what_is_typed_while_the_box_opens_begins_the_search(visit: VisitorFor) -> None:
    manager = visit("manager@firm.example")
    page = manager.open(manager.page(), "/clients")
    page.evaluate(TYPED_AT_ONCE)
    box = page.get_by_role("combobox", name="Command and search")
    expect(box).to_be_focused()
    expect(box).to_have_value("j")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    assert active_row(page) is None
    page.keyboard.press("Control+k")
    expect(box).to_have_value("")
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


def tab_to(page: Page, wanted: Locator) -> Locator:
    """Press Tab until something has the focus, as whoever has no mouse does."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return wanted
    raise AssertionError(f"Tab never comes to {wanted}")


def enters(page: Page, address: str) -> None:
    """Sign an agent in."""
    page.goto(f"{address}/sign-in")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type("agent@firm.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My week")).to_be_visible()


def goes_to(page: Page, case: dict[str, Any]) -> None:
    """Find a case by its number."""
    page.keyboard.press("Control+k")
    page.keyboard.type(case["number"])
    expect(page.get_by_role("option", selected=True)).to_contain_text(case["subject"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case['id']}")


def promises(page: Page) -> None:
    """Promise a time; afterwards one stands where one was."""
    opener = page.get_by_role("button", name="Promise", exact=True).first
    expect(opener).to_be_visible()
    tab_to(page, opener)
    page.keyboard.press("Enter")
    expect(page.locator("#kind")).to_be_focused()
    tab_to(page, page.locator("#due_at"))
    page.keyboard.type(typed(working_time(6)))
    page.keyboard.press("Enter")
    tab_to(page, dialog(page).get_by_role("button", name="Promise", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def replies(page: Page, text: str) -> None:
    """Write to the client; afterwards one can write on."""
    tab_to(page, page.get_by_role("tab", name="Internal note"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Public reply")).to_be_focused()
    page.keyboard.press("Tab")
    words = page.get_by_role("textbox", name="Write to the client")
    expect(words).to_be_focused()
    page.keyboard.type(text)
    tab_to(page, page.get_by_role("button", name="Send"))
    page.keyboard.press("Enter")
    expect(page.locator(".talk").filter(has_text=text)).to_be_visible()
    expect(words).to_be_focused()


def offers(page: Page, title: str) -> None:
    """Offer a solution; afterwards one stands where one was."""
    opener = page.get_by_role("button", name="Offer a solution").first
    tab_to(page, opener)
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_be_focused()
    page.keyboard.type(title)
    page.keyboard.press("Tab")
    page.keyboard.type("For two weeks.")
    tab_to(page, dialog(page).get_by_role("button", name="Offer a solution"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name=title)).to_be_visible()
    expect(opener).to_be_focused()


def test_a_whole_job_is_done_by_keyboard_alone(visit: VisitorFor, stranger: VisitorFor) -> None:
    person, agent = visit("core@huaxin.example", "zh"), visit("agent@firm.example", "en")
    case = taken(person, agent, "只用键盘")
    agent.call("POST", f"/cases/{case['id']}/restate", {"text": "本周内收到完整报告"})
    person.call("POST", f"/cases/{case['id']}/confirm-need", {"confirmed": True})
    visitor = stranger("en")
    page = visitor.page()
    enters(page, visitor.address)
    goes_to(page, case)
    promises(page)
    replies(page, "We will call you this afternoon.")
    offers(page, "A second consultant")
    page.keyboard.press("Control+k")
    page.keyboard.type("Sign out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in")
    expect(page.locator("#email")).to_be_focused()
    assert not visitor.errors
