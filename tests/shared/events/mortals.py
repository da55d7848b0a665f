"""Processes that relay and subscribe, killed at random moments, others in their place.

`python -m tests.shared.events.mortals <worker dsn> <nats url> <seed> <kills> <ack wait>`

They are forked from one that has loaded everything. Most lives are counted from birth and end
somewhere on the way; every eighth is counted from when all that was written had been sent and
handled, so that work gets done however busy the machine is. Ends with 0 when so many were killed.
"""

from __future__ import annotations

import asyncio
import os
import random
import select
import signal
import sys
import time
from contextlib import suppress
from typing import Final

from shared.bus import BusRefused, BusUnavailable
from shared.relay import Relay
from tests.shared.events.program import parts
from tests.shared.events.sample import SERVICE

AT_ONCE: Final = 2
EVERY_NTH_IS_PATIENT: Final = 8
LIFE_SECONDS: Final = 0.5


def born(dsn: str, url: str, ack_wait: str, *, patient: bool) -> tuple[int, int]:
    """A new process: its pid, and a pipe that says something when its life counts."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        asyncio.run(live(dsn, url, ack_wait, writer, patient=patient))
        os._exit(1)
    os.close(writer)
    return pid, reader


async def live(dsn: str, url: str, ack_wait: str, writer: int, *, patient: bool) -> None:
    """Work until killed."""
    relay, subscriber = await parts(dsn, url, ack_wait)
    working = asyncio.gather(relay.run(), subscriber.run())
    while patient and not await all_done(relay):
        await asyncio.sleep(0.05)
    os.write(writer, b"!")
    await working


async def all_done(relay: Relay) -> bool:
    """Whether everything written is sent and handled."""
    with suppress(BusRefused, BusUnavailable):
        if await relay.oldest_seconds():
            return False
        info = await relay.bus.consumer_info(SERVICE, "mirror")
        return not info["num_pending"] and not info["num_ack_pending"]
    return False


def main(dsn: str, url: str, seed: str, kills: str, ack_wait: str) -> None:
    """Let them live and die."""
    chance = random.Random(int(seed))
    starting: dict[int, int] = {}
    ends: dict[int, float] = {}
    born_so_far = killed = 0
    while killed < int(kills):
        while len(starting) + len(ends) < AT_ONCE:
            patient = born_so_far % EVERY_NTH_IS_PATIENT == 0
            pid, reader = born(dsn, url, ack_wait, patient=patient)
            starting[reader] = pid
            born_so_far += 1
        for reader in select.select(starting, (), (), 0.01)[0]:
            assert os.read(reader, 1), "it ended before it was at work"
            os.close(reader)
            ends[starting.pop(reader)] = time.monotonic() + chance.uniform(0, LIFE_SECONDS)
        for pid in [pid for pid, end in ends.items() if end <= time.monotonic()]:
            kill(pid)
            del ends[pid]
            killed += 1
    for pid in [*starting.values(), *ends]:
        kill(pid)


def kill(pid: int) -> None:
    """End a process that is still at work."""
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, "it had ended by itself"


if __name__ == "__main__":
    main(*sys.argv[1:])
