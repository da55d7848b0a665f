"""Engagements go with a client that becomes part of another one, and come back when it is split."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import orjson

from services.engagements.belonging import OWNED
from shared.contracts.clients import OpportunityState
from shared.ids import new_id
from tests.services.engagements.conftest import Engagements
from tests.support.merging import client, merged
from tests.support.telling import tell

TABLES = [OWNED[0].table, *(part.table for part in OWNED[0].parts)]
TOLD = """
    SELECT DISTINCT ON (aggregate, aggregate_id) aggregate, data FROM outbox
    WHERE aggregate IN ('engagement', 'member', 'task', 'deliverable')
    ORDER BY aggregate, aggregate_id, seq DESC
"""


async def whose(engagements: Engagements) -> set[UUID]:
    """The clients that any table of engagements names."""
    found: set[UUID] = set()
    for table in TABLES:
        rows = await engagements.rows(f"SELECT DISTINCT client_id FROM {table}")
        found |= {row["client_id"] for row in rows}
    return found


async def test_an_engagement_goes_whole_and_all_of_it_is_told_anew(
    engagements: Engagements,
) -> None:
    cast, running = engagements.cast, await engagements.running()
    await tell(engagements, merged(cast.huaxin, cast.hengda), "merged", version=2)
    assert await whose(engagements) == {cast.hengda}
    kept = str(cast.hengda)
    newest = [
        (row["aggregate"], orjson.loads(row["data"])["client_id"])
        for row in await engagements.rows(TOLD)
        if "client_id" in orjson.loads(row["data"])
    ]
    assert {kind for kind, _ in newest} >= {"engagement", "member", "deliverable"}
    assert {client_id for _, client_id in newest} == {kept}
    visible = [orjson.loads(row["data"])["visibility"] for row in await engagements.rows(TOLD)]
    assert {each["client_id"] for each in visible} == {kept}
    now = await engagements.get(cast.lead, f"/engagements/{running['id']}")
    assert now["client"]["id"] == kept


async def test_its_team_sees_it_and_others_of_the_kept_client_do_not(
    engagements: Engagements,
) -> None:
    cast, running = engagements.cast, await engagements.running()
    await tell(engagements, merged(cast.huaxin, cast.hengda), "merged", version=2)
    path = f"/engagements/{running['id']}"
    pm = replace(cast.pm, client_id=cast.hengda)
    assert (await engagements.get(pm, path))["id"] == running["id"]
    assert (await engagements.get(pm, f"/deliverables?engagement_id={running['id']}"))["items"]
    for stranger in (cast.rival, replace(cast.it, client_id=cast.hengda)):
        await engagements.get(stranger, path, status=404)
        assert (await engagements.get(stranger, "/deliverables"))["items"] == []


async def test_a_split_gives_back_the_engagement_and_later_ones_stay(
    engagements: Engagements,
) -> None:
    cast, running = engagements.cast, await engagements.running()
    ours = await engagements.draft(client_id=str(cast.hengda), title="恒达的项目")
    await tell(engagements, merged(cast.huaxin, cast.hengda), "merged", version=2)
    later = await engagements.draft(client_id=str(cast.huaxin), title="合并之后")
    assert later["client"]["id"] == str(cast.hengda), "the old id leads to the kept client"
    await tell(engagements, client(cast.huaxin), "split", version=3)
    rows = {
        row["id"]: row["client_id"] for row in await engagements.rows("SELECT * FROM engagements")
    }
    assert rows == {
        UUID(running["id"]): cast.huaxin,
        UUID(ours["id"]): cast.hengda,
        UUID(later["id"]): cast.hengda,
    }
    for part in OWNED[0].parts:
        mixed = await engagements.rows(
            f"SELECT 1 FROM {part.table} p JOIN engagements e ON e.id = p.{part.of}"
            " WHERE p.client_id <> e.client_id"
        )
        assert mixed == [], part.table
    await engagements.get(cast.pm, f"/engagements/{running['id']}")
    await engagements.get(cast.pm, f"/engagements/{ours['id']}", status=404)


async def test_an_opportunity_that_was_won_under_the_old_id_drafts_for_the_kept_client(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    await tell(engagements, merged(cast.huaxin, cast.hengda), "merged", version=2)
    won = OpportunityState(
        id=new_id(),
        number="O-000001",
        client_id=cast.huaxin,
        title="流程再造",
        stage="won",
        opened_at=engagements.clock.now,
    )
    await tell(engagements, won, "won")
    assert await whose(engagements) == {cast.hengda}
