"""`GET /api/v1/events/stream`: server-sent events, resumable, ended when the session ends."""

from __future__ import annotations

import asyncio
import time
from typing import Final
from uuid import UUID

from gateway.exchanges.exchange import Exchange
from gateway.live import store
from gateway.live.hub import Hub, Reader
from gateway.live.rules import HEARTBEAT_SECONDS, RESET, RESUMABLE
from gateway.memberships.store import left_by
from gateway.policy import POLICY
from gateway.sessions.callers import Caller, Callers
from shared.database import Database
from shared.edge import check
from shared.errors import MethodNotAllowed
from shared.identity import Actor
from shared.policy import scope_allows

PATH: Final = b"/api/v1/events/stream"
_HEADERS: Final = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class LiveStream:
    """Serves the streams of one process."""

    def __init__(
        self,
        database: Database,
        callers: Callers,
        hub: Hub,
        *,
        heartbeat: float = HEARTBEAT_SECONDS,
    ) -> None:
        self._database = database
        self._callers = callers
        self._hub = hub
        self._heartbeat = heartbeat

    async def serve(self, exchange: Exchange, caller: Caller) -> None:
        """Send what the caller may see until the caller leaves or the session is over."""
        if exchange.method != "GET":
            raise MethodNotAllowed(headers={"Allow": "GET"})
        check(POLICY["live:view"].allows(caller.actor))
        check(scope_allows(caller.actor, "live:view"))
        with self._hub.reader(caller.actor.user_id) as reader:
            await exchange.start(200, _HEADERS)
            stream = _Stream(exchange, reader, self._callers, caller, self._heartbeat)
            leaving = asyncio.create_task(_closed_by(exchange, reader))
            try:
                await stream.write(b"retry: 2000\n: welcome\n\n")
                await self._resume(exchange, stream)
                await stream.run()
            finally:
                leaving.cancel()
            await exchange.finish(b"")

    async def _resume(self, exchange: Exchange, stream: _Stream) -> None:
        last = _last_event_id(exchange)
        if last is None:
            return
        pool = self._database.worker_pool()
        missed = await store.after(pool, last, RESUMABLE + 1)
        oldest, newest = await store.oldest(pool), await store.newest(pool)
        # An id beyond the newest is of another ring, such as that before a restore.
        if len(missed) > RESUMABLE or last + 1 < oldest or last > newest:
            stream.position = missed[-1].position if missed else newest
            await stream.write(RESET)
            return
        # What was missed is judged by today's rights, those of the record's newest notification.
        # A record that did not change since still lists people who left the team: looked up apart.
        left = await left_by(pool, stream.actor.user_id)
        latest = {each.aggregate_id: each for each in missed}
        for each in missed:
            stream.position = each.position
            told = (each, latest[each.aggregate_id])
            if all(one.visible_to(stream.actor, left) for one in told):
                await stream.write(each.block(stream.actor))


class _Stream:
    """One reader's stream: notifications, heartbeats, and whether the session still lives."""

    def __init__(
        self, exchange: Exchange, reader: Reader, callers: Callers, caller: Caller, beat: float
    ) -> None:
        self._exchange = exchange
        self._reader = reader
        self._callers = callers
        self._session_id: UUID = caller.session_id
        self._beat = beat
        self.actor: Actor = caller.actor
        self.position = 0

    async def write(self, block: bytes) -> None:
        """Send one block."""
        await self._exchange.send_raw(
            {"type": "http.response.body", "body": block, "more_body": True}
        )

    async def run(self) -> None:
        """Until the reader is closed or the session is over."""
        looked = time.monotonic()
        while not self._reader.closed:
            notification = None
            try:
                async with asyncio.timeout(self._beat):
                    notification = await self._reader.waiting.get()
            except TimeoutError:
                await self.write(b": heartbeat\n\n")
            if time.monotonic() - looked >= self._beat:
                looked = time.monotonic()
                now = await self._callers.still(self._session_id)
                if now is None:
                    return
                self.actor = now
            if notification is None or notification.position <= self.position:
                continue
            self.position = notification.position
            if notification.visible_to(self.actor):
                await self.write(notification.block(self.actor))


async def _closed_by(exchange: Exchange, reader: Reader) -> None:
    while True:
        message = await exchange.receive()
        if message["type"] == "http.disconnect":
            reader.close()
            return


def _last_event_id(exchange: Exchange) -> int | None:
    for name, value in exchange.scope["headers"]:
        if name == b"last-event-id" and value.isdigit() and len(value) < 19:
            return int(value)
    return None
