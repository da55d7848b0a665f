"""People at a browser. Who has signed in stays signed in and comes back in a new tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.tabs import Tabs

PASSWORD: Final = "rapport-demo"
_FOLLOW: Final = """path => {
    document.querySelectorAll("h1").forEach(heading => { heading.dataset.left = "yes" })
    history.pushState(null, "", path)
    dispatchEvent(new PopStateEvent("popstate", { state: null }))
}"""
"""What a link does; the headings that are on screen are marked, since they are left behind."""
_STILL: Final = """() => new Promise(resolve => {
    const quiet = 100
    let timer = setTimeout(end, quiet)
    const last = setTimeout(end, 5000)
    const again = () => { clearTimeout(timer); timer = setTimeout(end, quiet) }
    const watch = new MutationObserver(again)
    const all = { subtree: true, childList: true, attributes: true, characterData: true }
    watch.observe(document, all)
    function end() { watch.disconnect(); clearTimeout(last); clearTimeout(timer); resolve() }
})"""
"""Milliseconds in which nothing on the page changes."""


@dataclass
class Visitor:
    """Somebody at a browser; what goes wrong on the page is remembered."""

    tabs: Tabs
    address: str
    width: int = 1440
    height: int = 900
    dark: bool = False
    csrf: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def context(self) -> BrowserContext:
        """Their browser."""
        return self.tabs.context

    def page(self, *, fresh: bool = False) -> Page:
        """A blank tab; a `fresh` one where the test changes what every page in it does."""
        page = self.tabs.take(self.errors, fresh=fresh)
        page.set_viewport_size({"width": self.width, "height": self.height})
        page.emulate_media(color_scheme="dark" if self.dark else "light", media="screen")
        return page

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """A request with the visitor's own session."""
        answer = self.context.request.fetch(
            f"{self.address}/api/v1{path}",
            method=method,
            data=body,
            headers={"X-CSRF-Token": self.csrf, **headers},
        )
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.text() else None

    def open(self, page: Page, path: str) -> Page:
        """Load a page and wait until it has settled."""
        page.goto(f"{self.address}{path}")
        page.wait_for_load_state("load")
        return self._settled(page, "h1")

    def go(self, page: Page, path: str) -> Page:
        """Go on to a page as its link does, without loading anything anew.

        Pages that share their first step share their heading too: those are loaded.
        """
        if urlsplit(page.url).path.split("/")[1] == urlsplit(path).path.split("/")[1]:
            return self.open(page, path)
        page.evaluate(_FOLLOW, path)
        return self._settled(page, "h1:not([data-left])")

    @staticmethod
    def _settled(page: Page, heading: str) -> Page:
        busy = page.locator('main [aria-busy="true"], .skeleton')
        page.locator(heading).first.wait_for()
        busy.first.wait_for(state="detached")
        return page


VisitorFor = Callable[..., Visitor]


def still(page: Page) -> None:
    """Wait until nothing on a page changes any more."""
    page.evaluate(_STILL)


class Visitors:
    """All who come to one browser; `leave` ends a test, and what its pages kept is forgotten.

    A person of the demonstration signs in once per language: whoever comes again is signed in, and
    has what a browser keeps of the interface.
    """

    def __init__(self, chromium: Browser, address: str) -> None:
        self._chromium = chromium
        self._address = address
        self._known: dict[tuple[str, str], tuple[Tabs, str]] = {}
        self._languages: dict[str, str] = {}
        self._strangers: list[BrowserContext] = []

    def stranger(
        self,
        language: str = "en",
        width: int = 1440,
        height: int = 900,
        *,
        dark: bool = False,
    ) -> Visitor:
        """Somebody who is not signed in, in a language, at a screen width."""
        self._strangers.append(self._context(language))
        return Visitor(Tabs(self._strangers[-1]), self._address, width, height, dark)

    def person(
        self,
        email: str,
        language: str = "en",
        width: int = 1440,
        height: int = 900,
        *,
        password: str = PASSWORD,
        dark: bool = False,
    ) -> Visitor:
        """Somebody who is signed in; with a password of their own, in a session of their own."""
        visitor = self._known_person(email, language) if password == PASSWORD else None
        visitor = visitor or self._sign_in(email, password, language)
        visitor.width, visitor.height, visitor.dark = width, height, dark
        return visitor

    def leave(self) -> None:
        """Leave every tab, and forget what was kept in them."""
        for context in self._strangers:
            context.close()
        self._strangers.clear()
        for tabs, _ in self._known.values():
            tabs.leave(self._address)

    def _known_person(self, email: str, language: str) -> Visitor | None:
        if (email, language) not in self._known:
            return None
        tabs, csrf = self._known[email, language]
        visitor = Visitor(tabs, self._address, csrf=csrf)
        self._speak(visitor, email, language)
        return visitor

    def _sign_in(self, email: str, password: str, language: str) -> Visitor:
        context = self._context(language)
        visitor = Visitor(Tabs(context), self._address)
        answer = context.request.post(
            f"{self._address}/api/v1/auth/session", data={"email": email, "password": password}
        )
        assert answer.ok, answer.text()
        visitor.csrf = next(
            cookie["value"] for cookie in context.cookies() if cookie["name"] == "rapport_csrf"
        )
        self._speak(visitor, email, language)
        if password == PASSWORD:
            self._known[email, language] = (visitor.tabs, visitor.csrf)
        else:
            self._strangers.append(context)
        return visitor

    def _context(self, language: str) -> BrowserContext:
        return self._chromium.new_context(
            locale="zh-CN" if language == "zh" else "en-GB",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )

    def _speak(self, visitor: Visitor, email: str, language: str) -> None:
        """The language is the person's, not the browser's."""
        if self._languages.get(email) != language:
            visitor.call("PATCH", "/me", {"language": "zh-CN" if language == "zh" else "en"})
            self._languages[email] = language
