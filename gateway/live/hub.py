"""One hub per process: follows the ring and hands every notification to the open streams."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

import asyncpg

from gateway.live import store
from gateway.live.rules import LAGGING, STREAMS_PER_PERSON, Notification
from shared.database import Database
from shared.errors import Overloaded, TooMany
from shared.telemetry import log

_SWEEP_SECONDS: Final = 2.0
_LOT: Final = 500
_log = log(__name__)


class Reader:
    """One open stream: what it has yet to send. `closed` once it must end."""

    def __init__(self, user_id: UUID) -> None:
        self.user_id = user_id
        self.waiting: asyncio.Queue[Notification | None] = asyncio.Queue()
        self.closed = False

    def close(self) -> None:
        """End the stream; the browser comes back by itself."""
        self.closed = True
        self.waiting.put_nowait(None)


class Hub:
    """Follows the ring by NOTIFY, with a slow sweep in case a notice is lost.

    `heard` is called with the type of every notification and whom it is about, whoever reads.
    """

    def __init__(
        self, database: Database, heard: Callable[[str, Collection[UUID]], None] | None = None
    ) -> None:
        self._database = database
        self._heard = heard
        self._readers: set[Reader] = set()
        self._woken = asyncio.Event()
        self._position: int | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.closing = False

    @contextmanager
    def reader(self, user_id: UUID) -> Iterator[Reader]:
        """A stream's place.

        Raises `TooMany` (429) beyond what one person may open, `Overloaded` (503) in a process
        that stops.
        """
        if self.closing:
            raise Overloaded(2)
        if sum(each.user_id == user_id for each in self._readers) >= STREAMS_PER_PERSON:
            raise TooMany(5)
        reader = Reader(user_id)
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)

    def close(self) -> None:
        """End every stream and open no more: the process stops. Safe in a signal handler."""
        self.closing = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._close_readers)

    def _close_readers(self) -> None:
        for reader in tuple(self._readers):
            reader.close()

    async def run(self) -> None:
        """Follow the ring until cancelled; a lost connection is made again."""
        self._loop = asyncio.get_running_loop()
        while True:
            try:
                await self._follow()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                _log.warning("live_ring_lost", reason=str(error)[:200])
                await asyncio.sleep(1)

    async def _follow(self) -> None:
        connection = await asyncpg.connect(self._database.dsns.worker)
        try:
            await connection.add_listener(store.CHANNEL, self._wake)
            pool = self._database.worker_pool()
            if self._position is None:
                self._position = await store.newest(pool)
            while not connection.is_closed():
                await self._hand_on(pool)
                await self._next_wake()
        finally:
            await connection.close(timeout=2)

    async def _hand_on(self, pool: asyncpg.Pool) -> None:
        assert self._position is not None
        while True:
            self._woken.clear()
            lot = await store.after(pool, self._position, _LOT)
            for notification in lot:
                self._position = notification.position
                if self._heard is not None:
                    people = notification.client_users | notification.firm_users
                    self._heard(notification.type, people)
                for reader in tuple(self._readers):
                    _give(reader, notification)
            if len(lot) < _LOT:
                return

    async def _next_wake(self) -> None:
        try:
            async with asyncio.timeout(_SWEEP_SECONDS):
                await self._woken.wait()
        except TimeoutError:
            return

    def _wake(self, *_: Any) -> None:
        self._woken.set()


def _give(reader: Reader, notification: Notification) -> None:
    if reader.closed:
        return
    if reader.waiting.qsize() >= LAGGING:
        reader.close()
        return
    reader.waiting.put_nowait(notification)
