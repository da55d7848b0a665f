"""What is wrong with a page that is on screen: bounds, texts, accessibility, things that move."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.e2e.pictures import take_picture
from tests.e2e.stray import stray
from tests.e2e.visitors import still

_SIDEWAYS: Final = """[document.documentElement, ...document.querySelectorAll(".work, main")]
    .some(each => each.scrollWidth > each.clientWidth + 1)"""
"""Tables and charts scroll within the page; neither the page nor the work does."""
_BELOW_ITS_END: Final = (
    "document.querySelector('.work') !== null"
    " && document.documentElement.scrollHeight > window.innerHeight + 1"
)
"""Inside the house the work scrolls, never the document."""
_AXE: Final = """async () => {
    const grave = ["serious", "critical"]
    const rules = axe._audit.rules
        .filter(each => each.enabled !== false && grave.includes(each.impact))
        .map(each => each.id)
    const asked = { resultTypes: ["violations"], runOnly: { type: "rule", values: rules } }
    return (await axe.run(document, { ...asked, preload: false })).violations
        .map(each => `${each.id} (${each.impact}) ${each.nodes[0].target}`)
}"""
"""The rules whose violation is serious."""
MOST_SHIFT: Final = 0.1
_WATCH: Final = """(() => {
    window.moved = 0
    new PerformanceObserver(found => {
        for (const each of found.getEntries()) window.moved += each.hadRecentInput ? 0 : each.value
    }).observe({ type: "layout-shift", buffered: true })
})()"""


@dataclass(frozen=True)
class Dress:
    """A width in pixels and a theme in which a page is looked at."""

    name: str
    width: int
    height: int
    dark: bool = False
    language: str | None = None
    """That in which axe looks too."""

    def put_on(self, page: Page) -> None:
        """Show the page so."""
        page.set_viewport_size({"width": self.width, "height": self.height})
        page.emulate_media(color_scheme="dark" if self.dark else "light")


DESK: Final = Dress("desk", 1440, 900, language="zh")
PHONE: Final = Dress("phone", 390, 844)
DARK: Final = Dress("dark", 360, 740, dark=True, language="en")
WIDE: Final = Dress("wide", 2560, 1440)


def scrolls_sideways(page: Page) -> bool:
    """Whether the page or the work in it is wider than the screen."""
    return bool(page.evaluate(_SIDEWAYS))


def check(page: Page, name: str, language: str) -> list[str]:
    """What is wrong with the bounds and the texts of a page."""
    wrong: list[str] = []
    if scrolls_sideways(page):
        wrong.append(f"{name}: scrolls sideways")
    if page.evaluate(_BELOW_ITS_END):
        wrong.append(f"{name}: scrolls on below its end")
    raw = page.evaluate("document.body.innerText")
    missing = re.findall("⟦[^⟧]*⟧", raw)
    if missing:
        wrong.append(f"{name}: shows keys {missing[:3]}")
    wrong += [f"{name}: not in the page's language: {text!r}" for text in stray(page, language)]
    return wrong


def accessibility(page: Page, name: str) -> list[str]:
    """Serious violations by axe."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_AXE)
    return [f"{name}: {each}" for each in found]


def seen(page: Page, name: str, language: str, *dresses: Dress) -> list[str]:
    """Look at a page in each dress, for a picture too; what is wrong with it.

    Axe looks once in each language, which is what takes the time: in Chinese at the desk's light
    page, in English at the dark one of the smallest phone.
    """
    wrong: list[str] = []
    for dress in dresses:
        dress.put_on(page)
        still(page)
        take_picture(page, f"{name}-{language}-{dress.name}", whole=True)
        wrong += check(page, f"{name} {dress.name}", language)
        if dress.language == language:
            wrong += accessibility(page, f"{name} {dress.name}")
    return wrong


def watch_shifts(page: Page) -> None:
    """From the next load on remember how far things move that nobody moved."""
    page.add_init_script(_WATCH)


def shifts(page: Page, name: str) -> list[str]:
    """What moved too far since the last time this was asked."""
    moved: float = page.evaluate("() => { const sum = window.moved; window.moved = 0; return sum }")
    return [f"{name}: its layout shifts by {moved:.2f}"] if moved > MOST_SHIFT else []
