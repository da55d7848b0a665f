"""Periodic jobs run once per moment; background jobs show progress and survive their runner."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InterfaceError
from sqlalchemy.ext.asyncio import AsyncSession

from shared.audit import record
from shared.background_runner import MAX_ATTEMPTS, BackgroundRunner
from shared.clock import utc_now
from shared.database import Database, Dsns
from shared.errors import NotFound, Unprocessable
from shared.identity import Actor
from shared.ids import new_id
from shared.jobs import (
    Background,
    DailyAt,
    Every,
    Fired,
    JobRun,
    JobRunner,
    JobStatus,
    Periodic,
    enqueue,
    job_status,
    schedule,
)
from shared.sealer import Sealer
from tests.shared.durable.conftest import fetch, person
from tests.support.engines import Engines

SHANGHAI = ZoneInfo("Asia/Shanghai")


async def note(session: AsyncSession) -> None:
    await session.execute(text("INSERT INTO things (id, name) VALUES (gen_random_uuid(), 'ran')"))


async def count_lots(job: JobRun) -> None:
    """Ten lots, each a step, starting where the checkpoint says."""
    for lot in range(job.checkpoint.get("lot", 0), 10):
        async with job.step() as session:
            await note(session)
            await record(session, "bulk", ("lot", new_id()))
            await job.progress(session, done=lot + 1, checkpoint={"lot": lot + 1})
        await asyncio.sleep(0.02)
    job.result = {"changed": 10}


async def status(database: Database, actor: Actor, job: object) -> JobStatus:
    async with database.transaction(actor) as session:
        return await job_status(session, job)  # type: ignore[arg-type]


async def queued(database: Database, actor: Actor, kind: str = "lots") -> object:
    async with database.transaction(actor) as session:
        return await enqueue(session, kind, {"x": 1}, total=10)


async def finished(database: Database, actor: Actor, job: object) -> JobStatus:
    async with asyncio.timeout(60):
        while (now := await status(database, actor, job)).status in {"queued", "running"}:
            await asyncio.sleep(0.02)
    return now


async def test_a_background_job_runs_at_once_in_the_name_of_its_creator(
    database: Database, dsns: Dsns, agent: Actor
) -> None:
    runner = asyncio.create_task(JobRunner(database, [Background("lots", count_lots)]).run())
    await asyncio.sleep(0.2)
    job = await queued(database, agent)
    seen = set()
    async with asyncio.timeout(60):
        while (now := await status(database, agent, job)).status != "done":
            seen.add(now.done)
            await asyncio.sleep(0.01)
    assert (now.done, now.total, now.result) == (10, 10, {"changed": 10})
    assert len(seen) > 1, "progress was visible on the way"
    assert {row["actor_id"] for row in await fetch(dsns, "SELECT actor_id FROM audit")} == {
        agent.user_id
    }
    runner.cancel()
    await asyncio.gather(runner, return_exceptions=True)


async def test_nobody_else_sees_a_job(database: Database, agent: Actor) -> None:
    job = await queued(database, agent)
    with pytest.raises(NotFound):
        await status(database, person(), job)


async def test_a_job_whose_runner_died_goes_on_at_its_checkpoint_and_is_fenced(
    database: Database, dsns: Dsns, agent: Actor
) -> None:
    job_id = await queued(database, agent)
    runner = BackgroundRunner(database, {"lots": Background("lots", count_lots)})
    first = await runner.claim()
    assert first is not None
    async with first.step() as session:
        await note(session)
        await first.progress(session, done=1, checkpoint={"lot": 1})
    assert await runner.claim() is None, "leased"
    await fetch(dsns, "UPDATE jobs SET leased_until = now() - interval '1 second'")
    second = await runner.claim()
    assert second is not None
    await runner.work(first)
    await runner.work(second)
    assert (await status(database, agent, job_id)).status == "done"
    [row] = await fetch(dsns, "SELECT count(*) AS n FROM things")
    assert row["n"] == 10, "nothing was done twice, the first runner's later steps were refused"


async def test_a_stopped_runner_gives_its_job_back(
    database: Database, dsns: Dsns, agent: Actor
) -> None:
    job = await queued(database, agent)
    runner = asyncio.create_task(JobRunner(database, [Background("lots", count_lots)]).run())
    async with asyncio.timeout(60):
        while (await status(database, agent, job)).done < 2:
            await asyncio.sleep(0.005)
    runner.cancel()
    with suppress(asyncio.CancelledError, BaseExceptionGroup):
        await runner
    assert (await status(database, agent, job)).status == "queued"
    again = asyncio.create_task(JobRunner(database, [Background("lots", count_lots)]).run())
    assert (await finished(database, agent, job)).status == "done"
    again.cancel()
    await asyncio.gather(again, return_exceptions=True)
    assert (await fetch(dsns, "SELECT count(*) AS n FROM things"))[0]["n"] == 10


async def test_a_refusal_fails_the_job_with_its_reason_and_an_error_is_retried_until_dead(
    database: Database, dsns: Dsns, agent: Actor
) -> None:
    async def refuse(job: JobRun) -> None:
        raise Unprocessable()

    async def crash(job: JobRun) -> None:
        raise ValueError("bug")

    kinds = {"refuse": Background("refuse", refuse), "crash": Background("crash", crash)}
    runner = BackgroundRunner(database, kinds)
    refused = await queued(database, agent, "refuse")
    job = await runner.claim()
    assert job is not None
    await runner.work(job)
    end = await status(database, agent, refused)
    assert end.status == "failed"
    assert end.problem is not None
    assert end.problem["code"] == "invalid"
    crashed = await queued(database, agent, "crash")
    for _ in range(MAX_ATTEMPTS):
        await fetch(dsns, "UPDATE jobs SET run_after = now()")
        job = await runner.claim()
        assert job is not None
        await runner.work(job)
    assert (await status(database, agent, crashed)).status == "dead"


async def test_two_runners_run_a_periodic_job_once_per_moment(
    database: Database, dsns: Dsns
) -> None:
    jobs = [Periodic("note", Every(minutes=5), note)]
    runners = [JobRunner(database, jobs) for _ in range(2)]
    tasks = [asyncio.create_task(runner.run()) for runner in runners]
    async with asyncio.timeout(60):
        while not await fetch(dsns, "UPDATE periodic SET next_run_at = now() RETURNING 1"):
            await asyncio.sleep(0.1)
        while not await fetch(dsns, "SELECT 1 FROM things"):
            await asyncio.sleep(0.1)
    await asyncio.sleep(1.5)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (await fetch(dsns, "SELECT count(*) AS n FROM things"))[0]["n"] == 1


async def test_a_failing_periodic_job_is_tried_again_later_and_shows_its_error(
    database: Database, dsns: Dsns
) -> None:
    async def crash(session: AsyncSession) -> None:
        await note(session)
        raise ValueError("bug")

    runner = JobRunner(database, [Periodic("crash", Every(seconds=0), crash)])
    task = asyncio.create_task(runner.run())
    async with asyncio.timeout(60):
        while not await fetch(dsns, "SELECT 1 FROM periodic WHERE failures > 0"):
            await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    [row] = await fetch(
        dsns, "SELECT failures, last_error, next_run_at > now() AS later FROM periodic"
    )
    assert row["failures"] >= 1
    assert row["last_error"] == "ValueError: bug"
    assert await fetch(dsns, "SELECT 1 FROM things") == []


RUNNER = """
import asyncio, sys
from shared import background_runner
from shared.database import Database, Dsns
from shared.jobs import Background, JobRunner
from tests.shared.durable.test_jobs import count_lots

async def main():
    background_runner.LEASE_SECONDS = 2
    database = Database(Dsns(*sys.argv[1:5]))
    await database.open()
    await JobRunner(database, [Background("lots", count_lots)]).run()

asyncio.run(main())
"""


async def test_a_job_whose_process_was_killed_is_finished_by_the_next_one(
    database: Database, dsns: Dsns, agent: Actor
) -> None:
    async def start() -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-c", RUNNER, dsns.owner, dsns.firm, dsns.client, dsns.worker
        )

    job = await queued(database, agent)
    first = await start()
    async with asyncio.timeout(60):
        while (await status(database, agent, job)).done < 2:
            await asyncio.sleep(0.005)
    first.kill()
    await first.wait()
    second = await start()
    end = await finished(database, agent, job)
    second.terminate()
    await second.wait()
    assert (end.status, end.done) == ("done", 10)
    assert (await fetch(dsns, "SELECT count(*) AS n FROM things"))[0]["n"] == 10


async def test_loops_and_jobs_outlive_a_database_that_goes_away(
    engines: Engines, database: Database, dsns: Dsns, agent: Actor, tmp_path: Path
) -> None:
    async def strike(session: AsyncSession, fired: Fired) -> None:
        await note(session)

    runner = JobRunner(
        database,
        [Background("lots", count_lots), Periodic("often", Every(seconds=1), note)],
        {"strike": strike},
    )
    loops = [
        asyncio.create_task(runner.run()),
        asyncio.create_task(Sealer(database, tmp_path / "anchor", interval=0.1).run()),
    ]
    async with database.transaction(agent) as session:
        await schedule(session, "strike", "k", utc_now() + timedelta(seconds=1.5), {})
    job = await queued(database, agent)
    async with asyncio.timeout(60):
        while (await status(database, agent, job)).done < 2:
            await asyncio.sleep(0.005)
    await asyncio.to_thread(engines.postgres.stop)
    await asyncio.sleep(2)
    engines.postgres.start()  # not in a thread: it ends with the thread that started it
    with suppress(InterfaceError):
        await status(database, agent, job)  # the pool still holds a connection of before
    async with asyncio.timeout(60):
        while await fetch(dsns, "SELECT 1 FROM timers"):
            await asyncio.sleep(0.1)
    end = await finished(database, agent, job)
    assert (end.status, end.done) == ("done", 10)
    assert [row["attempts"] for row in await fetch(dsns, "SELECT attempts FROM jobs")] == [1]
    async with asyncio.timeout(60):
        while await fetch(dsns, "SELECT 1 FROM audit WHERE seq IS NULL"):
            await asyncio.sleep(0.1)
    for loop in loops:
        assert not loop.done()
        loop.cancel()
    await asyncio.gather(*loops, return_exceptions=True)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T21:59:59+00:00", "2026-11-23T22:00:00+00:00"),
        ("2026-11-23T22:00:00+00:00", "2026-11-24T22:00:00+00:00"),
    ],
)
def test_a_daily_job_runs_at_the_firms_wall_time(now: str, expected: str) -> None:
    moment = DailyAt(time(6, 0)).next_after(datetime.fromisoformat(now), SHANGHAI)
    assert moment.astimezone(UTC) == datetime.fromisoformat(expected)
