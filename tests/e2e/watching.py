"""A client page that stays open, and when each act came to stand on its timeline."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from tests.e2e.busy import allowed
from tests.e2e.visitors import Visitor

LONGEST: Final = 1_000
"""Milliseconds from an act to its line on the page, where nothing else runs."""
_WATCH: Final = """() => {
    window.seen = {}
    const look = () => document.querySelectorAll("[data-entry]").forEach(each => {
        window.seen[each.dataset.entry] ??= Date.now()
    })
    look()
    window.before = Object.keys(window.seen)
    const all = { subtree: true, childList: true, attributes: true }
    new MutationObserver(look).observe(document.body, all)
}"""
_ALL_SEEN: Final = "ids => ids.every(id => id in window.seen)"


class Watch:
    """Somebody of the firm looks at a client's page, and touches nothing."""

    def __init__(self, who: Visitor, client: str) -> None:
        self.who, self.client = who, client
        self.kinds: set[str] = set()
        self.said = ""
        self.page = who.open(who.page(), f"/clients/{client}")
        self.page.evaluate(_WATCH)
        self._known: set[str] = set(self.page.evaluate("window.before"))

    def late(self) -> list[str]:
        """What has happened since this was last asked and came to stand there too late.

        An act's line has its number from the moment of the act, to the millisecond.
        """
        new = [each for each in self._newest() if each["id"] not in self._known]
        ids = [each["id"] for each in new]
        self.page.wait_for_function(_ALL_SEEN, arg=ids, timeout=15_000)
        seen: dict[str, int] = self.page.evaluate("window.seen")
        self._known |= set(ids)
        self.kinds |= {each["kind"] for each in new}
        took = [(f"{each['source']} {each['kind']}", _after(each["id"], seen)) for each in new]
        longest = allowed(LONGEST, self.page)
        slowest = max((ms for _, ms in took), default=0)
        over = sum(ms > LONGEST for _, ms in took)
        self.said = f"{len(new)} acts shown within {slowest} of {longest:.0f} ms"
        self.said += f", {over} of them over {LONGEST}"
        return [f"{act}: {ms} of {longest:.0f} ms" for act, ms in took if ms > longest]

    def _newest(self) -> list[dict[str, Any]]:
        path = f"/clients/{self.client}/timeline?limit=50"
        found: list[dict[str, Any]] = self.who.call("GET", path)["items"]
        return found


def _after(entry: str, seen: dict[str, int]) -> int:
    """Milliseconds from the making of a line's number until it was seen."""
    number = UUID(entry)
    assert number.version == 7, entry
    return seen[entry] - (number.int >> 80)
