"""A write transaction: rows collected and written at once, all of it or nothing, nothing left."""

from __future__ import annotations

import asyncio
import gc
import random
import weakref
from contextlib import suppress
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.audit import record
from shared.database import Database, Dsns, NotCommitted
from shared.identity import Side
from shared.ids import new_id
from shared.sentences import Sentences, both
from shared.steps import new_step, untold_steps
from shared.writing import execute, fetch, savepoint, write_out
from tests.shared.durable.conftest import fetch as rows
from tests.shared.durable.conftest import person

ACTIONS = "SELECT action FROM audit ORDER BY action"


async def test_what_is_appended_commits_with_the_rest(database: Database, dsns: Dsns) -> None:
    async with database.transaction(person(Side.FIRM)) as session:
        await record(session, "case:open", ("case", new_id()), after={"name": "华信 “x” \\ \n"})
        await record(session, "case:close", ("case", new_id()))
        assert await rows(dsns, ACTIONS) == []
    assert [row["action"] for row in await rows(dsns, ACTIONS)] == ["case:close", "case:open"]
    [kept] = await rows(dsns, "SELECT after->>'name' AS name FROM audit WHERE after IS NOT NULL")
    assert kept["name"] == "华信 “x” \\ \n"


async def test_nothing_of_a_transaction_is_kept_once_it_is_over(database: Database) -> None:
    async with database.transaction(person(Side.FIRM)) as session:
        await record(session, "case:open", ("case", new_id()))
    kept = weakref.ref(session)
    del session
    gc.collect()
    assert kept() is None


async def test_what_is_appended_is_lost_with_the_rest(database: Database, dsns: Dsns) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction(person(Side.FIRM)) as session:
            await record(session, "case:open", ("case", new_id()))
            await write_out(session)
            await record(session, "case:close", ("case", new_id()))
            raise RuntimeError("the write fails")
    assert await rows(dsns, ACTIONS) == []


async def test_a_savepoint_takes_what_was_appended_in_it_along(
    database: Database, dsns: Dsns
) -> None:
    async with database.worker_session() as session:
        await record(session, "before", ("case", new_id()))
        with suppress(RuntimeError):
            async with savepoint(session):
                await record(session, "inside", ("case", new_id()))
                raise RuntimeError("the part fails")
        async with savepoint(session):
            await record(session, "after", ("case", new_id()))
    assert [row["action"] for row in await rows(dsns, ACTIONS)] == ["after", "before"]


SENTENCES = Sentences({"noted": both("{actor} noted", "{actor}记录")}, {})


def add_step(session: AsyncSession, record_id: UUID) -> None:
    """Add to a record's history."""
    new_step(session, record_id, SENTENCES, "noted", {}, at=None, person_id=None)


async def test_a_step_that_no_event_tells_is_not_committed(database: Database, dsns: Dsns) -> None:
    with pytest.raises(RuntimeError, match="no event tells these steps: noted"):
        async with database.worker_session() as session:
            await record(session, "case:note", ("case", new_id()))
            add_step(session, new_id())
    assert await rows(dsns, ACTIONS) == []


async def test_steps_of_a_part_that_failed_are_not_told(database: Database) -> None:
    case = new_id()
    async with database.worker_session() as session:
        add_step(session, case)
        with suppress(RuntimeError):
            async with savepoint(session):
                add_step(session, case)
                assert len(untold_steps(session, case)) == 2
                raise RuntimeError("the part fails")
        assert len(untold_steps(session, case)) == 1
        assert untold_steps(session, case) == []


async def test_an_error_that_was_swallowed_is_no_success(database: Database, dsns: Dsns) -> None:
    with pytest.raises(NotCommitted):
        async with database.worker_session() as session:
            await execute(session, "INSERT INTO stream_erasures VALUES ($1)", new_id())
            with suppress(Exception):
                await session.execute(text("SELECT 1 / 0"))
    assert await rows(dsns, "SELECT 1 FROM stream_erasures") == []


async def test_transactions_broken_off_at_any_moment_leave_nothing_behind(
    database: Database, dsns: Dsns
) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    dice = random.Random(seed)

    async def one() -> None:
        actor = person(Side.CLIENT)
        async with database.transaction(actor) as session:
            [row] = await fetch(session, "SELECT rapport_user() AS id")
            assert row["id"] == actor.user_id
            await record(session, "case:open", ("case", new_id()))

    async def broken_off() -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(dice.random() * 0.02):
                await one()

    await asyncio.gather(*(broken_off() for _ in range(300)))
    assert set(database.in_use().values()) == {0}
    open_ones = "SELECT 1 FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
    assert await rows(dsns, open_ones) == []
    await asyncio.gather(*(one() for _ in range(20)))


async def test_connections_that_ended_in_the_pool_fail_nobody(
    database: Database, dsns: Dsns
) -> None:
    async def one() -> None:
        async with database.transaction(person(Side.FIRM)) as session:
            await execute(session, "SELECT pg_sleep(0.05)")

    await asyncio.gather(*(one() for _ in range(4)))
    ending = await asyncpg.connect(dsns.firm)
    await ending.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename = current_user"
        " AND pid <> pg_backend_pid()"
    )
    await ending.close()
    await asyncio.sleep(0.2)  # until the ends are noticed
    await asyncio.gather(*(one() for _ in range(4)))
