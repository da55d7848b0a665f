"""Long work with progress that people can watch: enqueued by a request, done by any replica.

    job_id = await enqueue(session, "clients.bulk", {"ids": [...]}, total=len(ids))
    return await job_status(session, job_id)             # 202; GET /jobs/{id} answers the same

    async def change_clients(job: JobRun) -> None:
        for lot in lots(job.payload["ids"], start=job.checkpoint.get("done", 0)):
            async with job.step() as session:            # a transaction, as the person who asked
                ...
                await job.progress(session, done=..., checkpoint={"done": ...})
        job.result = {"changed": ...}
    JOBS = [Background("clients.bulk", change_clients), ...]

Progress commits with the work it counts, so a job taken over after a crash goes on exactly at its
checkpoint. A lease fences it: a runner that lost it cannot commit another step. A `Problem` ends
the job as `failed` with its text; any other error is tried again, then `dead`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database, context_of
from shared.errors import NotFound
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.privileges import own_rows, worker_table

DDL: list[str] = [
    """CREATE TABLE jobs (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        status text NOT NULL DEFAULT 'queued'
            CHECK (status IN ('queued', 'running', 'done', 'failed', 'dead')),
        created_by uuid NOT NULL,
        actor jsonb NOT NULL,
        payload jsonb NOT NULL,
        checkpoint jsonb NOT NULL,
        done bigint NOT NULL DEFAULT 0,
        total bigint,
        result jsonb,
        problem jsonb,
        attempts integer NOT NULL DEFAULT 0,
        run_after timestamptz NOT NULL,
        lease uuid,
        leased_until timestamptz,
        created_at timestamptz NOT NULL,
        finished_at timestamptz
    )""",
    "CREATE INDEX jobs_waiting ON jobs (run_after) WHERE status IN ('queued', 'running')",
    "CREATE INDEX jobs_created_by ON jobs (created_by, id)",
    *worker_table("jobs"),
    *own_rows("jobs", "created_by", verbs="SELECT, INSERT"),
]


class JobStatus(BaseModel):
    """A background job as its creator sees it; `done` of `total` in the job's own units."""

    id: UUID
    kind: str
    status: Literal["queued", "running", "done", "failed", "dead"]
    done: int
    total: int | None
    result: dict[str, Any] | None
    problem: dict[str, Any] | None
    created_at: datetime
    finished_at: datetime | None


class LeaseLost(Exception):
    """Another runner has taken the job over; this one must not commit."""


async def enqueue(
    session: AsyncSession,
    kind: str,
    payload: Mapping[str, Any],
    *,
    total: int | None = None,
) -> UUID:
    """Queue a job in the session's transaction, to run with the actor's name; answers its id."""
    context = context_of(session)
    job_id = new_id()
    await session.execute(
        text(
            "INSERT INTO jobs (id, kind, created_by, actor, payload, checkpoint, total, run_after,"
            " created_at) VALUES (:id, :kind, :actor_id, CAST(:actor AS jsonb),"
            " CAST(:payload AS jsonb), jsonb_build_object(), :total, :now, :now)"
        ),
        {
            "id": job_id,
            "kind": kind,
            "actor_id": context.actor.user_id,
            "actor": orjson.dumps(_actor_to_json(context.actor)).decode(),
            "payload": orjson.dumps(dict(payload)).decode(),
            "total": total,
            "now": context.now,
        },
    )
    context.after_commit.append(_wake_all)
    return job_id


async def job_status(session: AsyncSession, job_id: UUID) -> JobStatus:
    """The job's progress. Raises `NotFound` (404) for anybody but its creator."""
    rows = await session.execute(
        text(
            "SELECT id, kind, status, done, total, result, problem, created_at, finished_at"
            " FROM jobs WHERE id = :id AND created_by = :actor"
        ),
        {"id": job_id, "actor": context_of(session).actor.user_id},
    )
    row = rows.mappings().one_or_none()
    if row is None:
        raise NotFound()
    return JobStatus.model_validate(dict(row))


def _actor_to_json(actor: Actor) -> dict[str, Any]:
    return {
        "user_id": str(actor.user_id),
        "name": actor.name,
        "side": str(actor.side),
        "roles": sorted(actor.roles),
        "client_id": str(actor.client_id) if actor.client_id else None,
        "language": actor.language,
    }


def actor_from_json(kept: Mapping[str, Any]) -> Actor:
    """The actor a job was enqueued by."""
    return Actor(
        user_id=UUID(kept["user_id"]),
        name=kept["name"],
        side=Side(kept["side"]),
        roles=frozenset(kept["roles"]),
        client_id=UUID(kept["client_id"]) if kept["client_id"] else None,
        language=kept["language"],
    )


@dataclass
class JobRun:
    """One run of a job: what it was given, where it stands, and its steps."""

    database: Database
    id: UUID
    kind: str
    actor: Actor
    payload: dict[str, Any]
    checkpoint: dict[str, Any]
    attempts: int
    lease: UUID
    result: dict[str, Any] | None = None

    @asynccontextmanager
    async def step(self, *, historical: bool = False) -> AsyncIterator[AsyncSession]:
        """A transaction on the worker role whose audit and events name the job's creator.

        Raises `LeaseLost` when another runner has taken over.
        """
        async with self.database.worker_session(historical=historical) as session:
            held = await session.scalar(
                text("SELECT 1 FROM jobs WHERE id = :id AND lease = :lease FOR UPDATE"),
                {"id": self.id, "lease": self.lease},
            )
            if not held:
                raise LeaseLost(str(self.id))
            context_of(session).actor = self.actor
            yield session

    async def progress(
        self,
        session: AsyncSession,
        *,
        done: int,
        total: int | None = None,
        checkpoint: Mapping[str, Any] | None = None,
    ) -> None:
        """Write progress in a step's transaction; `checkpoint` is what a takeover starts from."""
        if checkpoint is not None:
            self.checkpoint = dict(checkpoint)
        await session.execute(
            text(
                "UPDATE jobs SET done = :done, total = coalesce(:total, total),"
                " checkpoint = CAST(:checkpoint AS jsonb) WHERE id = :id"
            ),
            {
                "done": done,
                "total": total,
                "checkpoint": orjson.dumps(self.checkpoint).decode(),
                "id": self.id,
            },
        )


@dataclass(frozen=True)
class Background:
    """What does jobs of this kind; a row of a service's JOBS."""

    kind: str
    run: Callable[[JobRun], Awaitable[None]]


_wakers: set[Callable[[], None]] = set()


def on_enqueue(wake: Callable[[], None]) -> Callable[[], None]:
    """Call `wake` after every commit that enqueued a job here; answers how to stop that."""
    _wakers.add(wake)
    return lambda: _wakers.discard(wake)


def _wake_all() -> None:
    for wake in _wakers:
        wake()


async def erase_from_jobs(session: AsyncSession, person_id: UUID) -> int:
    """Blank finished jobs of a person or naming them; answers how many."""
    result = await session.execute(
        text(
            "UPDATE jobs SET actor = actor - 'name', payload = jsonb_build_object(),"
            " checkpoint = jsonb_build_object(), result = NULL, problem = NULL"
            " WHERE finished_at IS NOT NULL AND (created_by = :person"
            " OR position(CAST(:person AS text) IN concat(payload, result)) > 0)"
        ),
        {"person": person_id},
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


async def purge_jobs(session: AsyncSession) -> None:
    """Forget jobs that ended more than 30 days ago; a job of every service."""
    await session.execute(
        text("DELETE FROM jobs WHERE finished_at < :oldest"),
        {"oldest": context_of(session).now - timedelta(days=30)},
    )
