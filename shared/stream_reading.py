"""Reading a publisher's stream from its beginning, for whoever compares or rebuilds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

from shared.bus import Bus
from shared.pull import Delivery, Pull, acknowledge

LOT = 500


async def read_stream(bus: Bus, publisher: str, *, reader: str) -> AsyncIterator[Delivery]:
    """Every message the stream holds now, in its order, by a consumer that is gone afterwards.

    `reader` is the consumer's name to begin with. Raises `BusUnavailable`, `BusRefused` (10059
    where the publisher has no stream).
    """
    _, last = await bus.stream_identity(publisher)
    name = f"{reader}-{uuid4().hex[:8]}"
    await bus.ensure_consumer(publisher, name, [f"{publisher}.>"])
    pull = Pull(bus, publisher, name)
    try:
        await pull.open()
        reached = 0
        while reached < last:
            lot = await pull.lot(LOT, patience=0.1)
            for delivery in lot:
                yield delivery
            if lot:
                reached = lot[-1].sequence
                await acknowledge(bus, lot)
                continue
            info = await bus.consumer_info(publisher, name)
            if not info["num_pending"] and not info["num_ack_pending"]:
                return  # the stream ends with messages that were erased
    finally:
        await pull.close()
        await bus.delete_consumer(publisher, name)
