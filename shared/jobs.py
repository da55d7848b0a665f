"""JOBS as data: what runs when, in one list per service, run by `JobRunner`.

    JOBS = [
        Periodic("purge_idempotency", Every(minutes=10), purge_idempotency),
        Periodic("grade", DailyAt(time(6, 0)), grade_all),     # wall time in the firm's zone
        Background("clients.bulk", change_clients),            # shared/background.py
    ]
    TIMERS = {"promise_due": promise_due}                      # shared/timers.py
    await JobRunner(database, JOBS, TIMERS, zone=settings.firm_zone).run()

A periodic job is `async def run(session)` and runs in the transaction that claims it: once per
moment however many replicas there are, and again after a failure (with growing delays). Keep it
short; longer work enqueues a background job. Its row in `periodic` shows the last run and error.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared import background
from shared import timers as durable_timers
from shared.background import Background, JobRun, JobStatus, enqueue, job_status
from shared.background_runner import BackgroundRunner
from shared.database import Database, context_of, is_outage
from shared.outages import report
from shared.privileges import worker_table
from shared.redaction import error_text
from shared.stopping import together
from shared.timers import Fired, TimerHandler, TimerRunner, cancel, retry_delay, schedule

__all__ = [
    "DDL",
    "Background",
    "DailyAt",
    "Every",
    "Fired",
    "Job",
    "JobRun",
    "JobRunner",
    "JobStatus",
    "Periodic",
    "TimerHandler",
    "cancel",
    "enqueue",
    "job_status",
    "schedule",
]

_SLEEP_SECONDS: Final = 1.0
_BACKGROUND_WIDTH: Final = 2
"""So that a long import does not hold up a short bulk change."""
_REGISTER: Final = text(
    "INSERT INTO periodic (name, next_run_at)"
    " SELECT * FROM unnest(CAST(:names AS text[]), CAST(:moments AS timestamptz[]))"
    " ON CONFLICT (name) DO NOTHING"
)
_log = structlog.get_logger(__name__)

DDL: list[str] = [
    *durable_timers.DDL,
    *background.DDL,
    """CREATE TABLE periodic (
        name text PRIMARY KEY,
        next_run_at timestamptz NOT NULL,
        last_run_at timestamptz,
        failures integer NOT NULL DEFAULT 0,
        last_error text
    )""",
    *worker_table("periodic"),
]


@dataclass(frozen=True)
class Every:
    """An interval counted from the last run."""

    hours: float = 0
    minutes: float = 0
    seconds: float = 0

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The next moment to run."""
        return moment + timedelta(hours=self.hours, minutes=self.minutes, seconds=self.seconds)


@dataclass(frozen=True)
class DailyAt:
    """A wall-clock time in the firm's zone, every day."""

    at: time

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The next moment to run: today's if it is still to come, else tomorrow's."""
        local = moment.astimezone(zone)
        today = datetime.combine(local.date(), self.at, zone)
        if today > moment:
            return today
        return datetime.combine(local.date() + timedelta(days=1), self.at, zone)


@dataclass(frozen=True)
class Periodic:
    """Work that comes round; a row of a service's JOBS."""

    name: str
    when: Every | DailyAt
    run: Callable[[AsyncSession], Awaitable[None]]


Job = Periodic | Background


@dataclass
class JobRunner:
    """Runs a service's JOBS and TIMERS; any number of replicas may run the same."""

    database: Database
    jobs: Sequence[Job] = ()
    timers: Mapping[str, TimerHandler] = field(default_factory=dict)
    zone: str = "Asia/Shanghai"
    _periodic: dict[str, Periodic] = field(default_factory=dict, init=False)

    async def run(self) -> None:
        """Run until cancelled."""
        self._periodic = {job.name: job for job in self.jobs if isinstance(job, Periodic)}
        kinds = {job.kind: job for job in self.jobs if isinstance(job, Background)}
        width = _BACKGROUND_WIDTH if kinds else 0
        await together(
            *([self._run_periodic()] if self._periodic else []),
            *([TimerRunner(self.database, self.timers).run()] if self.timers else []),
            *(BackgroundRunner(self.database, kinds).run() for _ in range(width)),
        )

    async def _run_periodic(self) -> None:
        registered = False
        while True:
            try:
                if not registered:
                    await self._register()
                    registered = True
                while await self.run_due():
                    pass
            except Exception as error:  # noqa: BLE001 - the loop outlives whatever happens
                report("periodic_jobs_not_read", error)
            await asyncio.sleep(_SLEEP_SECONDS)

    async def _register(self) -> None:
        async with self.database.worker_session() as session:
            now = context_of(session).now
            moments = [self._next(name, now) for name in self._periodic]
            await session.execute(_REGISTER, {"names": list(self._periodic), "moments": moments})

    async def run_due(self) -> bool:
        """Run one periodic job that is due; False when none is."""
        name: str | None = None
        try:
            async with self.database.worker_session() as session:
                now = context_of(session).now
                name = await session.scalar(
                    text(
                        "SELECT name FROM periodic WHERE next_run_at <= :now AND name = ANY(:names)"
                        " ORDER BY next_run_at LIMIT 1 FOR UPDATE SKIP LOCKED"
                    ),
                    {"now": now, "names": list(self._periodic)},
                )
                if name is None:
                    return False
                await self._periodic[name].run(session)
                await session.execute(
                    text(
                        "UPDATE periodic SET last_run_at = :now, next_run_at = :next, failures = 0,"
                        " last_error = NULL WHERE name = :name"
                    ),
                    {"name": name, "next": self._next(name, now), "now": now},
                )
        except Exception as error:
            # Any failure of a job is kept with its row, never lost and never fatal.
            if name is None or is_outage(error):
                raise
            await self._failed(name, error)
        return True

    def _next(self, name: str, now: datetime) -> datetime:
        return self._periodic[name].when.next_after(now, ZoneInfo(self.zone))

    async def _failed(self, name: str, error: Exception) -> None:
        _log.error("periodic_job_failed", name=name, exc_info=error)
        async with self.database.worker_session() as session:
            failures = await session.scalar(
                text(
                    "UPDATE periodic SET failures = failures + 1, last_error = :error"
                    " WHERE name = :name RETURNING failures"
                ),
                {"name": name, "error": error_text(error)[:500]},
            )
            await session.execute(
                text("UPDATE periodic SET next_run_at = :retry_at WHERE name = :name"),
                {"name": name, "retry_at": context_of(session).now + retry_delay(failures or 1)},
            )
