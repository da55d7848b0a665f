"""Whoever a complaint is about neither sees, lists, searches, handles nor closes it."""

from __future__ import annotations

from typing import Any

import asyncpg
import orjson
import pytest

from services.desk.app import READINGS
from shared.identity import Actor
from tests.services.desk.conftest import Desk
from tests.support.plans import compile_unscoped

CANARY = "金丝雀机密"
CASE_TABLES = (
    "cases", "case_steps", "case_messages", "case_notes", "case_pauses", "case_words",
    "case_exclusions", "promises", "solutions", "follow_ups",
)  # fmt: skip


async def complaint_about(desk: Desk, actor: Actor) -> dict[str, Any]:
    """A complaint about `actor` with something in every child table, recorded by the lead."""
    cast = desk.cast
    case: dict[str, Any] = await desk.post(
        cast.lead,
        "/cases",
        {
            "kind": "complaint",
            "subject": f"{CANARY} 投诉",
            "description": CANARY,
            "client_id": str(cast.huaxin),
            "requester_id": str(cast.pm.user_id),
            "about_user_ids": [str(actor.user_id)],
        },
        status=201,
    )
    path = f"/cases/{case['id']}"
    await desk.post(cast.lead, f"{path}/assign", {"assignee_id": str(cast.agent.user_id)})
    await desk.post(cast.agent, f"{path}/notes", {"body": CANARY}, status=201)
    await desk.post(cast.agent, f"{path}/messages", {"body": CANARY}, status=201)
    await desk.post(cast.agent, f"{path}/restate", {"text": CANARY})
    await desk.post(cast.pm, f"{path}/confirm-need", {"confirmed": True})
    await desk.promise(case, "callback")
    await desk.offer(case, CANARY)
    return case


@pytest.mark.parametrize("who", ["agent2", "admin"])
async def test_who_it_is_about_finds_nothing(desk: Desk, who: str) -> None:
    """Not by id, number, list, search or any child; whatever their role."""
    about: Actor = getattr(desk.cast, who)
    case = await complaint_about(desk, about)
    promise = (await desk.get(desk.cast.lead, f"/promises?case_id={case['id']}"))["items"][0]
    solution = (await desk.get(desk.cast.lead, f"/solutions?case_id={case['id']}"))["items"][0]
    for path in (
        f"/cases/{case['id']}",
        f"/cases/{case['number']}",
        f"/cases/{case['id']}/steps",
        f"/cases/{case['id']}/messages",
        f"/cases/{case['id']}/notes",
        f"/promises/{promise['id']}",
        f"/solutions/{solution['id']}",
    ):
        await desk.get(about, path, status=404)
    for path in ("/cases?limit=200", f"/cases?q={CANARY}", "/promises", "/solutions"):
        answer = await desk.call(about, "GET", path, status=200)
        assert CANARY not in answer.text
        assert case["id"] not in answer.text
    assert (await desk.get(about, "/cases?total=true"))["total"] == 0
    found = await desk.get(desk.cast.consultant, f"/cases?q={CANARY}")
    assert case["id"] in [item["id"] for item in found["items"]]


async def test_who_it_is_about_can_do_nothing(desk: Desk) -> None:
    """Every act answers 404, as for a case that does not exist, and nothing changes."""
    about = desk.cast.agent2
    case = await complaint_about(desk, about)
    promise = (await desk.get(desk.cast.lead, f"/promises?case_id={case['id']}"))["items"][0]
    solution = (await desk.get(desk.cast.lead, f"/solutions?case_id={case['id']}"))["items"][0]
    before = await desk.rows("SELECT version, status, updated_at FROM cases")
    later = "2026-11-24T02:00:00Z"
    acts: list[tuple[str, Any]] = [
        (f"/cases/{case['id']}/assign", {"assignee_id": str(about.user_id)}),
        (f"/cases/{case['id']}/about", {"user_ids": []}),
        (f"/cases/{case['id']}/start", None),
        (f"/cases/{case['id']}/wait", {"reason": "x"}),
        (f"/cases/{case['id']}/resume", None),
        (f"/cases/{case['id']}/restate", {"text": "x"}),
        (f"/cases/{case['id']}/resolve", {"resolution": "x"}),
        (f"/cases/{case['id']}/close", {"waive_reason": "x"}),
        (f"/cases/{case['id']}/reopen", {"reason": "x"}),
        (f"/cases/{case['id']}/withdraw", {"reason": "x"}),
        (f"/cases/{case['id']}/messages", {"body": "x"}),
        (f"/cases/{case['id']}/notes", {"body": "x"}),
        ("/promises", {"case_id": case["id"], "kind": "update", "due_at": later}),
        (f"/promises/{promise['id']}/keep", {}),
        (f"/promises/{promise['id']}/renegotiate", {"due_at": later, "reason": "x"}),
        ("/solutions", {"case_id": case["id"], "title": "x", "description": "x"}),
        (f"/solutions/{solution['id']}/withdraw", None),
        ("/follow-ups", {"case_id": case["id"], "due_on": "2026-11-30"}),
    ]
    for path, body in acts:
        answer = await desk.call(about, "POST", path, body)
        assert answer.status_code == 404, (path, answer.text)
    patch = await desk.call(
        about, "PATCH", f"/cases/{case['id']}", {"priority": "low"}, headers={"If-Match": '"1"'}
    )
    assert patch.status_code == 404
    assert await desk.rows("SELECT version, status, updated_at FROM cases") == before


async def test_row_security_alone_keeps_them_out(desk: Desk) -> None:
    """As `_firm` with the person's context, every table of the case is empty; rows stay put."""
    case = await complaint_about(desk, desk.cast.agent2)
    connection = await asyncpg.connect(desk.dsns.firm)
    try:
        for actor, sees in ((desk.cast.agent2, False), (desk.cast.lead, True)):
            async with connection.transaction():
                await connection.execute(
                    "SELECT set_config('rapport.user_id', $1, true),"
                    " set_config('rapport.side', 'firm', true)",
                    str(actor.user_id),
                )
                for table in CASE_TABLES:
                    held = await connection.fetch(f"SELECT * FROM {table}")
                    expected = sees and table not in ("case_pauses", "follow_ups")
                    assert bool(held) == expected, (actor.name, table)
                changed = await connection.execute("UPDATE cases SET priority = 'low'")
                assert changed == f"UPDATE {int(sees)}"
                for reading in READINGS:
                    statement, values = compile_unscoped(reading, actor)
                    rows = await connection.fetch(statement, *values)
                    assert sees or case["id"] not in str(rows)
    finally:
        await connection.close()


async def test_exclusions_travel_in_every_event(desk: Desk) -> None:
    """Timeline, search and the live stream learn from the event itself whom to leave out."""
    await complaint_about(desk, desk.cast.agent2)
    published = await desk.rows("SELECT data FROM outbox WHERE aggregate = 'case' ORDER BY seq")
    assert len(published) > 5
    for row in published:
        visibility = orjson.loads(row["data"])["visibility"]
        assert visibility["excluded"] == [str(desk.cast.agent2.user_id)]
        assert visibility["client_users"] == [str(desk.cast.pm.user_id)]


async def test_the_assignee_it_turns_out_to_be_about_loses_it(desk: Desk) -> None:
    """The case goes back to dispatch, and the person is out from that moment."""
    cast = desk.cast
    case = await desk.assigned()
    changed = await desk.post(
        cast.lead, f"/cases/{case['id']}/about", {"user_ids": [str(cast.agent.user_id)]}
    )
    assert changed["assignee"] is None
    assert changed["status"] == "open"
    assert changed["about_user_ids"] == [str(cast.agent.user_id)]
    await desk.get(cast.agent, f"/cases/{case['id']}", status=404)
    refused = await desk.post(
        cast.lead,
        f"/cases/{case['id']}/assign",
        {"assignee_id": str(cast.agent.user_id)},
        status=422,
    )
    assert refused["code"] == "not_assignable"
    assert [each["pointer"] for each in refused["errors"]] == ["/assignee_id"]
    await desk.post(cast.lead, f"/cases/{case['id']}/about", {"user_ids": []})
    await desk.get(cast.agent, f"/cases/{case['id']}")


@pytest.mark.parametrize("who", ["consultant", "inactive", "pm"])
async def test_only_active_agents_can_be_assigned(desk: Desk, who: str) -> None:
    """Not a consultant, not somebody whose account ended, not a client."""
    case = await desk.complaint()
    person: Actor = getattr(desk.cast, who)
    refused = await desk.post(
        desk.cast.lead,
        f"/cases/{case['id']}/assign",
        {"assignee_id": str(person.user_id)},
        status=422,
    )
    assert refused["code"] == "not_assignable"
    assert [each["pointer"] for each in refused["errors"]] == ["/assignee_id"]


async def test_nobody_records_a_complaint_about_themselves(desk: Desk) -> None:
    """Who is complained about asks a colleague; client-side people are never the subject."""
    cast = desk.cast
    case = await desk.complaint()
    for person in (cast.lead, cast.pm):
        refused = await desk.post(
            cast.lead,
            f"/cases/{case['id']}/about",
            {"user_ids": [str(person.user_id)]},
            status=422,
        )
        assert refused["code"] == "not_about"


@pytest.mark.parametrize("role", ["firm", "client"])
async def test_no_role_of_a_person_reads_a_whole_history(desk: Desk, role: str) -> None:
    connection = await asyncpg.connect(getattr(desk.dsns, role))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.fetch("SELECT * FROM case_history($1)", desk.cast.huaxin)
    await connection.close()


async def test_of_two_who_name_people_at_once_the_second_is_told(desk: Desk) -> None:
    """Nobody who was named meanwhile sees the case again because of an older list."""
    cast = desk.cast
    case = await desk.complaint()
    path = f"/cases/{case['id']}/about"
    agent, agent2 = str(cast.agent.user_id), str(cast.agent2.user_id)
    for _ in range(2):  # asked again, it is done
        await desk.post(cast.lead, path, {"user_ids": [agent], "instead_of": []})
    late = {"user_ids": [agent2], "instead_of": []}
    refused = await desk.post(cast.manager, path, late, status=409)
    assert refused["code"] == "named_meanwhile"
    await desk.get(cast.agent, f"/cases/{case['id']}", status=404)
    both = {"user_ids": [agent, agent2], "instead_of": [agent]}
    await desk.post(cast.manager, path, both)
    await desk.get(cast.agent2, f"/cases/{case['id']}", status=404)
