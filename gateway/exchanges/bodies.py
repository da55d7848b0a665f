"""Long bodies are whole before a service hears of them: whose line is slow takes no place there.

They wait in memory, and beyond that in a file without a name.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from gateway.exchanges.exchange import Exchange
from shared.errors import Overloaded

_PIECE: Final = 1_000_000
"""Bytes that are held in memory, and that are written and read at once."""


class LongBody:
    """A body that was taken in, and can be sent as often as need be."""

    def __init__(self) -> None:
        self.size = 0
        self._file = tempfile.SpooledTemporaryFile(_PIECE - 1)  # noqa: SIM115
        self._rest = bytearray()

    async def add(self, chunk: bytes) -> None:
        """Take in what came next."""
        self.size += len(chunk)
        self._rest += chunk
        if len(self._rest) >= _PIECE:
            await asyncio.to_thread(self._file.write, self._rest)
            self._rest = bytearray()

    async def pieces(self) -> AsyncIterator[bytes]:
        """All of it, from its beginning."""
        if self.size > len(self._rest):
            await asyncio.to_thread(self._file.seek, 0)
            while piece := await asyncio.to_thread(self._file.read, _PIECE):
                yield piece
        if self._rest:
            yield bytes(self._rest)

    def close(self) -> None:
        """Forget it."""
        self._file.close()


class Arrivals:
    """Where the long bodies of all callers wait; `room` is for how many bytes more there is."""

    def __init__(self, room: int) -> None:
        self.room = room

    @asynccontextmanager
    async def whole(self, exchange: Exchange) -> AsyncIterator[LongBody]:
        """The body, once all of it came; it is kept for as long as the block runs.

        How long it may take to come is the protocol's to say: the exchange's deadline begins after
        it. Raises `Overloaded` (503) where it finds no room, and what `Exchange.chunks` does.
        """
        body = LongBody()
        try:
            exchange.stop_clock()
            async for chunk in exchange.chunks():
                if len(chunk) > self.room:
                    raise Overloaded()
                self.room -= len(chunk)
                await body.add(chunk)
            exchange.start_clock()
            yield body
        finally:
            self.room += body.size
            body.close()
