"""Readiness tells a PostgreSQL that is gone from one that is busy."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from shared.database import Database
from shared.pulse import Pulse


async def test_work_in_every_place_of_the_pools_is_no_reason(database: Database) -> None:
    pulse = Pulse(database.dsns.worker)
    async with AsyncExitStack() as held:
        for _ in range(database.pool_size):
            await held.enter_async_context(database.worker_pool().acquire())
        assert await pulse.reason() == "ok"
    await pulse.close()


async def test_one_late_answer_is_no_reason_and_silence_is(database: Database) -> None:
    pulse = Pulse(database.dsns.worker)
    pulse.answer_seconds = 0
    assert (await pulse.reason()).startswith("TimeoutError"), "nothing was heard yet"
    pulse.answer_seconds = 10
    assert await pulse.reason() == "ok"
    pulse.answer_seconds = 0
    assert await pulse.reason() == "ok"
    pulse.patience_seconds = 0
    assert (await pulse.reason()).startswith("TimeoutError")
    await pulse.close()


async def test_a_postgresql_that_is_gone_is_a_reason_at_once(database: Database) -> None:
    pulse = Pulse(database.dsns.worker)
    assert await pulse.reason() == "ok"
    await database.worker_pool().execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename = current_user"
        " AND pid <> pg_backend_pid()"
    )
    reasons = await asyncio.gather(*(Pulse("postgresql://x@127.0.0.1:1/x").reason() for _ in "ab"))
    assert all("Error" in reason for reason in reasons)
    assert [await pulse.reason() for _ in "ab"][-1] == "ok", "it connects again"
    await pulse.close()
