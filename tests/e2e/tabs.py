"""Tabs that serve one test after another: opening one starts a process of the browser."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page

BLANK: Final = "about:blank"
_KEPT: Final = 2
"""How many tabs a person keeps between two tests; hardly any test needs more."""


class Tabs:
    """The tabs of one person's browser."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._blank: list[Page] = []
        self._used: list[Page] = []
        self._errors: dict[Page, list[str]] = {}

    def take(self, errors: list[str], *, fresh: bool) -> Page:
        """A blank tab; what goes wrong in it is added to `errors`.

        `fresh`: one that no later test gets, for whoever changes what every page in it does.
        """
        page = self._blank.pop() if self._blank and not fresh else self._open()
        if not fresh:
            self._used.append(page)
        self._errors[page] = errors
        return page

    def leave(self, origin: str) -> None:
        """Keep a few tabs, blank; close the others, and forget what any of them kept."""
        kept = [page for page in self._used[:_KEPT] if _emptied(page)]
        self._blank = [*self._blank, *kept][:_KEPT]
        self._used = []
        if self.context.pages:
            session = self.context.new_cdp_session(self.context.pages[0])
            stores = {"origin": origin, "storageTypes": "local_storage,indexeddb"}
            session.send("Storage.clearDataForOrigin", stores)
            session.detach()
        for page in self.context.pages:
            if page not in self._blank:
                page.close()
                self._errors.pop(page, None)

    def _open(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self._errors[page].append(str(error)))
        page.on("console", lambda message: self._heard(page, message))
        return page

    def _heard(self, page: Page, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self._errors[page].append(message.text)


def _emptied(page: Page) -> bool:
    """Whether a tab could be left as if nobody had used it."""
    try:
        page.unroute_all()
        page.evaluate("sessionStorage.clear()")
        page.goto(BLANK)
    except Error:
        return False  # closed by the test, or on a page that has no storage: a new one is opened
    return True
