"""A process that dies right after its commit has said what it did: another one publishes it."""

from __future__ import annotations

import asyncio
import signal
import sys

import pytest

from shared.database import Dsns
from shared.ids import new_id
from tests.shared.events.world import World

WRITER = """
import asyncio, sys
from uuid import UUID
from shared.database import Database, Dsns
from shared.faults import AFTER_COMMIT, arm
from shared.outbox import emit
from tests.shared.events.sample import ThingChanged, ThingState

async def write():
    database = Database(Dsns(*sys.argv[1:5]))
    await database.open()
    arm(AFTER_COMMIT)
    async with database.worker_session() as session:
        await emit(session, ThingChanged(state=ThingState(id=UUID(sys.argv[5]), value=1)))

asyncio.run(write())
"""


@pytest.mark.slow
async def test_what_a_dying_process_committed_is_published(world: World, dsns: Dsns) -> None:
    thing = new_id()
    roles = (dsns.owner, dsns.firm, dsns.client, dsns.worker)
    doomed = await asyncio.create_subprocess_exec(sys.executable, "-c", WRITER, *roles, str(thing))
    assert await doomed.wait() == -signal.SIGKILL
    assert await world.relay.publish_lot() == 1
    assert [event["subject"] for event in await world.stream()] == [str(thing)]
