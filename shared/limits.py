"""Limits: how often somebody may try something.

`SharedLimiter` counts in PostgreSQL, so that all replicas see the same number; for sign-in, survey
links and keys. A hit commits by itself, apart from the request's transaction, because a failed
attempt must count although its request rolls back.

    SIGN_IN = Limit("sign_in", count=10, seconds=300)
    await SharedLimiter(database).hit(SIGN_IN, f"{email} {address}")     # raises TooMany (429)

`LocalLimiter` is coarse and in memory: per process, for the hot path.
Windows slide: the previous window counts in proportion to how much of it still overlaps.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database, context_of
from shared.errors import TooMany
from shared.privileges import worker_table

_KEPT: Final = timedelta(days=2)
"""Longer than twice the longest window."""

DDL: list[str] = [
    # Unlogged: counters are worth no write-ahead log, and after a crash they start from zero.
    """CREATE UNLOGGED TABLE limit_windows (
        name text NOT NULL,
        subject bytea NOT NULL,
        starts_at timestamptz NOT NULL,
        hits integer NOT NULL,
        PRIMARY KEY (name, subject, starts_at)
    )""",
    "CREATE INDEX limit_windows_starts_at ON limit_windows (starts_at)",
    *worker_table("limit_windows"),
]

# Refused hits count once above the limit at most, so that a hammering caller recovers in time.
_HIT: Final = """
    INSERT INTO limit_windows AS w (name, subject, starts_at, hits) VALUES ($1, $2, $3, 1)
    ON CONFLICT (name, subject, starts_at) DO UPDATE SET hits = least(w.hits + 1, $5::int + 1)
    RETURNING hits, coalesce((SELECT p.hits FROM limit_windows p
        WHERE p.name = $1 AND p.subject = $2 AND p.starts_at = $4), 0) AS previous
"""


@dataclass(frozen=True)
class Limit:
    """At most `count` hits in any `seconds`."""

    name: str
    count: int
    seconds: int


def seconds_to_wait(limit: Limit, previous: int, current: int, elapsed: float) -> int:
    """Whole seconds until one more hit fits, 0 when this one did.

    `current` includes this hit; `elapsed` is the part of the window gone, from 0 to 1.
    """
    if previous * (1 - elapsed) + current <= limit.count:
        return 0
    room = limit.count - current - 1
    if room >= 0:
        # The overlap of the previous window shrinks within this one.
        part = 1 - room / previous - elapsed
    else:
        part = (1 - elapsed) + max(1 - (limit.count - 1) / current, 0)
    return max(math.ceil(part * limit.seconds), 1)


class SharedLimiter:
    """Limits that all replicas of a service share."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def hit(self, limit: Limit, subject: str) -> None:
        """Count one try of `subject`. Raises `TooMany` (429) when it is one too many.

        Only a hash of the subject is stored.
        """
        now = self._database.clock().timestamp()
        start = now - now % limit.seconds
        row = await self._database.worker_pool().fetchrow(
            _HIT,
            limit.name,
            _hashed(limit, subject),
            datetime.fromtimestamp(start, UTC),
            datetime.fromtimestamp(start - limit.seconds, UTC),
            limit.count,
        )
        elapsed = (now - start) / limit.seconds
        wait = seconds_to_wait(limit, row["previous"], row["hits"], elapsed)
        if wait:
            raise TooMany(wait)

    async def forget(self, limit: Limit, subject: str) -> None:
        """Start the subject's count anew, as after a successful sign-in."""
        await self._database.worker_pool().execute(
            "DELETE FROM limit_windows WHERE name = $1 AND subject = $2",
            limit.name,
            _hashed(limit, subject),
        )


def _hashed(limit: Limit, subject: str) -> bytes:
    return hashlib.sha256(f"{limit.name}\0{subject}".encode()).digest()


async def purge_limits(session: AsyncSession) -> None:
    """Forget windows that no limit looks at any more; a job of every service."""
    await session.execute(
        text("DELETE FROM limit_windows WHERE starts_at < :oldest"),
        {"oldest": context_of(session).now - _KEPT},
    )


class LocalLimiter:
    """A token bucket per subject in this process's memory; the least recent subjects go first."""

    def __init__(
        self, limit: Limit, *, subjects: int = 50_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = limit
        self._rate = limit.count / limit.seconds
        self._subjects = subjects
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def hit(self, subject: str) -> None:
        """Count one try. Raises `TooMany` (429) when the bucket is empty."""
        now = self._clock()
        tokens, at = self._buckets.get(subject, (float(self._limit.count), now))
        tokens = min(tokens + (now - at) * self._rate, self._limit.count)
        taken = tokens >= 1
        self._buckets[subject] = (tokens - 1 if taken else tokens, now)
        self._buckets.move_to_end(subject)
        if len(self._buckets) > self._subjects:
            self._buckets.popitem(last=False)
        if not taken:
            raise TooMany(max(math.ceil((1 - tokens) / self._rate), 1))
