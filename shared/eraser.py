"""The eraser cleans a service's own stream of people who were erased, beside the relay.

Whoever is asked for stands in `stream_erasures` until a search that began afterwards has ended;
so one that was asked for again meanwhile is searched for again. A search may take minutes: it
holds no transaction, and nothing waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import asyncpg

from shared.blanking import erase_from_stream
from shared.bus import Bus, BusRefused, BusUnavailable
from shared.database import OUTAGES, Database
from shared.locks import ERASER
from shared.telemetry import log

SWEEP_SECONDS: Final = 1.0
_TAKE: Final = "SELECT pg_try_advisory_lock($1)"
_GIVE: Final = "SELECT pg_advisory_unlock($1)"
_ASKED: Final = "SELECT person_id, asked_at FROM stream_erasures"
_DONE: Final = "DELETE FROM stream_erasures WHERE person_id = $1 AND asked_at = $2"
_PASSING: Final = (BusUnavailable, BusRefused, OSError, asyncpg.PostgresError, *OUTAGES)
"""What passes by itself, once NATS or PostgreSQL is there again."""
_log = log(__name__)


@dataclass
class Eraser:
    """Carries out the erasures asked of one service's stream; one replica works at a time."""

    database: Database
    bus: Bus
    publisher: str

    async def run(self) -> None:
        """Erase for ever. What cannot be erased now is erased later."""
        failing = False
        while True:
            try:
                await self.erase()
                failing = False
            except _PASSING as error:
                if not failing:
                    _log.warning("eraser_waits", publisher=self.publisher, reason=str(error))
                failing = True
            await asyncio.sleep(SWEEP_SECONDS)

    async def erase(self) -> int:
        """Search the stream once for whoever is asked for; how many messages were overwritten."""
        pool = self.database.worker_pool()
        if not await pool.fetchval("SELECT EXISTS (SELECT 1 FROM stream_erasures)"):
            return 0
        async with pool.acquire() as connection, _alone(connection) as alone:
            asked = await connection.fetch(_ASKED) if alone else []
            if not asked:
                return 0
            people = {row["person_id"] for row in asked}
            erased = await erase_from_stream(self.bus, self.publisher, people)
            await connection.executemany(_DONE, [tuple(row) for row in asked])
            return erased


@asynccontextmanager
async def _alone(connection: asyncpg.Connection) -> AsyncIterator[bool]:
    """Whether nobody else erases until the end; a connection that fails takes the lock with it."""
    taken = await connection.fetchval(_TAKE, ERASER)
    try:
        yield taken
        if taken:
            await connection.fetchval(_GIVE, ERASER)
    except BaseException:
        connection.terminate()
        raise
