"""A whole instance with its demonstration, and Chromium in front of it.

`RAPPORT_E2E_ADDRESS` uses an instance that runs already, from the home `RAPPORT_E2E_HOME`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.instances import Instance, open_folder

PASSWORD = "rapport-demo"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=15_000)
"""Milliseconds: the suite also runs on a busy machine."""
_FOLLOW = """path => {
    document.querySelectorAll("h1").forEach(heading => { heading.dataset.left = "yes" })
    history.pushState(null, "", path)
    dispatchEvent(new PopStateEvent("popstate", { state: null }))
}"""
"""What a link does; the headings that are on screen are marked, since they are left behind."""
SCREENS = Path(".screens")
"""Not below test-results: the browser plugin empties that folder at the end."""


def _chromium() -> str:
    # The first is the same engine without a window's worth of work around it.
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    raise RuntimeError("no Chromium here; on Debian: apt-get install chromium")


@pytest.fixture(scope="session")
def place() -> Iterator[tuple[str, Path]]:
    """Where the instance answers, and its home."""
    running = os.environ.get("RAPPORT_E2E_ADDRESS")
    if running:
        yield running, Path(os.environ.get("RAPPORT_E2E_HOME", ".rapport"))
        return
    for folder in open_folder():
        with Instance(folder / "home", demo=True) as instance:
            yield instance.address, instance.home


@pytest.fixture(scope="session")
def address(place: tuple[str, Path]) -> str:
    """Where the instance answers."""
    return place[0]


@pytest.fixture(scope="session")
def home(place: tuple[str, Path]) -> Path:
    """The instance's home, for what no page can bring about."""
    return place[1]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody at a browser; what goes wrong on the page is remembered."""

    context: BrowserContext
    address: str
    csrf: str = ""
    errors: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """A fresh tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.errors.append(message.text)
                if message.type == "error" and "status of 4" not in message.text
                else None
            ),
        )
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


@pytest.fixture
def stranger(chromium: Browser, address: str) -> Iterator[VisitorFor]:
    """Somebody who is not signed in, in a language, at a screen width."""
    contexts: list[BrowserContext] = []

    def come(
        language: str = "en", width: int = 1440, height: int = 900, *, dark: bool = False
    ) -> Visitor:
        contexts.append(_context(chromium, language, width, height, dark))
        return Visitor(contexts[-1], address)

    yield come
    for context in contexts:
        context.close()


def _context(
    chromium: Browser, language: str, width: int, height: int, dark: bool
) -> BrowserContext:
    return chromium.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN" if language == "zh" else "en-GB",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        color_scheme="dark" if dark else "light",
    )


@pytest.fixture
def visit(stranger: VisitorFor) -> VisitorFor:
    """Signs somebody in, in a language, at a screen width."""

    def sign_in(
        email: str,
        language: str = "en",
        width: int = 1440,
        height: int = 900,
        *,
        password: str = PASSWORD,
        dark: bool = False,
    ) -> Visitor:
        visitor = stranger(language, width, height, dark=dark)
        answer = visitor.context.request.post(
            f"{visitor.address}/api/v1/auth/session", data={"email": email, "password": password}
        )
        assert answer.ok, answer.text()
        visitor.csrf = next(
            cookie["value"]
            for cookie in visitor.context.cookies()
            if cookie["name"] == "rapport_csrf"
        )
        wanted = "zh-CN" if language == "zh" else "en"
        visitor.call("PATCH", "/me", {"language": wanted})
        return visitor

    return sign_in
