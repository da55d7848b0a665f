"""Numbers that nothing sets by the way: measured now and then, in every service alike."""

from __future__ import annotations

import asyncio
from typing import Final

from shared.database import Database, is_outage
from shared.deadletters import count_dead_letters
from shared.telemetry import DEAD_LETTERS

EVERY_SECONDS: Final = 10.0


async def measure(database: Database, *, every: float = EVERY_SECONDS) -> None:
    """Keep the gauge of dead letters true for ever; what cannot be read now is read next time.

    The command line replays and discards in a process of its own, and the door or a service
    without subscriptions has letters as well: so it is counted, not kept by whoever buries.
    """
    while True:
        try:
            async with database.worker_session() as session:
                DEAD_LETTERS.set(await count_dead_letters(session))
        except Exception as error:
            if not is_outage(error):
                raise
        await asyncio.sleep(every)
