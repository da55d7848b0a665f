"""Logs as the product writes them, for a test that reads them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture
def own_logging() -> Iterator[None]:
    """What the test configures of logs ends with it: no later one writes to its closed output."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)
