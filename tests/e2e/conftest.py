"""A whole instance with its demonstration, and Chromium in front of it.

`RAPPORT_E2E_ADDRESS` uses an instance that runs already, from the home `RAPPORT_E2E_HOME`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.visitors import VisitorFor, Visitors
from tests.support.instances import demo_instance

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


def chromium_path() -> str:
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
    with demo_instance() as instance:
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
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def everybody(chromium: Browser, address: str) -> Visitors:
    """All who come to the browser of this process."""
    return Visitors(chromium, address)


@pytest.fixture
def visitors(everybody: Visitors) -> Iterator[Visitors]:
    """The same during one test."""
    yield everybody
    everybody.leave()


@pytest.fixture
def stranger(visitors: Visitors) -> VisitorFor:
    """Somebody who is not signed in, in a language, at a screen width."""
    return visitors.stranger


@pytest.fixture
def visit(visitors: Visitors) -> VisitorFor:
    """Signs somebody in, in a language, at a screen width."""
    return visitors.person
