"""Every page, in both languages, as wide as a desk and a phone and on the smallest in the dark."""

from __future__ import annotations

from typing import Final

import pytest

from tests.e2e.looks import DARK, DESK, PHONE, seen, shifts, watch_shifts
from tests.e2e.rooms import CLIENT_PAGES, DOOR_PAGES, FIRM_PAGES, apart, places, routes, shown
from tests.e2e.scenes import LANGUAGES, invitation_link, invited
from tests.e2e.visitors import VisitorFor, still

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600, func_only=True)]


HOUSES: Final = {
    "firm": ("admin@firm.example", FIRM_PAGES),
    "client": ("pm@huaxin.example", CLIENT_PAGES),
}


def test_every_route_has_a_page_here() -> None:
    pages = shown(FIRM_PAGES) | shown(CLIENT_PAGES) | shown(DOOR_PAGES)
    assert len(routes()) > 40
    assert not routes() - pages


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("house", HOUSES)
def test_every_page_is_fit_to_be_shown(visit: VisitorFor, house: str, language: str) -> None:
    email, pages = HOUSES[house]
    visitor = visit(email, language)
    ids = places(visit("manager@firm.example"), visit("pm@huaxin.example", language))
    page = visitor.page(fresh=True)
    watch_shifts(page)
    visitor.open(page, "/account")
    wrong: list[str] = []
    dresses = [DESK, PHONE, DARK] if language == "zh" else [DARK, PHONE, DESK]
    for name, path in apart(pages):
        dresses[0].put_on(page)
        visitor.go(page, path.format(**ids))
        still(page)
        wrong += shifts(page, f"{name} {dresses[0].name}")
        wrong += seen(page, f"{house}-{name}", language, *dresses)
        dresses.reverse()  # A change of theme draws everything anew: one for each page is enough.
    assert not wrong + visitor.errors, "\n".join(wrong + visitor.errors)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_door_speaks_the_language_of_who_comes(
    visit: VisitorFor, stranger: VisitorFor, language: str
) -> None:
    wrong: list[str] = []
    visitor = stranger(language)
    page = visitor.page()
    pages = {name: f"{visitor.address}{path}" for name, path in DOOR_PAGES.items()}
    admin = visit("admin@firm.example")
    pages["invited"] = invitation_link(admin, invited(admin, language)["email"])
    for name, link in pages.items():
        page.goto(link)
        page.get_by_role("heading").first.wait_for()
        page.locator("form, .door-box > a").first.wait_for()
        wrong += seen(page, f"door-{name}", language, DESK, PHONE, DARK)
    assert not wrong, "\n".join(wrong)
