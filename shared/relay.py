"""The relay publishes what was committed: woken by the commit, with a one-second sweep behind it.

It looks at *all* unpublished rows, never "those after the last": a transaction that commits late
is found too. One relay of a service publishes at a time (a transaction-level advisory lock, gone
with its connection), so an aggregate's events leave in order; the others wait for their turn.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import asyncpg

from shared.bus import Bus, BusRefused, BusUnavailable, Outgoing
from shared.database import OUTAGES, Database
from shared.events import encode
from shared.faults import AFTER_PUBACK, BEFORE_PUBACK, crash_point
from shared.telemetry import OUTBOX_AGE_SECONDS, log

SWEEP_SECONDS: Final = 1.0
LOT: Final = 1000
PIPELINE_BELOW: Final = 100
"""Up to so many events go out pipelined, more as one atomic batch."""
RETRY_SECONDS: Final = 0.5
MEASURE_SECONDS: Final = 5
UNREADY_AFTER_SECONDS: Final = 20
_CLAIM: Final = "SELECT * FROM rapport_claim($1)"
_MARK: Final = """
    UPDATE outbox SET published_at = now(), stream_seq = done.stream_seq
    FROM unnest($1::bigint[], $2::bigint[]) AS done (seq, stream_seq) WHERE outbox.seq = done.seq
"""
_STREAM_BEFORE: Final = """
    SELECT stream_created, now(), (SELECT coalesce(max(stream_seq), 0) FROM outbox)
    FROM publisher_epoch
"""
_REMEMBER_STREAM: Final = "UPDATE publisher_epoch SET stream_created = $1"
_RECLAIM: Final = """
    WITH lost AS (
        SELECT seq FROM outbox WHERE seq > $1 AND stream_seq > 0 AND published_at < $2
        ORDER BY seq LIMIT $3
    ), again AS (
        UPDATE outbox SET published_at = NULL, stream_seq = NULL,
            message_id = gen_random_uuid()::text
        FROM lost WHERE outbox.seq = lost.seq RETURNING outbox.seq
    )
    SELECT count(*) AS number, max(seq) AS last FROM again
"""
_RECLAIM_LOT: Final = 10_000
_OLDEST: Final = """
    SELECT coalesce(extract(epoch FROM now() - min(committed_at)), 0)
    FROM outbox WHERE published_at IS NULL
"""
_PASSING: Final = (
    BusUnavailable,
    BusRefused,
    OSError,
    asyncpg.PostgresError,
    *OUTAGES,
)
"""What passes by itself, once NATS or PostgreSQL is there again."""
_log = log(__name__)


@dataclass
class Relay:
    """Moves committed events of one service to its stream."""

    database: Database
    bus: Bus
    publisher: str
    _woken: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _failing_since: float | None = field(default=None, init=False)
    _generation: int = field(default=-1, init=False)
    _measured_at: float = field(default=0.0, init=False)
    _highest: int = field(default=0, init=False)
    """The last sequence the stream acknowledged and we marked."""
    _set_back: bool = field(default=False, init=False)

    def wake(self) -> None:
        """Something was committed: publish now."""
        self._woken.set()

    async def run(self) -> None:
        """Publish for ever. What cannot be published now is published later."""
        while True:
            self._woken.clear()
            try:
                await self._drain()
                await self._measure()
                self._failing_since = None
            except _PASSING as error:
                await self._note_failure(error)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(SWEEP_SECONDS):
                    await self._woken.wait()

    def reason(self) -> str:
        """ "ok", or since when events cannot be published: for readiness."""
        if self._failing_since is None:
            return "ok"
        seconds = time.monotonic() - self._failing_since
        return "ok" if seconds < UNREADY_AFTER_SECONDS else f"not publishing for {seconds:.0f} s"

    async def publish_lot(self) -> int:
        """Publish the oldest unpublished events, at most a lot; returns how many."""
        await self._prepare()
        async with self.database.worker_pool().acquire() as connection, connection.transaction():
            rows = await connection.fetch(_CLAIM, LOT)
            if not rows:
                return 0
            crash_point(BEFORE_PUBACK)
            sequences = await self._publish([_outgoing(row) for row in rows])
            self._check_forward(sequences)
            crash_point(AFTER_PUBACK)
            await connection.execute(_MARK, [row["seq"] for row in rows], sequences)
        self._highest = max(sequences)
        return len(rows)

    def _check_forward(self, sequences: list[int]) -> None:
        """Raise `BusUnavailable` when the stream counts from an earlier place than it had reached.

        Its disk was set back and the reconnection has not been noticed yet: nothing is marked.
        """
        if min(sequences) <= self._highest:
            self._set_back = True
            self._generation = -1
            raise BusUnavailable("the stream was set back")

    async def oldest_seconds(self) -> float:
        """Age of the oldest unpublished event, in seconds; 0 when there is none."""
        age = float(await self.database.worker_pool().fetchval(_OLDEST))
        OUTBOX_AGE_SECONDS.set(age)
        return age

    async def _drain(self) -> None:
        while await self.publish_lot() == LOT:
            continue

    async def _measure(self) -> None:
        if time.monotonic() - self._measured_at > MEASURE_SECONDS:
            self._measured_at = time.monotonic()
            await self.oldest_seconds()

    async def _prepare(self) -> None:
        await self.bus.client()
        if self._generation == self.bus.generation:
            return
        # Of before: a reconnection meanwhile is looked after in the next round.
        generation = self.bus.generation
        await self.bus.ensure_stream(self.publisher)
        await self._reclaim_lost()
        self._generation = generation

    async def _reclaim_lost(self) -> None:
        """Publish again what the stream had and has no more: its disk was lost or set back.

        A stream with another birthday has lost everything. One that ends before what it
        acknowledged is made anew: its consumers may stand beyond its end and would pass over what
        is published there. Fresh message ids, the same event ids.
        """
        pool = self.database.worker_pool()
        before, now, acknowledged = await pool.fetchrow(_STREAM_BEFORE)
        created, last = await self.bus.stream_identity(self.publisher)
        if self._set_back or (created == before and last < acknowledged):
            await self.bus.replace_stream(self.publisher)
            created, _ = await self.bus.stream_identity(self.publisher)
        lost = before not in (None, created)
        republished = await self._reclaim(now) if lost else 0
        await pool.execute(_REMEMBER_STREAM, created)
        self._set_back = False
        self._highest = 0 if lost else acknowledged
        if republished:
            _log.warning("stream_lost_events", publisher=self.publisher, republished=republished)

    async def _reclaim(self, published_before: datetime) -> int:
        """Mark every event unpublished, in lots: a month does not fit into one statement's time."""
        pool = self.database.worker_pool()
        position = republished = 0
        while position is not None:
            row = await pool.fetchrow(_RECLAIM, position, published_before, _RECLAIM_LOT)
            position, republished = row["last"], republished + row["number"]
        return republished

    async def _publish(self, messages: list[Outgoing]) -> list[int]:
        try:
            if len(messages) <= PIPELINE_BELOW:
                return await self.bus.publish_each(messages)
            return await self.bus.publish_batch(messages)
        except (BusRefused, BusUnavailable):
            # The stream may be gone with its server's disk: look after it before the next try.
            self._generation = -1
            self.bus.forget_streams()
            raise

    async def _note_failure(self, error: Exception) -> None:
        if self._failing_since is None:
            self._failing_since = time.monotonic()
            _log.warning("relay_waits", publisher=self.publisher, reason=str(error))
        with suppress(*_PASSING):
            await self._measure()


def _outgoing(row: asyncpg.Record) -> Outgoing:
    message_id = row["message_id"] or str(row["id"])
    return Outgoing(subject=row["type"], payload=encode(row), message_id=message_id)
