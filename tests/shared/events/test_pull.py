"""How much a reader asks for: what it holds is delivered to nobody else, and waits for its turn."""

from __future__ import annotations

import asyncio

from shared.bus import Outgoing
from shared.pull import LOT_BYTES, WINDOW_BYTES, Pull, acknowledge
from tests.shared.events.sample import SERVICE
from tests.shared.events.world import World

FACTS, WINDOW, LOT = 300, 40, 4
LARGE, MANY = 250_000, 200


async def test_a_slow_reader_never_holds_more_than_its_window(world: World) -> None:
    subject = f"{SERVICE}.thing.changed.v1"
    await world.bus.ensure_stream(SERVICE)
    await world.bus.publish_each([Outgoing(subject, b"", f"fact {n}") for n in range(FACTS)])
    await world.bus.ensure_consumer(SERVICE, "slow", [f"{SERVICE}.>"])
    pull = Pull(world.bus, SERVICE, "slow", window=WINDOW)
    await pull.open()
    held, done = [], 0
    while done < FACTS:
        lot = await pull.lot(LOT)
        await asyncio.sleep(0.005)  # slower than they come
        held.append(int((await world.bus.consumer_info(SERVICE, "slow"))["num_ack_pending"]))
        await acknowledge(world.bus, lot)
        done += len(lot)
    await pull.close()
    assert max(held) <= WINDOW + LOT, "the window, and the lot in hand"


async def test_large_messages_come_in_lots_and_windows_of_fewer(world: World) -> None:
    subject = f"{SERVICE}.thing.changed.v1"
    await world.bus.ensure_stream(SERVICE)
    await world.bus.publish_each(
        [Outgoing(subject, bytes(LARGE), f"large {n}") for n in range(MANY)]
    )
    await world.bus.ensure_consumer(SERVICE, "reader", [f"{SERVICE}.>"])
    pull = Pull(world.bus, SERVICE, "reader")
    await pull.open()
    held, done = [], 0
    while done < MANY:
        lot = await pull.lot()
        held.append(int((await world.bus.consumer_info(SERVICE, "reader"))["num_ack_pending"]))
        assert sum(len(delivery.data) for delivery in lot) <= LOT_BYTES
        await acknowledge(world.bus, lot)
        done += len(lot)
    await pull.close()
    assert done == MANY
    assert max(held) * LARGE <= 2 * WINDOW_BYTES, "what was asked for, and what is asked next"
