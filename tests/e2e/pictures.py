"""Pictures of what a test sees, for whoever looks through the interface."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

SCREENS: Final = Path(".screens")
"""Not below test-results: the browser plugin empties that folder at the end."""
_WANTED: Final = "RAPPORT_PICTURES" in os.environ
"""`make e2e` asks for them. That of a whole page takes a quarter of a second of a processor."""


def take_picture(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep what is on screen, or the whole page, under a name, if pictures are wanted."""
    if _WANTED:
        page.screenshot(path=SCREENS / f"{name}.png", full_page=whole)
