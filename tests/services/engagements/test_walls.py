"""The second wall alone: what each role of the database shows to whom, without any scope."""

from __future__ import annotations

import asyncpg
import pytest

from shared.identity import Actor, Side
from tests.services.engagements.conftest import Engagements
from tests.services.engagements.test_erasure import busy

FIRM_ONLY = {"stakeholders", "stakeholder_actions", "bypasses"}
TABLES = """
    SELECT DISTINCT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'engagement_id'
"""


async def seen_by(engagements: Engagements, actor: Actor) -> dict[str, int]:
    """How many rows of each table of an engagement the person's role shows."""
    dsns = engagements.dsns
    rows = await engagements.rows(TABLES)
    connection = await asyncpg.connect(dsns.client if actor.side is Side.CLIENT else dsns.firm)
    counts = {}
    try:
        async with connection.transaction():
            await connection.execute(
                "SELECT set_config('rapport.user_id', $1, true),"
                " set_config('rapport.client_id', $2, true), set_config('rapport.side', $3, true)",
                str(actor.user_id),
                str(actor.client_id or ""),
                str(actor.side),
            )
            for name in ["engagements", *(row["name"] for row in rows)]:
                if actor.side is Side.CLIENT and name in FIRM_ONLY:
                    continue
                key = "id" if name == "engagements" else "engagement_id"
                counts[name] = await connection.fetchval(f"SELECT count({key}) FROM {name}")
    finally:
        await connection.close()
    return counts


async def test_only_live_members_and_who_oversees_are_shown_a_row(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    await busy(engagements)
    moved = Actor(cast.pm.user_id, "moved", Side.CLIENT, client_id=cast.hengda)
    for actor in (cast.bystander, cast.agent, cast.it, cast.left, cast.former, cast.rival, moved):
        counts = await seen_by(engagements, actor)
        assert set(counts.values()) == {0}, (actor.name, counts)
    for actor in (cast.lead, cast.consultant, cast.partner, cast.admin, cast.pm, cast.peripheral):
        counts = await seen_by(engagements, actor)
        for table in ("engagements", "members", "tasks", "phases", "deliverables", "key_nodes"):
            assert counts[table] > 0, (actor.name, table)
    assert (await seen_by(engagements, cast.lead))["stakeholders"] == 1


async def test_without_a_context_nothing_is_shown(engagements: Engagements) -> None:
    await busy(engagements)
    for dsn in (engagements.dsns.firm, engagements.dsns.client):
        connection = await asyncpg.connect(dsn)
        try:
            for table in ("engagements", "members", "tasks", "deliverables"):
                assert await connection.fetchval(f"SELECT count(id) FROM {table}") == 0
        finally:
            await connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE engagements SET status = 'closed'",
        "UPDATE engagements SET title = 'x'",
        "UPDATE members SET role = 'executive'",
        "UPDATE phases SET status = 'ended'",
        "UPDATE deliverable_versions SET text = 'x'",
        "UPDATE deliverable_verdicts SET verdict = 'passed'",
        "DELETE FROM deliverable_comments",
        "SELECT opportunity_id FROM engagements",
    ],
)
async def test_the_client_role_has_no_right_to_what_is_not_its_own(
    engagements: Engagements, statement: str
) -> None:
    connection = await asyncpg.connect(engagements.dsns.client)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    finally:
        await connection.close()
