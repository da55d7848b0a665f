"""How much slower everything is than it would be alone, as a page itself finds it."""

from __future__ import annotations

import os
from typing import Final

from playwright.sync_api import Page

ALONE: Final = "RAPPORT_ALONE"
"""Set in the environment where nothing runs beside the browser."""
QUIET: Final = bool(os.environ.get(ALONE))
BUSY: Final = 1.0 if QUIET else 1.5
"""What `slowed` cannot see: where both cores are taken, the page's own processes queue in turn."""
_SLOWED: Final = """() => {
    const takes = []
    for (let turn = 0; turn < 300; turn++) {
        const began = performance.now()
        for (let sum = 0, step = 0; step < 400000; step++) sum += step % 7
        takes.push(performance.now() - began)
    }
    takes.sort((a, b) => a - b)
    const alone = takes[Math.floor(takes.length / 10)]
    return takes.reduce((sum, each) => sum + each) / takes.length / alone
}"""


def slowed(page: Page) -> float:
    """How many times as long as alone the page's work takes now, beside all that runs with it.

    Short pieces of the same work are timed: most of a busy machine's interruptions fall between the
    quickest of them, all of them into their mean.
    """
    found: float = page.evaluate(_SLOWED)
    return max(1.0, found)


def allowed(milliseconds: float, page: Page) -> float:
    """How long may take what takes so long alone: no longer where nothing else runs.

    Where both cores are shared, as much longer as the page's own work takes meanwhile.
    """
    return milliseconds if QUIET else milliseconds * BUSY * slowed(page)
