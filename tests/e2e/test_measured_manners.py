"""What the interface promises with a number: first paint, route change, nothing that shifts."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Page

from tests.e2e.visitors import Visitor, VisitorFor, still

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]

MANAGER: Final = "manager@firm.example"
FIRST_PAINT: Final = 1_000
ROUTE_CHANGE: Final = 100
"""Milliseconds."""
TRIES: Final = 3
"""The other tests fill both cores meanwhile: the best of as many tries is what the page can do."""
_USEFUL: Final = """window.useful = new Promise(resolve => {
    const whole = () => document.querySelector("h1") && !document.querySelector("[aria-busy=true]")
    const look = () => requestAnimationFrame(() => {
        if (whole()) setTimeout(() => resolve(performance.now())); else look()
    })
    look()
})"""
"""When the heading and what it is about have been painted: a task after the frame that has them."""
_ARM: Final = """title => {
    window.changed = new Promise(resolve => document.addEventListener("click", click => {
        const look = () => requestAnimationFrame(() => {
            const there = document.querySelector("h1")?.textContent === title
            if (there) setTimeout(() => resolve(performance.now() - click.timeStamp)); else look()
        })
        look()
    }, { capture: true, once: true }))
}"""
"""From the click to the paint of the heading one goes to."""


def emptied(visitor: Visitor) -> Page:
    """A tab of a browser that has nothing of the interface yet."""
    page = visitor.page()
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    return page


def first_paints(visitor: Visitor, path: str) -> tuple[float, float]:
    """Milliseconds until anything, and until all that is useful, is painted."""
    page = emptied(visitor)
    page.add_init_script(_USEFUL)
    visitor.open(page, path)
    useful: float = page.evaluate("window.useful")
    first: float = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    )
    page.close()
    return first, useful


@pytest.mark.parametrize(
    ("email", "path"),
    [
        (MANAGER, "/week"),
        (MANAGER, "/clients"),
        (MANAGER, "/cases"),
        ("ceo@huaxin.example", "/waiting"),
    ],
)
def test_the_first_useful_paint_comes_within_a_second(
    visit: VisitorFor, email: str, path: str
) -> None:
    visitor = visit(email)
    tries = [first_paints(visitor, path) for _ in range(TRIES)]
    first, useful = min(each[0] for each in tries), min(each[1] for each in tries)
    print(f"{path}: first paint {first:.0f} ms, useful {useful:.0f} ms, of {tries}")
    assert useful <= FIRST_PAINT


def change(page: Page, place: str) -> float:
    """Milliseconds from a click on a place to its heading painted; it has been visited before."""
    link = page.get_by_role("navigation").get_by_role("link", name=place, exact=True)
    page.evaluate(_ARM, TITLES[place])
    link.click()
    took: float = page.evaluate("window.changed")
    still(page)
    return took


TITLES: Final = {
    "My week": "My week",
    "Clients": "Clients",
    "Opportunities": "Opportunities",
    "Engagements": "Engagements",
    "Cases": "Cases",
    "Surveys": "Surveys",
}


def test_a_place_stands_there_a_tenth_of_a_second_after_the_click(visit: VisitorFor) -> None:
    manager = visit(MANAGER)
    page = manager.open(manager.page(), "/account")
    tours = [{place: change(page, place) for place in TITLES} for _ in range(1 + TRIES)]
    best = {place: min(tour[place] for tour in tours[1:]) for place in TITLES}
    print(f"route change, ms: {best}; the first time: {tours[0]}")
    assert max(best.values()) <= ROUTE_CHANGE
