"""Durable timers: something happens at an exact moment, once, whatever restarts in between.

    await schedule(session, "promise_due", str(promise.id), promise.due_at, {"case_id": ...})
    await cancel(session, "promise_due", str(promise.id))

    async def promise_due(session: AsyncSession, timer: Fired) -> None: ...
    TIMERS = {"promise_due": promise_due}

One timer per (kind, key): scheduling again moves it. The handler runs in the transaction that
removes the timer, so its effect happens exactly once; it locks the record first and looks whether
the reason for the timer still stands. A timer that is firing cannot be moved or cancelled any more,
and neither call waits for it: a write and a timer of one record never deadlock. A handler that
fails is tried again with growing delays and is `dead` after ten tries: visible with `dead_timers`
and as a metric, started again with `revive`.
Writes of a history import (`historical`) schedule nothing but what they mark as `of_history`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from weakref import WeakSet

import orjson
import structlog
from prometheus_client import Gauge
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database, context_of, is_outage
from shared.ids import new_id
from shared.outages import report
from shared.privileges import definer_function, worker_table
from shared.redaction import error_text
from shared.telemetry import REGISTRY

MAX_ATTEMPTS: Final = 10
SWEEP_SECONDS: Final = 1.0
"""Longest sleep: a timer of a replica that died is found by the others within this."""
_LONGEST_DELAY: Final = 600.0
TIMERS_DEAD: Final = Gauge(
    "rapport_timers_dead", "Timers given up on, waiting for a person", registry=REGISTRY
)
TIMERS_LATE_SECONDS: Final = Gauge(
    "rapport_timers_late_seconds", "How long the oldest due timer has waited", registry=REGISTRY
)
_log = structlog.get_logger(__name__)

_REMOVE: Final = (
    "DELETE FROM timers WHERE id IN (SELECT id FROM timers WHERE kind = p_kind AND key = p_key"
    " FOR UPDATE SKIP LOCKED)"
)

DDL: list[str] = [
    """CREATE TABLE timers (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        key text NOT NULL,
        due_at timestamptz NOT NULL,
        next_try_at timestamptz NOT NULL,
        payload jsonb NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        dead boolean NOT NULL DEFAULT false,
        last_error text
    )""",
    "CREATE INDEX timers_key ON timers (kind, key)",
    "CREATE INDEX timers_next ON timers (next_try_at) WHERE NOT dead",
    "CREATE INDEX timers_dead ON timers (due_at) WHERE dead",
    *worker_table("timers"),
    # The lock makes parallel schedulings of one key follow each other; locked rows are firing now.
    *definer_function(
        "schedule_timer(p_id uuid, p_kind text, p_key text, p_due timestamptz, p_payload jsonb)",
        "SELECT pg_advisory_xact_lock(hashtextextended('timer ' || p_kind || ' ' || p_key, 0));"
        f" {_REMOVE};"
        " INSERT INTO timers (id, kind, key, due_at, next_try_at, payload)"
        " VALUES (p_id, p_kind, p_key, p_due, p_due, p_payload)",
    ),
    *definer_function("cancel_timer(p_kind text, p_key text)", _REMOVE),
]

_CLAIM: Final = text(
    "WITH due AS MATERIALIZED (SELECT id FROM timers WHERE NOT dead AND next_try_at <= :now"
    " AND kind = ANY(:kinds) ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
    " DELETE FROM timers USING due WHERE timers.id = due.id"
    " RETURNING timers.id, kind, key, due_at, payload, attempts, EXISTS (SELECT 1 FROM timers later"
    " WHERE later.kind = timers.kind AND later.key = timers.key AND later.id > timers.id) AS moved"
)
_NEXT: Final = text(
    "SELECT (SELECT min(next_try_at) FROM timers WHERE NOT dead AND kind = ANY(:kinds)),"
    " (SELECT count(*) FROM timers WHERE dead)"
)
_FAILED: Final = text(
    "UPDATE timers SET attempts = attempts + 1, dead = attempts + 1 >= :most,"
    " next_try_at = :retry_at, last_error = :error WHERE id = :id"
)


@dataclass(frozen=True)
class Fired:
    """A timer that has come due."""

    id: UUID
    kind: str
    key: str
    due_at: datetime
    payload: dict[str, Any]
    attempts: int


TimerHandler = Callable[[AsyncSession, Fired], Awaitable[None]]
"""What happens when a timer of a kind comes due; a service's TIMERS map kinds to these."""

_running: WeakSet[TimerRunner] = WeakSet()


async def schedule(
    session: AsyncSession,
    kind: str,
    key: str,
    due_at: datetime,
    payload: Mapping[str, Any],
    *,
    of_history: bool = False,
) -> None:
    """Set the timer (kind, key) to `due_at`, replacing an earlier one. Past moments fire at once.

    Part of the session's transaction: nothing is scheduled unless it commits. With `of_history`
    an import schedules it too: what it enters holds beyond today.
    """
    context = context_of(session)
    if context.historical and not of_history:
        return
    await session.execute(
        text("SELECT schedule_timer(:id, :kind, :key, :due, CAST(:payload AS jsonb))"),
        {
            "id": new_id(),
            "kind": kind,
            "key": key,
            "due": due_at,
            "payload": orjson.dumps(dict(payload)).decode(),
        },
    )
    context.after_commit.append(_wake_all)


async def cancel(session: AsyncSession, kind: str, key: str) -> None:
    """Remove the timer (kind, key) if there is one, in the session's transaction."""
    await session.execute(text("SELECT cancel_timer(:kind, :key)"), {"kind": kind, "key": key})


def _wake_all() -> None:
    for runner in _running:
        runner.wake()


async def dead_timers(session: AsyncSession) -> list[dict[str, Any]]:
    """Timers given up after `MAX_ATTEMPTS`, oldest first, with their last error."""
    rows = await session.execute(
        text(
            "SELECT id, kind, key, due_at, attempts, last_error FROM timers WHERE dead"
            " ORDER BY due_at"
        )
    )
    return [dict(row) for row in rows.mappings()]


async def revive(session: AsyncSession, timer_id: UUID) -> bool:
    """Give a dead timer its tries back and fire it at once; False when it is not dead."""
    result = await session.execute(
        text(
            "UPDATE timers SET dead = false, attempts = 0, next_try_at = :now"
            " WHERE id = :id AND dead"
        ),
        {"id": timer_id, "now": context_of(session).now},
    )
    context_of(session).after_commit.append(_wake_all)
    return bool(result.rowcount)  # type: ignore[attr-defined]


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after the given number of failed tries: 1 s, doubling, at most 10 min."""
    return timedelta(seconds=min(2.0 ** max(attempts - 1, 0), _LONGEST_DELAY))


@dataclass(eq=False)
class TimerRunner:
    """Fires the timers of one service; any number of replicas may run."""

    database: Database
    timers: Mapping[str, TimerHandler]
    width: int = 4
    _woken: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def wake(self) -> None:
        """Look again now: a timer may be due sooner than the one slept for."""
        self._woken.set()

    async def run(self) -> None:
        """Fire timers until cancelled; a database that is away is waited for."""
        _running.add(self)
        try:
            while True:
                await self._sleep(await self._round())
        finally:
            _running.discard(self)

    async def _round(self) -> float:
        self._woken.clear()
        try:
            if await self.fire_one():
                await asyncio.gather(*(self._drain() for _ in range(self.width)))
            return await self._seconds_to_next()
        except Exception as error:  # noqa: BLE001 - the loop outlives whatever happens
            report("timers_not_read", error)
            return SWEEP_SECONDS

    async def _sleep(self, seconds: float) -> None:
        # Not wait_for: woken and cancelled at the same moment, it forgets the cancellation.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    async def _drain(self) -> None:
        while await self.fire_one():
            pass

    async def _seconds_to_next(self) -> float:
        async with self.database.worker_session() as session:
            rows = await session.execute(_NEXT, {"kinds": list(self.timers)})
            moment, dead = rows.one()
        TIMERS_DEAD.set(dead)
        if moment is None:
            return SWEEP_SECONDS
        seconds: float = (moment - self.database.clock()).total_seconds()
        TIMERS_LATE_SECONDS.set(max(-seconds, 0.0))
        return min(max(seconds, 0.0), SWEEP_SECONDS)

    async def fire_one(self) -> bool:
        """Fire the timer that is due longest; False when none is."""
        fired: Fired | None = None
        try:
            async with self.database.worker_session() as session:
                now = context_of(session).now
                claimed = await session.execute(_CLAIM, {"now": now, "kinds": list(self.timers)})
                row = claimed.mappings().one_or_none()
                if row is None:
                    return False
                values = dict(row)
                if values.pop("moved"):
                    return True
                fired = Fired(**values)
                await self.timers[fired.kind](session, fired)
        except Exception as error:
            # Any failure of a handler is kept with its timer, never lost and never fatal.
            # An outage is no failure of the handler: the timer stays as it is.
            if fired is None or is_outage(error):
                raise
            await self._failed(fired, error)
        return True

    async def _failed(self, fired: Fired, error: Exception) -> None:
        attempts = fired.attempts + 1
        _log.error(
            "timer_failed", kind=fired.kind, key=fired.key, attempts=attempts, exc_info=error
        )
        async with self.database.worker_session() as session:
            await session.execute(
                _FAILED,
                {
                    "id": fired.id,
                    "most": MAX_ATTEMPTS,
                    "retry_at": context_of(session).now + retry_delay(attempts),
                    "error": error_text(error)[:500],
                },
            )
