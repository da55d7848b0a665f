"""Streams outlive a test; a service that has just started would take over what they hold."""

from __future__ import annotations

import nats


async def forget_everything(nats_url: str) -> None:
    """Delete every stream, and with it what earlier tests told."""
    client = await nats.connect(nats_url)
    streams = client.jetstream()
    for stream in await streams.streams_info():
        assert stream.config.name is not None
        await streams.delete_stream(stream.config.name)
    await client.close()
