"""A client-side person: own cases only, and of those nothing that is the firm's."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from services.desk.app import READINGS
from shared.identity import Actor
from tests.services.desk.conftest import Desk
from tests.support.plans import compile_unscoped

CANARY = "内部金丝雀"


async def full_case(desk: Desk) -> dict[str, Any]:
    """A case of the project manager with internal words wherever the firm can put them."""
    cast = desk.cast
    case = await desk.understood()
    path = f"/cases/{case['id']}"
    await desk.post(cast.agent, f"{path}/notes", {"body": CANARY}, status=201)
    current = await desk.call(cast.agent, "GET", path)
    await desk.call(
        cast.agent,
        "PATCH",
        path,
        {"priority": "urgent", "severity": "critical"},
        headers={"If-Match": current.headers["etag"]},
        status=200,
    )
    await desk.post(cast.lead, f"{path}/about", {"user_ids": [str(cast.agent2.user_id)]})
    await desk.promise(case)
    await desk.post(cast.agent, f"{path}/resolve", {"resolution": "完成"})
    planned = await desk.get(cast.agent, f"/follow-ups?case_id={case['id']}")
    await desk.post(
        cast.agent,
        f"/follow-ups/{planned['items'][0]['id']}/record",
        {"satisfied": False, "score": 2, "notes": CANARY},
    )
    return case


async def test_internal_words_never_reach_the_client_side(desk: Desk) -> None:
    """By no list, detail, search or child, nor in any event but the trail's, an administrator's."""
    case = await full_case(desk)
    pm = desk.cast.pm
    path = f"/cases/{case['id']}"
    for route in (
        "/cases", path, f"{path}/steps?limit=200", f"{path}/messages", "/promises", "/solutions",
        "/follow-ups", f"/cases?q={CANARY}",
    ):  # fmt: skip
        answer = await desk.call(pm, "GET", route, status=200)
        for secret in (CANARY, "urgent", "critical", str(desk.cast.agent2.user_id), "noted"):
            assert secret not in answer.text, (route, secret)
    assert (await desk.call(pm, "GET", f"{path}/notes")).status_code == 403
    assert (await desk.call(pm, "POST", f"{path}/notes", {"body": "x"})).status_code == 403
    told = "SELECT data FROM outbox WHERE data LIKE $1 AND aggregate <> 'audit'"
    assert await desk.rows(told, f"%{CANARY}%") == []


@pytest.mark.parametrize("name", ["priority", "severity", "about_user_ids"])
async def test_what_is_the_firms_is_an_unknown_column(desk: Desk, name: str) -> None:
    """In fields, filters and sorts alike: 400 as for a column that does not exist."""
    await desk.complaint()
    for query in (f"fields={name}", f"{name}=high", f"sort={name}"):
        answer = await desk.call(desk.cast.pm, "GET", f"/cases?{query}", status=400)
        assert answer.json()["code"] == "unknown_parameter"


async def test_colleagues_and_rivals_are_strangers(desk: Desk) -> None:
    """Another person of the same client, another client, a former person: nothing, anywhere."""
    case = await full_case(desk)
    solution = (await desk.get(desk.cast.lead, "/follow-ups"))["items"][0]
    for stranger in (desk.cast.core, desk.cast.rival, desk.cast.left):
        for path in (
            f"/cases/{case['id']}",
            f"/cases/{case['number']}",
            f"/cases/{case['id']}/steps",
            f"/cases/{case['id']}/messages",
            f"/follow-ups/{solution['id']}",
        ):
            await desk.get(stranger, path, status=404)
        for path in ("/cases", "/promises", "/solutions", "/follow-ups"):
            assert (await desk.get(stranger, path))["items"] == []
        for act, body in (
            ("confirm-need", {"confirmed": True}),
            ("messages", {"body": "x"}),
            ("reopen", {"reason": "x"}),
            ("withdraw", {"reason": "x"}),
            ("close", {}),
        ):
            answer = await desk.call(stranger, "POST", f"/cases/{case['id']}/{act}", body)
            assert answer.status_code == 404, (act, answer.text)


async def test_row_security_alone_keeps_strangers_out(desk: Desk) -> None:
    """Every reading with its scope off, run as `_client` in a stranger's context: no row."""
    await full_case(desk)
    connection = await asyncpg.connect(desk.dsns.client)
    try:
        for stranger in (desk.cast.core, desk.cast.rival, desk.cast.left, None):
            async with connection.transaction():
                if stranger is not None:
                    await act_as(connection, stranger)
                for reading in READINGS:
                    if "note" in reading.name:
                        continue
                    viewer = stranger or desk.cast.rival
                    statement, values = compile_unscoped(reading, viewer)
                    assert await connection.fetch(statement, *values) == [], reading.name
                for table in ("case_notes", "case_exclusions"):
                    with pytest.raises(asyncpg.InsufficientPrivilegeError):
                        async with connection.transaction():
                            await connection.fetch(f"SELECT 1 FROM {table}")
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    async with connection.transaction():
                        await connection.fetch("SELECT priority FROM cases")
    finally:
        await connection.close()


async def act_as(connection: asyncpg.Connection, actor: Actor) -> None:
    """Set the row-security context of a transaction."""
    await connection.execute(
        "SELECT set_config('rapport.user_id', $1, true),"
        " set_config('rapport.client_id', $2, true), set_config('rapport.side', 'client', true)",
        str(actor.user_id),
        str(actor.client_id or ""),
    )


async def test_a_former_person_can_raise_nothing(desk: Desk) -> None:
    """Whose affiliation ended has no client to speak for."""
    body = {"kind": "inquiry", "subject": "x", "description": "x"}
    answer = await desk.call(desk.cast.left, "POST", "/cases", body)
    assert answer.status_code == 403


async def test_a_client_speaks_for_nobody_else(desk: Desk) -> None:
    """Another requester, another client, or what only the firm decides: refused by place."""
    body = {"kind": "inquiry", "subject": "x", "description": "x"}
    for extra in (
        {"client_id": str(desk.cast.hengda)},
        {"requester_id": str(desk.cast.core.user_id)},
        {"priority": "urgent"},
        {"about_user_ids": [str(desk.cast.agent.user_id)]},
        {"occurred_at": "2026-01-01T00:00:00Z"},
        {"channel": "phone"},
    ):
        answer = await desk.call(desk.cast.pm, "POST", "/cases", body | extra, status=422)
        assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(extra))}"
    assert await desk.rows("SELECT 1 FROM cases") == []


async def test_only_the_requester_accepts(desk: Desk) -> None:
    """The firm cannot accept for the client, nor confirm the need."""
    case = await desk.understood()
    offered = await desk.offer(case)
    for actor, expected in ((desk.cast.agent, 403), (desk.cast.admin, 403), (desk.cast.core, 404)):
        answer = await desk.call(actor, "POST", f"/solutions/{offered['id']}/accept")
        assert answer.status_code == expected
    answer = await desk.call(
        desk.cast.agent, "POST", f"/cases/{case['id']}/confirm-need", {"confirmed": True}
    )
    assert answer.status_code == 403


async def test_the_requester_confirms_and_closes(desk: Desk) -> None:
    """The requester's own closing stands for the follow-up; they may also reopen."""
    case = await desk.assigned()
    path = f"/cases/{case['id']}"
    await desk.post(desk.cast.agent, f"{path}/resolve", {"resolution": "完成"})
    closed = await desk.post(desk.cast.pm, f"{path}/close")
    assert closed["status"] == "closed"
    follow_ups = await desk.get(desk.cast.agent, f"/follow-ups?case_id={case['id']}")
    assert [each["status"] for each in follow_ups["items"]] == ["waived"]
    reopened = await desk.post(desk.cast.pm, f"{path}/reopen", {"reason": "又出现了"})
    assert reopened["status"] == "reopened"
