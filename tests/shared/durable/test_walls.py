"""The machinery's tables as the roles see them that people act with: append or nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.audit import record
from shared.database import Database, Dsns
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.jobs import enqueue
from shared.mail import Mail, send_mail
from tests.shared.durable.conftest import fetch, person

CLOSED = ("audit", "timers", "outgoing_mail", "limit_windows", "periodic", "erasures")
OWN = ("idempotency", "jobs")


async def fill(database: Database, dsns: Dsns, actor: Actor) -> None:
    async with database.transaction(actor) as session:
        await record(session, "case:close", ("case", new_id()), after={"x": 1})
        await send_mail(session, Mail("li@huaxin.example", "s", "t"))
        await enqueue(session, "bulk", {})
    await fetch(
        dsns,
        "INSERT INTO idempotency VALUES ($1, 'POST /x', 'k', '', '{}', 201, '{}', '{}', now())",
        actor.user_id,
    )


@pytest.mark.parametrize("side", [Side.FIRM, Side.CLIENT])
@pytest.mark.parametrize("table", CLOSED)
@pytest.mark.parametrize("verb", ["SELECT 1 FROM {}", "DELETE FROM {}", "UPDATE {} SET {} = NULL"])
async def test_people_can_neither_read_nor_change_the_machinery(
    database: Database, dsns: Dsns, side: Side, table: str, verb: str
) -> None:
    await fill(database, dsns, person(side))
    [column] = await fetch(
        dsns,
        "SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum = 1",
        table,
    )
    with pytest.raises(DBAPIError, match="permission denied"):
        async with database.transaction(person(side)) as session:
            await session.execute(text(verb.format(table, column["attname"])))


@pytest.mark.parametrize("side", [Side.FIRM, Side.CLIENT])
@pytest.mark.parametrize("table", OWN)
async def test_people_see_their_own_rows_only(
    database: Database, dsns: Dsns, side: Side, table: str
) -> None:
    mine, theirs = person(side), person(side)
    await fill(database, dsns, mine)
    await fill(database, dsns, theirs)
    async with database.transaction(mine) as session:
        assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 1


@pytest.mark.parametrize("side", [Side.FIRM, Side.CLIENT])
async def test_nobody_enqueues_a_job_in_another_name(
    database: Database, dsns: Dsns, side: Side
) -> None:
    await fill(database, dsns, person(side))
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.transaction(person(side)) as session:
            await session.execute(
                text(
                    "INSERT INTO jobs (id, kind, created_by, actor, payload, checkpoint, run_after,"
                    " created_at) VALUES (gen_random_uuid(), 'bulk', gen_random_uuid(), 'null',"
                    " 'null', 'null', now(), now())"
                )
            )


async def test_only_the_firm_reads_the_local_mailbox(database: Database, dsns: Dsns) -> None:
    async with database.transaction(person(Side.FIRM)) as session:
        assert await session.scalar(text("SELECT count(*) FROM mailbox")) == 0
    with pytest.raises(DBAPIError, match="permission denied"):
        async with database.transaction(person(Side.CLIENT)) as session:
            await session.execute(text("SELECT 1 FROM mailbox"))
