"""A gateway per test, on a fresh database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from shared.database import Dsns
from tests.gateway.support import Gateway, running
from tests.support.streams import forget_everything


@pytest.fixture
async def gateway(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> AsyncIterator[Gateway]:
    """A running gateway in front of the echo service, which has heard of nothing yet."""
    await forget_everything(nats_url)
    async with running(service_database("gateway"), nats_url, tmp_path) as gateway:
        yield gateway
