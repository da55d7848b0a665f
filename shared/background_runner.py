"""Does what `shared/background.py` enqueued: leases a job, runs it, writes how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
import structlog
from sqlalchemy import text

from shared.background import Background, JobRun, LeaseLost, actor_from_json, on_enqueue
from shared.database import Database, context_of, is_outage
from shared.errors import Problem
from shared.ids import new_id
from shared.outages import report
from shared.redaction import error_text
from shared.timers import SWEEP_SECONDS, retry_delay

MAX_ATTEMPTS: Final = 5
LEASE_SECONDS: Final = 60
_log = structlog.get_logger(__name__)

_CLAIM: Final = text(
    "UPDATE jobs SET status = 'running', lease = :lease, attempts = attempts + 1,"
    " leased_until = CAST(:now AS timestamptz) + make_interval(secs => :seconds)"
    " WHERE id = (SELECT id FROM jobs WHERE kind = ANY(:kinds) AND run_after <= :now"
    " AND (status = 'queued' OR (status = 'running' AND leased_until < :now))"
    " ORDER BY run_after LIMIT 1 FOR UPDATE SKIP LOCKED)"
    " RETURNING id, kind, actor, payload, checkpoint, attempts"
)


@dataclass(eq=False)
class BackgroundRunner:
    """Does background jobs of one service, one at a time."""

    database: Database
    kinds: Mapping[str, Background]
    _wake: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    async def run(self) -> None:
        """Work until cancelled; a cancelled job goes back to the queue at its checkpoint."""
        forget = on_enqueue(self._wake.set)
        try:
            while True:
                self._wake.clear()
                if not await self._next():
                    with suppress(TimeoutError):
                        async with asyncio.timeout(SWEEP_SECONDS):
                            await self._wake.wait()
        finally:
            forget()

    async def _next(self) -> bool:
        try:
            job = await self.claim()
            if job is not None:
                await self.work(job)
            return job is not None
        except Exception as error:  # noqa: BLE001 - the loop outlives whatever happens
            report("background_jobs_not_read", error)
            return False

    async def claim(self) -> JobRun | None:
        """Lease the job that waits longest, or one whose runner has gone."""
        lease = new_id()
        async with self.database.worker_session() as session:
            claimed = await session.execute(
                _CLAIM,
                {
                    "lease": lease,
                    "now": context_of(session).now,
                    "seconds": LEASE_SECONDS,
                    "kinds": list(self.kinds),
                },
            )
            row = claimed.mappings().one_or_none()
        if row is None:
            return None
        values = dict(row) | {"actor": actor_from_json(row["actor"])}
        return JobRun(database=self.database, lease=lease, **values)

    async def work(self, job: JobRun) -> None:
        """Run a claimed job to its end and write how it ended."""
        heartbeat = asyncio.create_task(self._heartbeat(job))
        try:
            # An attempt beyond the last means that earlier ones killed their process.
            if job.attempts <= MAX_ATTEMPTS:
                await self.kinds[job.kind].run(job)
                await self._end(job, "done", result=job.result)
            else:
                await self._end(job, "dead")
        except LeaseLost:
            _log.warning("job_taken_over", job_id=str(job.id))
        except Problem as problem:
            document = problem.document(job.actor.language, "")
            await self._end(job, "failed", problem=document)
        except asyncio.CancelledError:
            await self._release(job)
            raise
        except Exception as error:  # noqa: BLE001
            # Any failure of a handler is kept with its job, never lost and never fatal.
            await self._failed(job, error)
        finally:
            heartbeat.cancel()

    async def _failed(self, job: JobRun, error: Exception) -> None:
        if is_outage(error):
            await self._give_back(job)
            return
        _log.error("job_failed", kind=job.kind, job_id=str(job.id), exc_info=error)
        if job.attempts >= MAX_ATTEMPTS:
            await self._end(job, "dead", problem=Problem().document(job.actor.language, ""))
        else:
            await self._retry_at(job, seconds=retry_delay(job.attempts).total_seconds())

    async def _release(self, job: JobRun) -> None:
        """Put the job of a runner that stops back at once; else its lease would have to run out."""
        try:
            await asyncio.shield(self._retry_at(job, seconds=0.0))
        except Exception as error:  # noqa: BLE001 - stopping goes on
            report("job_not_released", error, job_id=str(job.id))

    async def _give_back(self, job: JobRun) -> None:
        """Put the job back at its checkpoint, once the database is there again."""
        while True:
            try:
                await self._retry_at(job, seconds=0.0)
                return
            except Exception as error:
                if not is_outage(error):
                    raise
                _log.warning("database_awaited", job_id=str(job.id), error=error_text(error))
                await asyncio.sleep(SWEEP_SECONDS)

    async def _end(
        self,
        job: JobRun,
        status: str,
        *,
        result: dict[str, Any] | None = None,
        problem: dict[str, Any] | None = None,
    ) -> None:
        await self._set(
            job,
            "status = :status, result = CAST(:result AS jsonb),"
            " problem = CAST(:problem AS jsonb), finished_at = :now",
            status=status,
            result=orjson.dumps(result).decode() if result is not None else None,
            problem=orjson.dumps(problem).decode() if problem is not None else None,
        )

    async def _retry_at(self, job: JobRun, *, seconds: float) -> None:
        await self._set(
            job,
            "status = 'queued', attempts = attempts - :given_back,"
            " run_after = CAST(:now AS timestamptz) + make_interval(secs => :seconds)",
            seconds=seconds,
            given_back=0 if seconds else 1,
        )

    async def _heartbeat(self, job: JobRun) -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 4)
            try:
                await self._set(
                    job,
                    "leased_until = CAST(:now AS timestamptz) + make_interval(secs => :seconds)",
                    seconds=LEASE_SECONDS,
                )
            except Exception as error:  # noqa: BLE001 - the lease has three beats to live
                report("job_heartbeat_missed", error, job_id=str(job.id))

    async def _set(self, job: JobRun, assignments: str, **values: Any) -> None:
        """Run a constant assignment on the job while this runner holds its lease."""
        async with self.database.worker_session() as session:
            values |= {"id": job.id, "lease": job.lease, "now": context_of(session).now}
            names = {name: value for name, value in values.items() if f":{name}" in assignments}
            await session.execute(
                text(f"UPDATE jobs SET {assignments} WHERE id = :id AND lease = :lease"),
                names | {"id": job.id, "lease": job.lease},
            )
