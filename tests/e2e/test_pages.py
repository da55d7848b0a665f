"""Every page, in both languages, at desk and phone width: drawn, accessible, in bounds, pure."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import SCREENS, VisitorFor
from tests.e2e.rooms import CLIENT_PAGES, DOOR_PAGES, FIRM_PAGES, apart, places, routes, shown
from tests.e2e.stray import stray

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600, func_only=True)]

WIDTHS: Final = {"desk": (1440, 900), "phone": (390, 844)}
BELOW_ITS_END: Final = (
    "document.querySelector('.work') !== null"
    " && document.documentElement.scrollHeight > window.innerHeight + 1"
)
"""Inside the house the work scrolls, never the document."""


def check(page: Page, name: str, language: str) -> list[str]:
    """What is wrong with a page that is on screen."""
    wrong: list[str] = []
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
        wrong.append(f"{name}: scrolls sideways")
    if page.evaluate(BELOW_ITS_END):
        wrong.append(f"{name}: scrolls on below its end")
    raw = page.evaluate("document.body.innerText")
    missing = re.findall("⟦[^⟧]*⟧", raw)
    if missing:
        wrong.append(f"{name}: shows keys {missing[:3]}")
    wrong += [f"{name}: not in the page's language: {text!r}" for text in stray(page, language)]
    return wrong


def accessibility(page: Page, name: str) -> list[str]:
    """Serious violations by axe."""
    found: Any = Axe().run(page)
    return [
        f"{name}: {each['id']} ({each['impact']}) {each['nodes'][0]['target']}"
        for each in found.response["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


HOUSES: Final = {
    "firm": ("admin@firm.example", FIRM_PAGES),
    "client": ("pm@huaxin.example", CLIENT_PAGES),
}


def test_every_route_has_a_page_here() -> None:
    pages = shown(FIRM_PAGES) | shown(CLIENT_PAGES) | shown(DOOR_PAGES)
    assert len(routes()) > 40
    assert not routes() - pages


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("house", HOUSES)
def test_every_page_is_fit_to_be_shown(
    visit: VisitorFor, house: str, size: str, language: str
) -> None:
    email, pages = HOUSES[house]
    visitor = visit(email, language, *WIDTHS[size])
    ids = places(visit("manager@firm.example"), visit("pm@huaxin.example", language))
    page = visitor.open(visitor.page(), "/account")
    wrong: list[str] = []
    for name, path in apart(pages):
        visitor.go(page, path.format(**ids))
        page.wait_for_timeout(250)
        page.screenshot(path=SCREENS / f"{house}-{name}-{language}-{size}.png", full_page=True)
        wrong += check(page, name, language)
        # The phone's page is what the smallest phone in the dark shows to axe.
        wrong += accessibility(page, name) if size == "desk" else []
    assert not wrong + visitor.errors, "\n".join(wrong + visitor.errors)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_smallest_phone_in_the_dark(visit: VisitorFor, language: str) -> None:
    wrong: list[str] = []
    ids = places(visit("manager@firm.example"), visit("pm@huaxin.example", language))
    for email, pages in HOUSES.values():
        visitor = visit(email, language, 360, 740, dark=True)
        page = visitor.open(visitor.page(), "/account")
        for name, path in apart(pages):
            visitor.go(page, path.format(**ids))
            page.screenshot(path=SCREENS / f"dark-{name}-{language}.png", full_page=True)
            wrong += check(page, name, language)
            wrong += accessibility(page, name)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_door_speaks_the_language_of_who_comes(stranger: VisitorFor, language: str) -> None:
    wrong: list[str] = []
    for size, (width, height) in WIDTHS.items():
        visitor = stranger(language, width, height)
        page = visitor.page()
        for name, path in DOOR_PAGES.items():
            page.goto(f"{visitor.address}{path}")
            page.get_by_role("heading").first.wait_for()
            page.screenshot(path=SCREENS / f"door-{name}-{language}-{size}.png")
            wrong += check(page, name, language)
            wrong += accessibility(page, name)
    assert not wrong, "\n".join(wrong)
