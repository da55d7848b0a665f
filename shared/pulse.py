"""Whether PostgreSQL answers, by a connection of its own: for readiness.

Work that holds every place of the pools says nothing about PostgreSQL, and neither does one answer
that comes late because the processors are busy: readiness must not take a working service away
just when it has most to do.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field

import asyncpg

from shared.redaction import error_text


@dataclass
class Pulse:
    """Feels for PostgreSQL; `patience_seconds` without an answer are no failure yet."""

    dsn: str
    answer_seconds: float = 2.0
    patience_seconds: float = 15.0
    _connection: asyncpg.Connection | None = field(default=None, init=False)
    _answered: float = field(default=float("-inf"), init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def reason(self) -> str:
        """ "ok", or why PostgreSQL cannot be worked with."""
        try:
            async with asyncio.timeout(self.answer_seconds), self._turn:
                await self._feel()
        except TimeoutError:
            await self.close()
            silent = time.monotonic() - self._answered
            return "ok" if silent < self.patience_seconds else "TimeoutError: no answer in time"
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the reason
            await self.close()
            return error_text(error)
        self._answered = time.monotonic()
        return "ok"

    async def close(self) -> None:
        """Let go of the connection; the next question opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                connection.terminate()

    async def _feel(self) -> None:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(self.dsn)
        await self._connection.fetchval("SELECT 1")
