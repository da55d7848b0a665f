"""A person is forgotten everywhere; a projection can start anew from what the desk says now."""

from __future__ import annotations

import base64
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from services.desk.messages.actions import add_note
from services.desk.parting import part
from services.desk.personal import PERSONAL
from services.desk.snapshots import SNAPSHOTS
from shared.bus import BusRefused, stream_of
from shared.privacy import AGAIN_AFTER, ErasureLedger, erase_person, export_person
from shared.snapshot import publish_snapshot
from tests.services.desk.conftest import Desk
from tests.shared.events.world import until

WORDS = "遗忘金丝雀"


async def busy_case(desk: Desk) -> dict[str, Any]:
    """A case with the requester's and the agent's words in every table."""
    cast = desk.cast
    case = await desk.complaint(subject=WORDS, description=WORDS, remedy_sought=WORDS)
    path = f"/cases/{case['id']}"
    await desk.post(cast.lead, f"{path}/assign", {"assignee_id": str(cast.agent.user_id)})
    await desk.post(cast.agent, f"{path}/restate", {"text": WORDS})
    await desk.post(cast.pm, f"{path}/confirm-need", {"confirmed": True, "comment": WORDS})
    await desk.post(cast.pm, f"{path}/messages", {"body": WORDS}, status=201)
    await desk.post(cast.agent, f"{path}/messages", {"body": WORDS}, status=201)
    await desk.post(cast.agent, f"{path}/notes", {"body": WORDS}, status=201)
    await desk.post(cast.agent, f"{path}/wait", {"reason": WORDS})
    await desk.post(cast.pm, f"{path}/messages", {"body": WORDS}, status=201)
    promise = await desk.promise(case, "callback")
    await desk.post(cast.lead, f"/promises/{promise['id']}/keep", {"note": WORDS})
    offered = await desk.offer(case, WORDS)
    await desk.post(cast.pm, f"/solutions/{offered['id']}/decline", {"reason": WORDS})
    await desk.post(cast.agent, f"{path}/resolve", {"resolution": WORDS})
    planned = (await desk.get(cast.agent, f"/follow-ups?case_id={case['id']}"))["items"][0]
    await desk.post(
        cast.agent, f"/follow-ups/{planned['id']}/record", {"satisfied": True, "notes": WORDS}
    )
    return case


async def tables_with(desk: Desk, words: str) -> list[str]:
    """The tables in which the words still stand."""
    names = await desk.rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND has_table_privilege(oid, 'SELECT')"
    )
    found = []
    for row in names:
        table = row["relname"]
        hits = await desk.rows(
            f"SELECT 1 FROM {table} t WHERE t::text LIKE $1 LIMIT 1", f"%{words}%"
        )
        found += [table] if hits else []
    return found


async def test_an_erased_person_leaves_no_word(desk: Desk, tmp_path: Path) -> None:
    """Neither the requester's words and name, nor the agent's name, outside the stream's copy."""
    case = await busy_case(desk)
    cast = desk.cast
    database = desk.app.state.runtime.database
    ledger = ErasureLedger(tmp_path / "erased")
    async with database.worker_session() as session:
        exported = await export_person(session, cast.pm.user_id, PERSONAL)
    assert WORDS in orjson.dumps(exported, default=str).decode()
    for person in (cast.pm, cast.agent):
        async with database.worker_session() as session:
            await erase_person(session, person.user_id, PERSONAL, ledger, reason="asked")
    assert await tables_with(desk, WORDS) == []
    assert await tables_with(desk, cast.pm.name) == []
    assert await tables_with(desk, cast.agent.name) == []
    seen = await desk.get(cast.lead, f"/cases/{case['id']}")
    assert seen["subject"] == "[erased]"
    assert seen["requester"]["name"] == "[erased]"


async def streamed(desk: Desk, case_id: str) -> list[dict[str, Any]]:
    """What the stream holds of a case, tombstones aside, oldest first."""
    bus, found = desk.app.state.runtime.bus, []
    last = int((await bus.api(f"STREAM.INFO.{stream_of('desk')}"))["state"]["last_seq"])
    for sequence in range(1, last + 1):
        with suppress(BusRefused):
            asked = await bus.api(f"STREAM.MSG.GET.{stream_of('desk')}", {"seq": sequence})
            event = orjson.loads(base64.b64decode(asked["message"]["data"]))
            found += [event] if event["subject"] == case_id and event["data"] else []
    return found


async def test_an_erased_colleagues_cases_wait_for_dispatch_again(
    desk: Desk, tmp_path: Path
) -> None:
    case = await desk.assigned()
    database = desk.app.state.runtime.database
    ledger = ErasureLedger(tmp_path / "erased")
    for _ in range(2):
        async with database.worker_session() as session:
            await erase_person(
                session, desk.cast.agent.user_id, PERSONAL, ledger, reason="left", parting=part
            )
    (waiting,) = (await desk.get(desk.cast.lead, "/cases?unassigned=true"))["items"]
    assert (waiting["id"], waiting["assignee"], waiting["status"]) == (case["id"], None, "open")
    assert await tables_with(desk, desk.cast.agent.name) == []


async def test_an_erased_colleague_leaves_other_peoples_cases_whole(
    desk: Desk, tmp_path: Path
) -> None:
    """The assignee's name goes from every event, and the case tells the rest again."""
    case = await busy_case(desk)
    agent, database = desk.cast.agent, desk.app.state.runtime.database
    service = desk.app.state.service

    async def published() -> bool:
        left = await desk.rows("SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1")
        return not left

    await until(published, within=20)
    assert agent.name in str(await streamed(desk, case["id"]))
    async with database.worker_session() as session:
        ledger = ErasureLedger(tmp_path / "erased")
        await erase_person(
            session, agent.user_id, PERSONAL, ledger, reason="left", published=service.published
        )

    async def cleaned() -> bool:
        return not await desk.rows("SELECT 1 FROM stream_erasures") and await published()

    await until(cleaned, within=20)
    assert await tables_with(desk, agent.name) == []
    told = await streamed(desk, case["id"])
    assert agent.name not in str(told)
    newest = told[-1]
    assert newest["type"] == "desk.case.restated.v1"
    assert newest["data"]["subject"] == WORDS
    assert newest["data"]["requester_name"] == desk.cast.pm.name
    assert newest["data"]["assignee_name"] == "[erased]"
    seen = await desk.get(desk.cast.lead, f"/cases/{case['id']}")
    assert (seen["subject"], seen["requester"]["name"]) == (WORDS, desk.cast.pm.name)


async def test_an_act_that_had_read_a_name_while_it_was_erased_tells_it_no_longer_after_minutes(
    desk: Desk, tmp_path: Path
) -> None:
    """It commits after the erasure, which could not see its rows; the second pass does."""
    case = await desk.complaint()
    agent, database = desk.cast.agent, desk.app.state.runtime.database
    async with database.transaction(agent, now=desk.clock()) as acting:
        await add_note(acting, UUID(case["id"]), body="called back")
        async with database.worker_session() as session:
            await erase_person(
                session, agent.user_id, PERSONAL, ErasureLedger(tmp_path / "erased"), reason="left"
            )
        assert await tables_with(desk, agent.name) == []
    assert {"audit", "case_notes", "outbox"} <= set(await tables_with(desk, agent.name))
    desk.clock.forward(seconds=AGAIN_AFTER.total_seconds())

    async def nowhere() -> bool:
        return await tables_with(desk, agent.name) == []

    await until(nowhere, within=20)
    notes = (await desk.get(desk.cast.lead, f"/cases/{case['id']}/notes"))["items"]
    assert [note["author"]["name"] for note in notes] == ["[erased]"]


async def test_the_current_state_can_be_published_again(desk: Desk) -> None:
    """Every case, at the version it has: what its last event said, and the steps of all."""
    await busy_case(desk)
    await desk.complaint()
    told: dict[UUID, list[dict[str, Any]]] = {}
    for row in await desk.rows(
        "SELECT aggregate_id, version, data FROM outbox WHERE aggregate = 'case' ORDER BY seq"
    ):
        event = {"version": row["version"], **orjson.loads(row["data"])}
        told.setdefault(row["aggregate_id"], []).append(event)
    assert await publish_snapshot(desk.app.state.runtime.database, SNAPSHOTS) == 2
    again = await desk.rows(
        "SELECT aggregate_id, version, data FROM outbox"
        " WHERE type = 'desk.case.snapshot.v1' ORDER BY aggregate_id"
    )
    for snapshot in again:
        events = told[snapshot["aggregate_id"]]
        steps = [step for event in events for step in event["steps"]]
        state = {"version": snapshot["version"], **orjson.loads(snapshot["data"])}
        assert state == {**events[-1], "steps": steps}


async def test_a_repeated_call_whose_answer_named_them_says_that_it_was_carried_out(
    desk: Desk, tmp_path: Path
) -> None:
    cast, key = desk.cast, {"Idempotency-Key": "one"}
    body = {
        "kind": "request",
        "subject": WORDS,
        "description": WORDS,
        "client_id": str(cast.huaxin),
        "requester_id": str(cast.pm.user_id),
    }
    await desk.call(cast.agent, "POST", "/cases", body, headers=key, status=201)
    async with desk.app.state.runtime.database.worker_session() as session:
        ledger = ErasureLedger(tmp_path / "erased")
        await erase_person(session, cast.pm.user_id, PERSONAL, ledger, reason="asked")
    again = await desk.call(cast.agent, "POST", "/cases", body, headers=key, status=403)
    assert again.json()["code"] == "answer_erased"
    assert len(await desk.rows("SELECT 1 FROM cases")) == 1


async def test_a_case_that_is_over_is_told_of_when_it_is_opened_again_not_when_who_had_it_is_erased(
    desk: Desk, tmp_path: Path
) -> None:
    cast = desk.cast
    case = await desk.assigned()
    path = f"/cases/{case['id']}"
    await desk.post(cast.agent, f"{path}/resolve", {"resolution": "已道歉"})
    told = "SELECT 1 FROM outbox WHERE type = 'desk.case.assigned.v1'"
    before = len(await desk.rows(told))
    async with desk.app.state.runtime.database.worker_session() as session:
        ledger = ErasureLedger(tmp_path / "erased")
        await erase_person(
            session, cast.agent.user_id, PERSONAL, ledger, reason="left", parting=part
        )
    assert len(await desk.rows(told)) == before
    await desk.post(cast.pm, f"{path}/reopen", {"reason": "仍未解决"})
    waiting = await desk.get(cast.lead, "/cases?unassigned=true")
    assert [each["id"] for each in waiting["items"]] == [case["id"]]
