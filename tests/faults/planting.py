"""Defects planted in the real databases, seen by nobody but who looks for them, then gone again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import asyncpg

from tests.faults.evidence import Scene
from tests.faults.restoring import connect

PARKED: Final = (
    "INSERT INTO parked (subscription, aggregate_id, epoch, version, reason)"
    " VALUES ('nobody', gen_random_uuid(), 1, 1, 'gap')"
)
"""Stuck: an event that waits for one that never comes."""
DEFECTS: Final[Mapping[str, Sequence[str]]] = {
    "clients": (
        # Lost: a step of a case and an answer. Misordered: an older state of an engagement.
        "DELETE FROM case_entries WHERE id ="
        " (SELECT min(id::text)::uuid FROM case_entries WHERE kind = 'acknowledged')",
        "DELETE FROM survey_results WHERE id = (SELECT min(id::text)::uuid FROM survey_results)",
        "UPDATE engagement_refs SET status = 'closed' WHERE id ="
        " (SELECT min(id::text)::uuid FROM engagement_refs)",
        "UPDATE survey_results SET score = 5 WHERE id ="
        " (SELECT max(id::text)::uuid FROM survey_results)",
        "UPDATE case_refs SET status = 'open' WHERE id ="
        " (SELECT min(id::text)::uuid FROM case_refs WHERE status = 'closed')",
    ),
    "desk": (
        # Doubled: what the firm said. Phantom: what nobody said.
        "INSERT INTO case_messages (id, case_id, client_id, requester_id, author_id, author_name,"
        " author_side, body, created_at) SELECT gen_random_uuid(), case_id, client_id,"
        " requester_id, author_id, author_name, author_side, body, created_at FROM case_messages"
        " WHERE author_side = 'firm' LIMIT 1",
        "INSERT INTO case_messages (id, case_id, client_id, requester_id, author_id, author_name,"
        " author_side, body, created_at) SELECT gen_random_uuid(), case_id, client_id,"
        " requester_id, author_id, author_name, author_side, 'of nobody', created_at"
        " FROM case_messages WHERE author_side = 'firm' LIMIT 1",
        PARKED,
    ),
    "engagements": (
        # Doubled: a comment. Phantom: a comment of nobody.
        "INSERT INTO deliverable_comments (id, deliverable_id, engagement_id, client_id, number,"
        " author_id, author_name, body, created_at) SELECT gen_random_uuid(), deliverable_id,"
        " engagement_id, client_id, number, author_id, author_name, words, created_at"
        " FROM (SELECT * FROM deliverable_comments LIMIT 1) c,"
        " unnest(ARRAY[c.body, 'of nobody']) words",
        PARKED,
    ),
    "gateway": (
        # Lost: a place in a team, and with it what its holder may see.
        "DELETE FROM memberships WHERE id = (SELECT min(id::text)::uuid FROM memberships)",
    ),
    "surveys": (
        # Doubled: an invitation. Phantom: a place in a team that nobody holds.
        "INSERT INTO survey_invitations (id, round_id, survey_id, campaign_id, client_id,"
        " person_id, person_name, language, anonymous, subject, excluded, status, created_at,"
        " closes_at) SELECT gen_random_uuid(), round_id, survey_id, campaign_id, client_id,"
        " gen_random_uuid(), person_name, language, anonymous, subject, excluded, status,"
        " created_at, closes_at FROM survey_invitations LIMIT 1",
        "INSERT INTO member_refs (id, engagement_id, user_id, name, side, role, starts_on, status)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'Nobody', 'client',"
        " 'core', '2026-11-23', 'live')",
        PARKED,
    ),
}
"""Three of each kind: one about cases, one about engagements, one about surveys and places."""
EACH: Final = 3


@asynccontextmanager
async def planted(scene: Scene) -> AsyncIterator[Scene]:
    """The scene with every defect in it: in transactions that are given up in the end."""
    async with AsyncExitStack() as stack:
        databases = dict(scene.databases)
        for service, statements in DEFECTS.items():
            connection = await connect(scene.home, service)
            stack.push_async_callback(connection.close)
            await connection.execute("BEGIN")
            for statement in statements:
                await _plant(connection, statement)
            databases[service] = connection
        yield Scene(scene.home, databases, scene.bus, scene.followed)


async def _plant(connection: asyncpg.Connection, statement: str) -> None:
    done = await connection.execute(statement)
    assert int(done.rpartition(" ")[2]) > 0, (statement, done)
