"""`python -m tests.e2e.guide [NAME...]`: the pictures of both READMEs and of the guide, taken anew.

A fresh demonstration is opened as the person of the day; each scene is a page at a width, in both
languages. What is taken stands in `docs/images/guide`: look at every one before it is committed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import ARGUMENTS, chromium_path
from tests.e2e.scenes import hand_in
from tests.e2e.visitors import Visitor, Visitors, still
from tests.support.instances import demo_instance

PICTURES: Final = Path("docs/images/guide")
SHEET: Final = Path("tests/data/clients-zh/clients.xlsx")
WIDE: Final = (1440, 900)
PHONE: Final = (390, 844)
SCROLLED: Final = 400


class Scene(NamedTuple):
    """Who looks at what, on which screen."""

    email: str
    find: Callable[[Visitor], str]
    """The address, found as that person."""
    size: tuple[int, int] = WIDE


def at(path: str) -> Callable[[Visitor], str]:
    """An address that is the same for everybody."""
    return lambda _: path


def first(query: str, page: str) -> Callable[[Visitor], str]:
    """The page of the first record of a list, `{id}` in it."""
    return lambda visitor: page.format(id=visitor.call("GET", query)["items"][0]["id"])


def own_survey(visitor: Visitor) -> str:
    """The survey that waits for the visitor."""
    waiting = visitor.call("GET", "/invitations?waiting=true&sort=closes_at&limit=1")["items"][0]
    path = visitor.call("POST", f"/invitations/{waiting['id']}/open")["path"]
    return str(path)


RUNNING: Final = "/engagements?status=active&q=华信装备流程"
MANAGER, LEAD, AGENT = "manager@firm.example", "lead@firm.example", "agent@firm.example"
PM, CEO = "pm@huaxin.example", "ceo@huaxin.example"
SCENES: Final = {
    "week": Scene(MANAGER, at("/week")),
    "client": Scene(MANAGER, first("/clients?q=华信装备&limit=1", "/clients/{id}")),
    "import": Scene(MANAGER, at("/imports")),
    "opportunities": Scene(MANAGER, at("/opportunities")),
    "plan": Scene(LEAD, first(RUNNING, "/engagements/{id}")),
    "team": Scene(LEAD, first(RUNNING, "/engagements/{id}/team")),
    "deliverable": Scene(LEAD, first("/deliverables?status=deciding", "/deliverables/{id}")),
    "stakeholders": Scene(LEAD, first(RUNNING, "/engagements/{id}/stakeholders")),
    "cases": Scene(AGENT, at("/cases")),
    "case": Scene(AGENT, first("/cases?status=solution_offered&q=华信", "/cases/{id}")),
    "surveys": Scene(MANAGER, at("/surveys")),
    "house": Scene(PM, at("/waiting"), PHONE),
    "review": Scene(PM, first("/deliverables?status=checking", "/deliverables/{id}"), PHONE),
    "survey": Scene(CEO, own_survey, PHONE),
}


def check_sheet(page: Page) -> None:
    """Hand in the sheet, wait for what the dry run says, and look at what is wrong with it."""
    hand_in(page, SHEET)
    page.get_by_role("button", name=re.compile("394")).wait_for()
    page.get_by_role("heading", name=re.compile("Problems|问题")).scroll_into_view_if_needed()
    page.mouse.wheel(0, SCROLLED)


def take(visitors: Visitors, name: str, language: str) -> None:
    """Open one scene and keep what is on screen."""
    scene = SCENES[name]
    visitor = visitors.person(scene.email, language, *scene.size)
    address = scene.find(visitor).replace("#", f"?language={language}#")
    page = visitor.open(visitor.page(), address)
    if name == "import":
        check_sheet(page)
    still(page)
    page.screenshot(path=PICTURES / f"{name}-{language}.png")


def main(names: list[str]) -> None:
    """Take the named pictures, or all."""
    with demo_instance() as instance, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        visitors = Visitors(chromium, instance.address)
        for name in names or SCENES:
            for language in ("en", "zh"):
                take(visitors, name, language)
                visitors.leave()
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1:])
