"""Every test here begins without facts that earlier tests told."""

from __future__ import annotations

import nats
import pytest


@pytest.fixture(autouse=True)
async def nothing_told_before(nats_url: str) -> None:
    """Streams outlive a test; a service that has just started would take over what they hold."""
    client = await nats.connect(nats_url)
    streams = client.jetstream()
    for stream in await streams.streams_info():
        assert stream.config.name is not None
        await streams.delete_stream(stream.config.name)
    await client.close()
