"""The demonstration fills every page for those it is for."""

from __future__ import annotations

import re
from typing import Final

import pytest

from deploy.demo.people import PEOPLE
from tests.e2e.rooms import CLIENT_PAGES, FIRM_PAGES, places
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]

EMPTY_BY_NATURE: Final = {
    # That no event has failed is what one wants to read.
    "admin@firm.example": {"/letters"},
    # On no engagement, so that nothing is due.
    "bystander@firm.example": {"/week", "/engagements"},
    "agent@firm.example": {"/engagements"},
    "agent2@firm.example": {"/engagements"},
    # Left the client.
    "left@huaxin.example": {"/waiting", "/engagements", "/requests", "/surveys"},
}

FORM: Final = re.compile("-(new|edit)$")


@pytest.mark.parametrize("email", [person.email for person in PEOPLE])
def test_no_place_of_the_house_is_empty_for_whom_it_is_for(visit: VisitorFor, email: str) -> None:
    visitor = visit(email)
    page = visitor.open(visitor.page(), "/")
    places = page.locator("nav a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    found = {place for place in places if place.startswith("/")}
    assert len(found) >= 4
    empty = {place for place in found if visitor.go(page, place).locator(".empty").count()}
    assert empty == EMPTY_BY_NATURE.get(email, set())


@pytest.mark.parametrize(
    ("email", "pages"),
    [("admin@firm.example", FIRM_PAGES), ("pm@huaxin.example", CLIENT_PAGES)],
    ids=["firm", "client"],
)
def test_no_page_below_the_places_is_empty(
    visit: VisitorFor, email: str, pages: dict[str, str]
) -> None:
    visitor = visit(email)
    ids = places(visit("manager@firm.example"), visit("pm@huaxin.example"))
    page = visitor.open(visitor.page(), "/")
    in_reach = page.locator("nav a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    below = {
        path.format(**ids)
        for name, path in pages.items()
        if path not in in_reach and name not in {"lost", "closed"} and not FORM.search(name)
    }
    assert len(below) >= 4
    assert {path for path in below if visitor.go(page, path).locator(".empty").count()} == set()
