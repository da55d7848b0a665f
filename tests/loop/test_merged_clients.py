"""A client with a whole loop behind it becomes part of another: everything follows, and comes back.

Every table of every service that names a client is looked at, before, between and after.
"""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest

from deploy.supervisor.home import Home
from deploy.supervisor.topology import PROCESSES
from tests.architecture.test_belonging import NAMING
from tests.faults.evidence import Scene
from tests.loop.cast import Cast
from tests.loop.steps import STEPS, Walker
from tests.loop.story import Story
from tests.loop.test_rebuilding import connect, contents, rebuild_all
from tests.support.instances import Instance
from tests.support.people import Person

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]

MOVING = ("version", "updated_at", "epoch", "contacts_count")
"""What a merge and its split leave changed in a row."""
STAYS = {"client_grades", "import_rows", "import_changes", "live_events"}
"""Tables whose rows keep the name of the client that they are about."""
Rows = dict[str, dict[str, Any]]


async def named(home: Home, *clients: str) -> Rows:
    """By table, every row that names one of the clients, without what merges leave changed."""
    found: Rows = {}
    for service in PROCESSES:
        connection = await connect(home, service)
        for (table,) in await connection.fetch(NAMING):
            rows = await connection.fetch(
                f"SELECT (to_jsonb(t) - $2::text[])::text AS row FROM {table} t"
                " WHERE client_id::text = ANY ($1::text[])",
                list(clients),
                [*MOVING, "position"],
            )
            known = [orjson.loads(row["row"]) for row in rows]
            found[f"{service}.{table}"] = {each.get("id", str(each)): each for each in known}
        await connection.close()
    return found


def left(rows: Rows) -> dict[str, int]:
    """How many rows there are by table, those that stay apart."""
    return {
        table: len(each)
        for table, each in rows.items()
        if each and table.partition(".")[2] not in STAYS
    }


async def test_everything_follows_a_merge_and_comes_back_by_its_split(
    instance: Instance, cast: Cast
) -> None:
    story = Story(cast, 950)
    await asyncio.to_thread(walk, story)
    kept = cast.manager.post("/clients", {"legal_name": "温州远大集团有限公司"})["id"]
    stranger = cast.admin.bring_in("pm@yuanda.example", "杨经理", side="client", client_id=kept)
    home, source = Home(instance.home), cast.client_id
    scene = await Scene.of(home)
    try:
        await scene.rest()
        before = await named(home, source)
        whole = cast.manager.get(f"/clients/{source}/page")
        assert len(left(before)) > 25, "the loop has left rows everywhere"
        cast.manager.post(f"/clients/{kept}/merge", {"source_id": source})
        await scene.rest()
        assert left(await named(home, source)) == {}
        await asyncio.to_thread(seen_after, cast, stranger, story, kept, whole)
        projections = {name: await contents(home, name) for name in PROCESSES}
        await asyncio.to_thread(rebuild_all, instance)
        await scene.rest()
        for name in PROCESSES:
            assert await contents(home, name) == projections[name], name
        split = {"source_id": source, "reason": "两家不同的公司"}
        cast.manager.post(f"/clients/{kept}/split", split)
        await scene.rest()
        compare(before, await named(home, source))
        await asyncio.to_thread(seen_again, cast, story, kept, source)
    finally:
        await scene.close()


def walk(story: Story) -> None:
    """One whole loop."""
    campaign = story.cast.admin.get("/campaigns", key="case_closed")["items"][0]
    story.cast.admin.patch(f"/campaigns/{campaign['id']}", fatigue_days=0)
    walker = Walker(story)
    for step in STEPS:
        walker.take(step)


def seen_after(
    cast: Cast, stranger: Person, story: Story, kept: str, whole: dict[str, Any]
) -> None:
    """The people of the source see what was theirs, nobody else of the kept client does."""
    page = cast.manager.get(f"/clients/{kept}/page")
    for part in ("contacts", "cases", "opportunities", "engagements"):
        assert {each["id"] for each in page[part]} == {each["id"] for each in whole[part]}, part
    assert page["surveys"]["scores"] == whole["surveys"]["scores"]
    moved = cast.manager.client.get(f"/clients/{cast.client_id}", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, f"/api/v1/clients/{kept}")
    for record in ("case", "engagement", "deliverable"):
        assert cast.pm.get(story.path(record))["id"] == story.ids[record]
        assert stranger.client.get(story.path(record)).status_code == 404
    assert cast.pm.get("/me")["memberships"]
    for listing in ("/cases", "/engagements", "/invitations", "/search?q=优化"):
        assert stranger.get(listing)["items"] == [], listing


def seen_again(cast: Cast, story: Story, kept: str, source: str) -> None:
    """Nobody of the source sees rows of the kept client, and the page of it is empty again."""
    page = cast.manager.get(f"/clients/{kept}/page")
    assert [page[part] for part in ("cases", "opportunities", "engagements")] == [[], [], []]
    assert {each["client_id"] for each in cast.pm.get("/cases?limit=200")["items"]} == {source}
    assert cast.pm.get(story.path("engagement"))["client"]["id"] == source


def compare(before: Rows, after: Rows) -> None:
    """Every row is back as it was; what the merge itself wrote is there besides."""
    for table, rows in before.items():
        if table.partition(".")[2] in STAYS:
            continue
        assert {id_: after[table].get(id_) for id_ in rows} == rows, table
        if table != "clients.own_entries":
            assert after[table].keys() == rows.keys(), table
