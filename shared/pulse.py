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
from typing import Final

import asyncpg

from shared.redaction import error_text

_BEHIND: Final = """
    SELECT extract(epoch FROM now() - coalesce(last_archived_time, stats_reset))::int
    FROM pg_stat_archiver WHERE current_setting('archive_mode') <> 'off'
        AND last_failed_time > coalesce(last_archived_time, '-infinity')
"""
"""Seconds since the log was last archived, where it should be and the last try failed."""


@dataclass
class Pulse:
    """Feels for PostgreSQL; `patience_seconds` without an answer are no failure yet."""

    dsn: str
    answer_seconds: float = 2.0
    patience_seconds: float = 15.0
    _connection: asyncpg.Connection | None = field(default=None, init=False)
    _behind: int | None = field(default=None, init=False)
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

    def archiving(self) -> str:
        """ "ok", or since when PostgreSQL cannot archive its log, as it last said.

        Writes go on meanwhile; what a lost disk would take with it grows.
        """
        return "ok" if self._behind is None else f"log not archived for {self._behind} s"

    async def close(self) -> None:
        """Let go of the connection; the next question opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                connection.terminate()

    async def _feel(self) -> None:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(self.dsn)
        self._behind = await self._connection.fetchval(_BEHIND)
