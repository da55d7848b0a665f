"""What nats-server's memory follows: `python -m tests.bench.nats_memory [EVENTS] [SECONDS]`.

Stores so many events (200,000) in the five streams, as fast as it goes, while a consumer of each
acknowledges, and then lets it rest so long (300). Every line has what is stored, the memory at this
moment and the most so far, and the processor time. RAPPORT_NATS_MEMORY=off is without a limit.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import psutil

from deploy.engines import Nats
from deploy.supervisor.topology import PROCESSES
from shared.bus import Bus, Outgoing
from shared.ids import new_id
from shared.pull import Pull, acknowledge
from tests.faults.watching import memory_of

LOT: Final = 500
EVENT: Final = b"x" * 1700
"""As large as the events of the fault runs are on average."""
LOOK_SECONDS: Final = 0.3


class Look:
    """Looks at a server's memory all the time."""

    def __init__(self, pid: int) -> None:
        self.process = psutil.Process(pid)
        self.most = 0.0

    async def run(self) -> None:
        """Keep the most there was."""
        while True:
            self.most = max(self.most, memory_of(self.process.pid))
            await asyncio.sleep(LOOK_SECONDS)

    def tell(self, what: str) -> None:
        """One line."""
        now, times = memory_of(self.process.pid), self.process.cpu_times()
        self.most = max(self.most, now)
        worked = times.user + times.system
        print(f"{what:<26} {now:6.0f} MB, most {self.most:6.0f} MB, {worked:6.1f} s", flush=True)


async def follow(bus: Bus, publisher: str) -> None:
    """Acknowledge all that comes."""
    await bus.ensure_consumer(publisher, "reader", [f"{publisher}.>"])
    pull = Pull(bus, publisher, "reader")
    await pull.open()
    while True:
        await acknowledge(bus, await pull.lot())


@asynccontextmanager
async def beside(*works: asyncio.Task[None]) -> AsyncIterator[None]:
    """Let works go on meanwhile."""
    try:
        yield
    finally:
        for work in works:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work


async def measure(nats: Nats, events: int, rest: float) -> None:
    """Store, tell at each quarter, rest, tell."""
    assert nats.process is not None
    bus, look = Bus(nats.url, name="bench"), Look(nats.process.pid)
    for publisher in PROCESSES:
        await bus.ensure_stream(publisher)
    works = [asyncio.create_task(follow(bus, publisher)) for publisher in PROCESSES]
    async with beside(asyncio.create_task(look.run()), *works):
        look.tell("begins")
        await store(bus, look, events)
        await asyncio.sleep(rest)
        look.tell(f"after {rest:.0f} s of rest")
    await bus.close()


async def store(bus: Bus, look: Look, events: int) -> None:
    """As the relays of all services do at once when much was committed."""
    begun, stored = time.monotonic(), 0
    for quarter in range(1, 5):
        while stored < events * quarter / 4:
            for publisher in PROCESSES:
                subject = f"{publisher}.sample.changed.v1"
                lot = [Outgoing(subject, EVENT, str(new_id())) for _ in range(LOT)]
                await bus.publish_batch(lot)
                stored += LOT
        look.tell(f"{stored:,} in {time.monotonic() - begun:.0f} s")


def main(arguments: list[str]) -> None:
    """Measure in a folder that is gone afterwards."""
    events = int(arguments[0]) if arguments else 200_000
    rest = float(arguments[1]) if len(arguments) > 1 else 300.0
    with tempfile.TemporaryDirectory() as folder, Nats(Path(folder) / "nats") as nats:
        asyncio.run(measure(nats, events, rest))


if __name__ == "__main__":
    main(sys.argv[1:])
