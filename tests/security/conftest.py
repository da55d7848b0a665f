"""Every test here begins without facts that earlier tests told."""

from __future__ import annotations

import pytest

from tests.support.streams import forget_everything


@pytest.fixture(autouse=True)
async def nothing_told_before(nats_url: str) -> None:
    """A service of the test knows what the test tells it, and nothing else."""
    await forget_everything(nats_url)
