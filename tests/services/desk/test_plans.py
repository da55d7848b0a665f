"""Every list of the desk is read through an index, however many rows there are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from uuid import UUID

import asyncpg
import pytest

from services.desk.cases.history import STEPS
from services.desk.cases.readings import CASES
from services.desk.followups.readings import FOLLOW_UPS
from services.desk.messages.readings import MESSAGES, NOTES
from services.desk.promises.readings import PROMISES
from services.desk.solutions.readings import SOLUTIONS
from shared.database import Dsns
from shared.identity import Actor
from shared.reading import Listing
from tests.services.desk.conftest import Cast
from tests.support.plans import plan, sequential_scans
from tests.support.services import introduce

MANY = 20_000
FILL = f"""
INSERT INTO cases (id, number, kind, subject, description, priority, status, round, client_id,
    requester_id, assignee_id, about_user_ids, channel, language, next_due_at, historical,
    created_by, created_at, updated_at, version)
SELECT gen_random_uuid(), 'K-2026-' || lpad(n::text, 6, '0'),
    (ARRAY['request', 'complaint', 'praise'])[1 + n % 3], 'case ' || n, 'x',
    (ARRAY['low', 'normal', 'high'])[1 + n % 3],
    (ARRAY['open', 'resolved', 'closed', 'in_progress'])[1 + n % 4], 1,
    CASE WHEN n % 50 = 0 THEN $1::uuid ELSE gen_random_uuid() END,
    CASE WHEN n % 1000 = 0 THEN $2::uuid ELSE gen_random_uuid() END,
    CASE WHEN n % 4 = 1 THEN NULL WHEN n % 40 = 0 THEN $3::uuid ELSE gen_random_uuid() END,
    '{{}}', 'portal', 'zh', CASE WHEN n % 4 IN (0, 3) THEN now() + n * interval '1 minute' END,
    false, gen_random_uuid(), now() - n * interval '1 minute', now() - n * interval '1 minute', 1
FROM generate_series(1, {MANY}) n
"""
CHILDREN = (
    "INSERT INTO case_search (case_id, client_id, requester_id, words, client_words)"
    " SELECT id, client_id, requester_id, to_tsvector('simple', subject), '' FROM cases",
    "INSERT INTO promises (id, case_id, client_id, requester_id, kind, due_at, status, made_by,"
    " made_by_name, made_at, settled_at, historical, version)"
    " SELECT gen_random_uuid(), id, client_id, requester_id, 'update', created_at, 'broken',"
    " created_by, 'x', created_at, created_at, false, 1 FROM cases",
    "INSERT INTO solutions (id, case_id, client_id, requester_id, round, title, description,"
    " status, offered_by, offered_by_name, offered_at, version)"
    " SELECT gen_random_uuid(), id, client_id, requester_id, 1, 'x', 'x', 'declined', created_by,"
    " 'x', created_at, 1 FROM cases",
    "INSERT INTO follow_ups (id, case_id, client_id, requester_id, round, due_on, status,"
    " reopened, created_at, version) SELECT gen_random_uuid(), id, client_id, requester_id, 1,"
    " created_at::date, 'done', false, created_at, 1 FROM cases",
    "INSERT INTO case_steps (id, case_id, client_id, requester_id, at, kind, firm_only,"
    " actor_name, params, text) SELECT gen_random_uuid(), id, client_id, requester_id, created_at,"
    " 'opened', false, 'x', '{}', '{}' FROM cases",
    "INSERT INTO case_messages (id, case_id, client_id, requester_id, author_name, author_side,"
    " body, created_at) SELECT gen_random_uuid(), id, client_id, requester_id, 'x', 'firm', 'x',"
    " created_at FROM cases",
    "INSERT INTO case_notes (id, case_id, requester_id, author_id, author_name, body, created_at)"
    " SELECT gen_random_uuid(), id, requester_id, created_by, 'x', 'x', created_at FROM cases",
    "ANALYZE",
)


@pytest.fixture
async def filled(
    service_database: Callable[[str], Dsns],
) -> AsyncIterator[tuple[Dsns, Cast]]:
    """A desk with many cases, the cast's among them."""
    dsns = service_database("desk")
    cast = Cast()
    await introduce(dsns, cast)
    connection = await asyncpg.connect(dsns.owner)
    await connection.execute(FILL, cast.huaxin, cast.pm.user_id, cast.agent.user_id)
    await connection.execute(
        "UPDATE cases SET client_id = $1 WHERE requester_id = $2", cast.huaxin, cast.pm.user_id
    )
    for statement in CHILDREN:
        await connection.execute(statement)
    await connection.close()
    yield dsns, cast


async def scans(
    dsn: str, actor: Actor, listing: Listing, query: str, case: str | None
) -> list[str]:
    """The big tables one question reads from end to end."""
    connection = await asyncpg.connect(dsn)
    if query.startswith("q="):
        # So few rows are cheapest read whole; what matters is that the search need not.
        await connection.execute("SET enable_seqscan = off")
    places = {"case_id": UUID(case)} if case else None
    try:
        explained = await plan(listing, connection, actor, query.encode(), places)
    finally:
        await connection.close()
    return [table for table in sequential_scans(explained) if not table.endswith("_refs")]


async def test_no_list_reads_a_whole_table(filled: tuple[Dsns, Cast]) -> None:
    """Default order, each filter, search, and children of one case, for both sides."""
    dsns, cast = filled
    connection = await asyncpg.connect(dsns.owner)
    own = str(
        await connection.fetchval(
            "SELECT id FROM cases WHERE requester_id = $1 LIMIT 1", cast.pm.user_id
        )
    )
    await connection.close()
    questions: list[tuple[Listing, str, str | None]] = [
        (CASES, "", None),
        (CASES, "status=open", None),
        (CASES, "kind=complaint", None),
        (CASES, "priority=high", None),
        (CASES, f"client_id={cast.huaxin}", None),
        (CASES, f"assignee_id={cast.agent.user_id}", None),
        (CASES, "mine=true", None),
        (CASES, "unassigned=true", None),
        (CASES, "overdue=true", None),
        (CASES, "next_due_at.before=2026-11-24T00:00:00Z", None),
        (CASES, "sort=-created_at", None),
        (CASES, "sort=-updated_at", None),
        (CASES, "sort=number", None),
        (CASES, "q=19999", None),
        (PROMISES, "", None),
        (PROMISES, "status=broken", None),
        (PROMISES, f"case_id={own}", None),
        (SOLUTIONS, f"case_id={own}", None),
        (SOLUTIONS, "", None),
        (FOLLOW_UPS, "", None),
        (FOLLOW_UPS, "status=scheduled", None),
        (STEPS, "", own),
        (MESSAGES, "", own),
        (NOTES, "", own),
    ]
    for listing, query, case in questions:
        found = await scans(dsns.firm, cast.lead, listing, query, case)
        assert found == [], (listing.name, query)
    for listing in (CASES, PROMISES, SOLUTIONS, FOLLOW_UPS):
        assert await scans(dsns.client, cast.pm, listing, "", None) == [], listing.name
    for listing in (STEPS, MESSAGES):
        assert await scans(dsns.client, cast.pm, listing, "", own) == [], listing.name
    assert await scans(dsns.client, cast.pm, CASES, "q=case", None) == []
