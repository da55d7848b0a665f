"""Two relays, killed again and again while events are written: the ledger stays clean."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

from deploy.engines import Nats
from shared.database import Dsns
from tests.shared.events.sample import KEEP, NOTE
from tests.shared.events.test_survival import ledger_is_clean
from tests.shared.events.world import World, things

MINUTES: Final = float(os.environ.get("RAPPORT_FAULT_MINUTES") or 0)
SEED: Final = int(os.environ.get("RAPPORT_FAULT_SEED") or 20261123)
KILLS: Final = max(200, int(MINUTES * 10)) if MINUTES else 12
"""Twelve in every run of the tests; two hundred and more in the long one."""
THINGS: Final = 5
BETWEEN_WRITES_SECONDS: Final = 0.5
ACK_WAIT_SECONDS: Final = 1.0

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120 + 3 * KILLS)]


@contextmanager
def mortals(dsns: Dsns, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """The processes that are killed, as a group of their own; none of them outlives the block."""
    running = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.shared.events.mortals"),
            *(dsns.worker, url, str(SEED), str(KILLS), str(ACK_WAIT_SECONDS)),
        ],
        start_new_session=True,
    )
    try:
        yield running
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


async def test_two_relays_killed_again_and_again_leave_a_clean_ledger(
    frail_world: World, own_nats: Nats, dsns: Dsns
) -> None:
    world, ids, steps = frail_world, things(THINGS), 0
    with mortals(dsns, own_nats.url) as doomed:
        while doomed.poll() is None:
            steps += 1
            await world.change_many(ids, [steps] * THINGS)
            await asyncio.sleep(BETWEEN_WRITES_SECONDS)
    assert doomed.returncode == 0, "not all were killed"
    # What waits in order behind a step that a killed one took with it was taken over as well.
    taken = await world.count("SELECT (SELECT count(*) FROM steps) + (SELECT count(*) FROM parked)")
    sent = await world.count("SELECT count(*) FROM outbox WHERE published_at IS NOT NULL")
    print(f"seed {SEED}: {KILLS} kills; of {steps * THINGS} events {sent} sent, {taken} taken")
    assert min(sent, taken) > steps, "the killed got hardly any work done: this shows nothing"
    world.start_relay()
    world.start_subscriber(KEEP, NOTE, ack_wait=ACK_WAIT_SECONDS)
    await world.settled(steps * THINGS, within=60)
    await asyncio.sleep(1.5 * ACK_WAIT_SECONDS)
    await ledger_is_clean(world, ids, steps)
    events = {event["id"] for event in await world.stream()}
    assert len(events) == steps * THINGS
