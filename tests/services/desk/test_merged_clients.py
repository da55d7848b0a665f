"""Cases go with a client that becomes part of another one, and come back when that is undone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
import pytest

from services.desk.belonging import OWNED
from services.desk.jobs import JOBS
from services.desk.messages.actions import post_message
from shared.identity import Actor
from shared.ids import new_id
from shared.jobs import Periodic
from tests.services.desk.conftest import Desk
from tests.support.merging import client, merged
from tests.support.telling import tell, tell_account

WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
TABLES = [OWNED[0].table, *(part.table for part in OWNED[0].parts)]


async def whose(desk: Desk) -> dict[str, set[UUID]]:
    """The clients that each table of cases names."""
    found = {}
    for table in TABLES:
        rows = await desk.rows(f"SELECT DISTINCT client_id FROM {table}")
        found[table] = {row["client_id"] for row in rows}
    return found


async def at_home(desk: Desk, actor: Actor, client_id: UUID) -> Actor:
    """The person as the door says who they are once they are with a client."""
    moved = replace(actor, client_id=client_id)
    await tell_account(desk, moved, "active")
    return moved


async def told(desk: Desk) -> list[Any]:
    """The client of each event about a case, in order."""
    rows = await desk.rows("SELECT data FROM outbox WHERE aggregate = 'case' ORDER BY seq")
    return [orjson.loads(row["data"]) for row in rows]


async def eventful(desk: Desk) -> dict[str, Any]:
    """A case with rows in every table of a case."""
    case = await desk.understood()
    await desk.offer(case)
    await desk.promise(case)
    await desk.post(desk.cast.pm, f"/cases/{case['id']}/messages", {"body": "请尽快"}, status=201)
    return case


async def test_a_case_goes_whole_and_is_told_anew(desk: Desk) -> None:
    cast, case = desk.cast, await eventful(desk)
    before = (await desk.rows("SELECT version FROM cases"))[0]["version"]
    await tell(desk, merged(cast.huaxin, cast.hengda), "merged")
    assert all(found <= {cast.hengda} for found in (await whose(desk)).values())
    newest = (await told(desk))[-1]
    assert newest["client_id"] == newest["visibility"]["client_id"] == str(cast.hengda)
    assert (await desk.events())[-1] == "desk.case.moved.v1"
    now = await desk.get(cast.lead, f"/cases/{case['id']}")
    assert (now["version"], now["client"]["name"]) == (before + 1, "恒达制造有限公司")
    found = await desk.get(cast.lead, "/cases?q=恒达")
    assert [each["id"] for each in found["items"]] == [case["id"]]


async def test_a_person_of_the_source_sees_their_case_and_a_stranger_does_not(desk: Desk) -> None:
    cast, case = desk.cast, await eventful(desk)
    path = f"/cases/{case['id']}"
    await tell(desk, merged(cast.huaxin, cast.hengda), "merged")
    pm = await at_home(desk, cast.pm, cast.hengda)
    for part in ("", "/messages", "/steps"):
        await desk.get(pm, f"{path}{part}")
    assert len((await desk.get(pm, "/promises"))["items"]) == 1
    for stranger in (cast.rival, replace(cast.core, client_id=cast.hengda)):
        await desk.get(stranger, path, status=404)
        assert (await desk.get(stranger, "/cases"))["items"] == []
    await desk.post(pm, f"{path}/messages", {"body": "谢谢"}, status=201)


async def test_a_split_gives_back_exactly_what_moved_with_what_was_added_to_it(desk: Desk) -> None:
    cast, case = desk.cast, await eventful(desk)
    await tell(desk, merged(cast.huaxin, cast.hengda), "merged")
    pm = await at_home(desk, cast.pm, cast.hengda)
    await desk.post(pm, f"/cases/{case['id']}/messages", {"body": "谢谢"}, status=201)
    later = await desk.complaint(pm, subject="合并之后")
    await tell(desk, client(cast.huaxin), "split")
    rows = {row["id"]: row["client_id"] for row in await desk.rows("SELECT * FROM cases")}
    assert rows == {UUID(case["id"]): cast.huaxin, UUID(later["id"]): cast.hengda}
    moved = await desk.rows(
        "SELECT DISTINCT client_id FROM case_messages WHERE case_id = $1", UUID(case["id"])
    )
    assert [row["client_id"] for row in moved] == [cast.huaxin]
    assert await desk.rows("SELECT 1 FROM merged_rows") == []
    pm = await at_home(desk, cast.pm, cast.huaxin)
    await desk.get(pm, f"/cases/{case['id']}")
    await desk.get(pm, f"/cases/{later['id']}", status=404)


async def test_a_merge_that_is_told_again_does_nothing(desk: Desk) -> None:
    cast = desk.cast
    await eventful(desk)
    state = merged(cast.huaxin, cast.hengda)
    for action in ("merged", "changed", "snapshot", "changed"):
        await tell(desk, state, action)
    assert (await desk.events()).count("desk.case.moved.v1") == 1


@pytest.mark.parametrize("in_order", [True, False])
async def test_merges_of_merges_end_at_the_last_client_in_any_order(
    desk: Desk, in_order: bool
) -> None:
    cast, last = desk.cast, new_id()
    case = await eventful(desk)
    first, second = merged(cast.huaxin, cast.hengda), merged(cast.hengda, last)
    for state in (first, second) if in_order else (second, first):
        await tell(desk, state, "merged")
    assert (await desk.rows("SELECT client_id FROM cases"))[0]["client_id"] == last
    await tell(desk, client(cast.hengda), "split")
    assert (await desk.rows("SELECT client_id FROM cases"))[0]["client_id"] == cast.hengda
    await tell(desk, client(cast.huaxin), "split")
    assert (await desk.rows("SELECT client_id FROM cases"))[0]["client_id"] == cast.huaxin
    assert (await told(desk))[-1]["id"] == case["id"]


async def test_splits_in_the_wrong_order_end_the_same(desk: Desk) -> None:
    cast, last = desk.cast, new_id()
    await eventful(desk)
    await tell(desk, merged(cast.huaxin, cast.hengda), "merged")
    await tell(desk, merged(cast.hengda, last), "merged")
    await tell(desk, client(cast.huaxin), "split")
    await tell(desk, client(cast.hengda), "split")
    assert (await desk.rows("SELECT client_id FROM cases"))[0]["client_id"] == cast.huaxin


async def test_the_opposite_merge_heard_before_the_split_ends_at_its_client(desk: Desk) -> None:
    cast = desk.cast
    await eventful(desk)
    await tell(desk, merged(cast.huaxin, cast.hengda), "merged")
    await tell(desk, merged(cast.hengda, cast.huaxin), "merged")
    await tell(desk, client(cast.huaxin), "split")
    assert (await desk.rows("SELECT client_id FROM cases"))[0]["client_id"] == cast.huaxin


async def test_what_the_firm_writes_for_the_old_id_is_the_kept_clients(desk: Desk) -> None:
    cast = desk.cast
    await tell(desk, merged(cast.huaxin, cast.hengda), "merged", version=2)
    pm = await at_home(desk, cast.pm, cast.hengda)
    named = {"client_id": str(cast.huaxin), "requester_id": str(pm.user_id)}
    case = await desk.complaint(cast.agent, **named)
    assert case["client"]["id"] == str(cast.hengda)


async def test_what_was_written_under_the_old_id_since_is_swept_along_and_goes_back(
    desk: Desk,
) -> None:
    """Somebody whose token still names the source raises a case after the desk has followed."""
    cast = desk.cast
    await tell(desk, merged(cast.huaxin, cast.hengda), "merged")
    case = await desk.complaint(cast.pm)
    assert case["client_id"] == str(cast.huaxin)
    (sweep,) = [each for each in JOBS if isinstance(each, Periodic)]
    async with desk.app.state.runtime.database.worker_session() as session:
        await sweep.run(session)
    assert (await whose(desk))["cases"] == {cast.hengda}
    assert (await told(desk))[-1]["client_id"] == str(cast.hengda)
    await tell(desk, client(cast.huaxin), "split")
    assert (await whose(desk))["cases"] == {cast.huaxin}, "whoever wrote it meant the source"


async def test_an_act_under_way_ends_at_the_kept_client(desk: Desk) -> None:
    """A case that somebody holds is moved when they let go, with what they wrote."""
    cast, case = desk.cast, await eventful(desk)
    database = desk.app.state.runtime.database
    async with database.transaction(cast.agent) as session:
        zone = ZoneInfo("Asia/Shanghai")
        await post_message(session, UUID(case["id"]), body="马上处理", zone=zone)
        following = asyncio.ensure_future(tell(desk, merged(cast.huaxin, cast.hengda), "merged"))
        async with asyncio.timeout(10):
            while not await desk.rows(WAITING):
                await asyncio.sleep(0.02)
    await following
    assert all(found <= {cast.hengda} for found in (await whose(desk)).values())
