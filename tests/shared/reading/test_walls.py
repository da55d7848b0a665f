"""Exports, row security by itself, and the plans of lists and searches at 100,000 rows."""

import asyncio
import time
from dataclasses import replace

import asyncpg
import orjson
import pytest

from shared.deadline import set_deadline
from shared.errors import BadRequest
from shared.problems import to_problem
from shared.reading import stream_listing
from shared.reading.reader import ListingReader
from shared.writing import fetch_one
from tests.shared.reading.conftest import ADMIN, AGENT, CLIENT, LEFT, STRANGER, Insert, Reader
from tests.shared.reading.sample import LOAN, LOANS, NOTES, READINGS
from tests.support.plans import (
    compile_unscoped,
    plan,
    plan_of_one,
    sequential_scans,
    unguarded_scans,
)

WHO_SEES_WHAT = "SELECT rapport_user() AS who, ARRAY(SELECT l.id::text FROM loans l) AS ids"


async def test_an_export_has_the_rows_and_columns_of_the_list(reader: Reader, loan: Insert) -> None:
    for severity in range(1203):
        await loan(severity=severity % 7, secret="x")
    await loan(requester_id=STRANGER.user_id, severity=3)
    for actor, query in ((AGENT, "severity.gte=2&sort=-severity"), (CLIENT, "q=loan&sort=number")):
        rows = [row async for row in stream_listing(LOANS, reader.database, actor, query.encode())]
        first = (await reader.get(f"/loans?{query}&limit=200", actor)).json()["items"]
        assert rows[:200] == first
        assert len({row["id"] for row in rows}) == len(rows) > 800
    for refused in (b"limit=1", b"secret=x", b"fields=secret"):
        with pytest.raises(BadRequest):
            async for _ in stream_listing(LOANS, reader.database, AGENT, refused):
                pass


async def test_an_export_under_a_parent_needs_it_in_sight(
    reader: Reader, loan: Insert, owner: asyncpg.Connection
) -> None:
    made = await loan()
    await owner.execute("INSERT INTO notes VALUES (gen_random_uuid(), $1, 'x')", made)
    for actor, count in ((AGENT, 1), (CLIENT, 1), (STRANGER, 0)):
        rows = stream_listing(NOTES, reader.database, actor, b"", {"loan_id": made})
        assert len([row async for row in rows]) == count


async def test_a_read_stops_at_the_deadline_in_postgresql_too(
    reader: Reader, loan: Insert, owner: asyncpg.Connection
) -> None:
    await loan()
    slow = replace(LOANS, where="pg_sleep(5) IS NOT NULL")
    set_deadline(time.time() + 0.3)
    started = time.monotonic()
    with pytest.raises(TimeoutError) as late:
        await ListingReader(slow).answer(reader.database, AGENT, b"", {})
    assert time.monotonic() - started < 1.5
    assert to_problem(late.value).status == 504
    await asyncio.sleep(0.3)
    running = "SELECT count(*) FROM pg_stat_activity WHERE query ~ '^SELECT convert' AND state"
    assert await owner.fetchval(f"{running} = 'active'") == 0
    assert set(reader.database.in_use().values()) == {0}


async def test_row_security_alone_keeps_client_side_people_apart(
    reader: Reader, loan: Insert, owner: asyncpg.Connection
) -> None:
    mine = await loan()
    theirs = await loan(requester_id=STRANGER.user_id, client_id=STRANGER.client_id)
    for parent in (mine, theirs):
        await owner.execute("INSERT INTO notes VALUES (gen_random_uuid(), $1, 'x')", parent)
    expected = {"loans": 1, "loan": 1, "loan_notes": 1}
    for actor, share in ((CLIENT, 1), (LEFT, 0)):
        for reading in READINGS:
            if reading.name not in expected:
                continue
            sql, arguments = compile_unscoped(reading, actor)
            async with reader.database.read(actor, exclusions=True) as connection:
                rows = await connection.fetch(sql, *arguments)
            assert len(rows) == expected[reading.name] * share, reading.name


@pytest.mark.timeout(300)
async def test_a_pooled_connection_never_carries_one_callers_context_to_the_next(
    reader: Reader, loan: Insert
) -> None:
    mine = str(await loan())
    theirs = str(await loan(requester_id=STRANGER.user_id, client_id=STRANGER.client_id))
    kept = str(await loan(about=[AGENT.user_id], requester_id=ADMIN.user_id))
    expected = {
        CLIENT.name: {mine},
        STRANGER.name: {theirs},
        AGENT.name: {mine, theirs},
        ADMIN.name: {mine, theirs, kept},
        "left": set(),
    }

    async def ask(at: int) -> None:
        actor = (CLIENT, STRANGER, AGENT, ADMIN, LEFT)[at % 5]
        name = "left" if actor is LEFT else actor.name
        sql, arguments = compile_unscoped(LOANS, actor)
        async with reader.database.read(actor, context=False) as connection:
            rows = await connection.fetch(sql, *arguments)
        assert {orjson.loads(row[0])["id"] for row in rows} == expected[name]
        async with reader.database.read(actor, context=False) as connection:
            assert await connection.fetchval("SELECT rapport_user()") is None

    async def write(at: int) -> None:
        actor = (CLIENT, STRANGER, AGENT, ADMIN, LEFT)[at % 5]
        async with reader.database.transaction(actor) as session:
            await asyncio.sleep(0)
            row = await fetch_one(session, WHO_SEES_WHAT)
        name = "left" if actor is LEFT else actor.name
        assert row is not None
        assert (row["who"], set(row["ids"])) == (actor.user_id, expected[name])

    for start in range(0, 6_700, 50):  # a write is one transaction, a question two
        await asyncio.gather(*((write if at % 2 else ask)(at) for at in range(start, start + 50)))


async def test_no_statement_reads_a_large_table_from_end_to_end(
    reader: Reader, loan: Insert, owner: asyncpg.Connection
) -> None:
    await owner.execute(
        "INSERT INTO loans (id, number, status, title, client_id, requester_id, severity, due_at,"
        " updated_at, tags, search) SELECT gen_random_uuid(), 'N-' || n, 'open', 'title ' || n,"
        " gen_random_uuid(), gen_random_uuid(), n % 5, now() + n * interval '1 minute',"
        " now() - n * interval '1 second', ARRAY['t' || n % 1000],"
        " array_to_tsvector(ARRAY['w' || n, n::text]) FROM generate_series(1, 100000) n"
    )
    made = await loan(title="华信", tags=["VIP"])
    await owner.execute("ANALYZE loans")
    cursor = (await reader.get("/loans")).json()["next_cursor"]
    questions = [
        b"",
        f"cursor={cursor}".encode(),
        b"sort=title",
        b"sort=-title",
        b"sort=due_at",
        b"sort=-due_at",
        b"sort=urgency",
        b"sort=severity",
        b"q=%E5%8D%8E",
        b"q=hx",
        b"tags.has=VIP",
        b"q=w777",
        b"id=%b" % str(made).encode(),
        b"number=N-7,N-8",
        b"limit=200&total=true",
    ]
    for actor in (AGENT, ADMIN):
        async with reader.database.read(actor, exclusions=True) as connection:
            for question in questions:
                explained = await plan(LOANS, connection, actor, question)
                assert "loans" not in sequential_scans(explained) or b"total" in question, question
                assert unguarded_scans(explained) == [], question
            explained = await plan(NOTES, connection, actor, b"", {"loan_id": made})
            assert unguarded_scans(explained) == []
            explained = await plan_of_one(LOAN, connection, actor, made)
            assert unguarded_scans(explained) == sequential_scans(explained) == []
            assert "loans" not in sequential_scans(explained)
    async with reader.database.read(CLIENT) as connection:
        for question in (b"", b"q=hx", b"sort=title", b"total=true"):
            explained = await plan(LOANS, connection, CLIENT, question)
            assert sequential_scans(explained) in ([], ["owners"]), question
            assert unguarded_scans(explained) == [], question
