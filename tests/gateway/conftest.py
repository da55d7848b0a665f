"""A gateway per test, on a fresh database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from shared.database import Dsns
from tests.gateway.support import Gateway, running


@pytest.fixture
async def gateway(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> AsyncIterator[Gateway]:
    """A running gateway in front of the echo service."""
    async with running(service_database("gateway"), nats_url, tmp_path) as gateway:
        yield gateway
