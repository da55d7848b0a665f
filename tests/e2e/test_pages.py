"""Every page, in both languages, at desk and phone width: drawn, accessible, in bounds, pure."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import SCREENS, Visitor, VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600, func_only=True)]

FIRM_PAGES: Final = {
    "week": "/week",
    "clients": "/clients",
    "client-new": "/clients/new",
    "client": "/clients/{client}",
    "client-edit": "/clients/{client}/edit",
    "record-new": "/clients/{client}/interactions/new",
    "record": "/interactions/{interaction}",
    "opportunities": "/opportunities",
    "opportunity-list": "/opportunities/list",
    "opportunity-new": "/opportunities/new",
    "engagements": "/engagements",
    "engagement-new": "/engagements/new",
    "imports": "/imports",
    "import": "/imports/{import}",
    "cases": "/cases",
    "case-new": "/cases/new",
    "case": "/cases/{case}",
    "surveys": "/surveys",
    "surveys-by-client": "/surveys?by=client",
    "survey-comments": "/surveys/comments",
    "survey-invitations": "/surveys/invitations",
    "survey-forms": "/surveys/forms",
    "users": "/users",
    "keys": "/keys",
    "audit": "/audit",
    "letters": "/letters",
    "mailbox": "/dev/mail",
    "account": "/account",
    "lost": "/no-such-page",
}
CLIENT_PAGES: Final = {
    "requests": "/requests",
    "request-new": "/requests/new",
    "request": "/requests/{case}",
    "surveys": "/surveys",
    "account": "/account",
}
WIDTHS: Final = {"desk": (1440, 900), "phone": (390, 844)}
HAN: Final = re.compile(r"[\u4e00-\u9fff]")
LATIN: Final = re.compile(r"[A-Za-z]{3,}")
NAMES: Final = re.compile(
    r"Rapport|English|Ctrl|CSV|XLSX|Excel|API|NPS|ERP|Esc|Enter|PDF|UTF|GB18030|Chrome|[\w.]+@[\w.]+"
    r"|K-\d|C-\d"
)
"""Names that are the same in both languages."""
BELOW_ITS_END: Final = (
    "document.querySelector('.work') !== null"
    " && document.documentElement.scrollHeight > window.innerHeight + 1"
)
"""Inside the house the work scrolls, never the document."""


def places(visitor: Visitor) -> dict[str, str]:
    """Ids of something real to show."""
    clients = visitor.call("GET", "/clients?q=华信&limit=1")["items"]
    cases = visitor.call("GET", "/cases?limit=1&kind=complaint")["items"]
    imports = visitor.call("GET", "/imports?limit=1")["items"]
    records = visitor.call("GET", "/interactions?limit=1")["items"]
    return {
        "client": clients[0]["id"],
        "case": cases[0]["id"],
        "import": imports[0]["id"],
        "interaction": records[0]["id"],
    }


def chrome_texts(page: Page) -> list[str]:
    """What the interface itself says: navigation, buttons, labels, column heads, titles."""
    texts: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('nav a, button, label, th, h1.title, legend')]
            .filter(e => !e.closest('[data-record]') && e.offsetParent !== null)
            .map(e => e.innerText.trim()).filter(Boolean)"""
    )
    return texts


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
    for text in chrome_texts(page):
        bare = NAMES.sub("", text)
        if language == "zh" and LATIN.search(bare) and not HAN.search(bare):
            wrong.append(f"{name}: English on the Chinese page: {text!r}")
    return wrong


def accessibility(page: Page, name: str) -> list[str]:
    """Serious violations by axe."""
    found: Any = Axe().run(page)
    return [
        f"{name}: {each['id']} ({each['impact']}) {each['nodes'][0]['target']}"
        for each in found.response["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("house", ["firm", "client"])
def test_every_page_is_fit_to_be_shown(
    visit: VisitorFor, house: str, size: str, language: str
) -> None:
    width, height = WIDTHS[size]
    email = "admin@firm.example" if house == "firm" else "pm@huaxin.example"
    visitor = visit(email, language, width, height)
    firm = visitor if house == "firm" else visit("manager@firm.example")
    ids = places(firm)
    if house == "client":
        ids["case"] = visitor.call("GET", "/cases?limit=1")["items"][0]["id"]
    page = visitor.page()
    wrong: list[str] = []
    for name, path in (FIRM_PAGES if house == "firm" else CLIENT_PAGES).items():
        visitor.open(page, path.format(**ids))
        page.wait_for_timeout(250)
        page.screenshot(path=SCREENS / f"{house}-{name}-{language}-{size}.png", full_page=True)
        wrong += check(page, name, language)
        wrong += accessibility(page, name)
    assert not wrong + visitor.errors, "\n".join(wrong + visitor.errors)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_smallest_phone_in_the_dark(visit: VisitorFor, language: str) -> None:
    wrong: list[str] = []
    for email, paths in (
        ("admin@firm.example", FIRM_PAGES),
        ("pm@huaxin.example", CLIENT_PAGES),
    ):
        visitor = visit(email, language, 360, 740, dark=True)
        ids = places(visit("manager@firm.example"))
        if paths is CLIENT_PAGES:
            ids["case"] = visitor.call("GET", "/cases?limit=1")["items"][0]["id"]
        page = visitor.page()
        for name, path in paths.items():
            visitor.open(page, path.format(**ids))
            page.screenshot(path=SCREENS / f"dark-{name}-{language}.png", full_page=True)
            wrong += check(page, name, language)
            wrong += accessibility(page, name)
    assert not wrong, "\n".join(wrong)


def test_the_door_is_drawn_in_both_languages(visit: VisitorFor) -> None:
    visitor = visit("admin@firm.example")
    visitor.context.clear_cookies()
    for size, (width, height) in WIDTHS.items():
        page = visitor.page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{visitor.address}/sign-in")
        page.get_by_role("button").first.wait_for()
        page.screenshot(path=SCREENS / f"door-{size}.png")
        assert not accessibility(page, "door")
