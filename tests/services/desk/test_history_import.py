"""A case of the past, entered act by act on behalf of those who did it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx

from shared.identity import Actor, Importer
from tests.services.desk.conftest import Desk
from tests.support.services import MONDAY_TEN

LONG_AGO = MONDAY_TEN - timedelta(days=140)


class Historian:
    """An administrator who enters what others did."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._importer = Importer(desk.cast.admin.user_id, desk.cast.admin.name)

    async def call(
        self, who: Actor, at: datetime, path: str, body: Any = None, status: int = 200
    ) -> httpx.Response:
        return await self._desk.call(
            replace(who, importer=self._importer),
            "POST",
            path,
            body,
            status=status,
            headers={"Rapport-Occurred-At": at.isoformat()},
        )


async def closed_case(desk: Desk, *, answered_after: timedelta) -> dict[str, Any]:
    """A complaint of the past: a first response promised within two hours, then closed."""
    cast, enter = desk.cast, Historian(desk).call
    at = LONG_AGO
    complaint = {"kind": "complaint", "subject": "报告迟到", "description": "周报晚了三天。"}
    case = (await enter(cast.pm, at, "/cases", complaint, 201)).json()
    path = f"/cases/{case['id']}"
    at += timedelta(minutes=20)
    await enter(cast.lead, at, f"{path}/assign", {"assignee_id": str(cast.agent.user_id)})
    promise = {
        "case_id": case["id"],
        "kind": "first_response",
        "due_at": (at + timedelta(hours=2)).isoformat(),
    }
    await enter(cast.agent, at, "/promises", promise, 201)
    at += answered_after
    await enter(cast.agent, at, f"{path}/messages", {"body": "已查明原因。"}, 201)
    await enter(cast.agent, at, f"{path}/resolve", {"resolution": "每周五前提交。"})
    found: dict[str, Any] = await desk.get(desk.cast.admin, path)
    return found | {"entered_until": at}


async def test_nothing_is_done_with_a_case_before_it_was_opened(desk: Desk) -> None:
    enter = Historian(desk).call
    complaint = {"kind": "complaint", "subject": "报告迟到", "description": "周报晚了三天。"}
    case = (await enter(desk.cast.pm, LONG_AGO, "/cases", complaint, 201)).json()
    before = LONG_AGO - timedelta(minutes=1)
    body = {"assignee_id": str(desk.cast.agent.user_id)}
    refused = await enter(desk.cast.lead, before, f"/cases/{case['id']}/assign", body, 422)
    assert refused.json()["errors"][0]["code"] == "occurred_before_it_began"


async def test_every_act_stands_at_its_moment_under_its_persons_name(desk: Desk) -> None:
    case = await closed_case(desk, answered_after=timedelta(hours=1))
    steps = (await desk.get(desk.cast.admin, f"/cases/{case['id']}/steps"))["items"]
    told = {(step["kind"], step["actor_name"]) for step in steps}
    assert ("opened", "陈经理") in told
    assert ("assigned", "Lead Sun") in told
    assert ("replied", "Agent Zhao") in told
    moments = [datetime.fromisoformat(step["at"]) for step in steps]
    assert min(moments) == LONG_AGO and max(moments) == case["entered_until"]


async def test_promises_of_the_past_are_kept_or_broken_by_what_happened(desk: Desk) -> None:
    kept = await closed_case(desk, answered_after=timedelta(hours=1))
    late = await closed_case(desk, answered_after=timedelta(hours=5))
    statuses = {}
    for case in (kept, late):
        found = await desk.get(desk.cast.admin, f"/promises?case_id={case['id']}")
        statuses[case["id"]] = [promise["status"] for promise in found["items"]]
    assert statuses == {kept["id"]: ["kept"], late["id"]: ["broken"]}


async def test_the_kept_rate_counts_the_past_and_says_how_much_of_it_is_imported(
    desk: Desk,
) -> None:
    for hours in (1, 1, 5):
        await closed_case(desk, answered_after=timedelta(hours=hours))
    rate = await desk.get(desk.cast.lead, f"/promises/kept-rate?client_id={desk.cast.huaxin}")
    assert rate == {"kept": 2, "broken": 1, "imported": 3, "rate": 2 / 3}


async def test_an_imported_promise_that_nobody_answered_counts_as_broken_once_it_passed(
    desk: Desk,
) -> None:
    cast, enter = desk.cast, Historian(desk).call
    asked = {"kind": "request", "subject": "周报", "description": "请补发周报。"}
    case = (await enter(cast.pm, LONG_AGO, "/cases", asked, 201)).json()
    await enter(
        cast.lead, LONG_AGO, f"/cases/{case['id']}/assign", {"assignee_id": str(cast.agent.user_id)}
    )
    for days in (1, 300):
        due = (LONG_AGO + timedelta(days=days)).isoformat()
        promise = {"case_id": case["id"], "kind": "update", "due_at": due}
        await enter(cast.agent, LONG_AGO, "/promises", promise, 201)
    rate = await desk.get(cast.lead, f"/promises/kept-rate?made_by={cast.agent.user_id}")
    assert rate == {"kept": 0, "broken": 1, "imported": 1, "rate": 0.0}


async def test_history_starts_no_clock(desk: Desk) -> None:
    await closed_case(desk, answered_after=timedelta(hours=5))
    assert await desk.rows("SELECT 1 FROM timers") == []


async def test_the_audit_names_who_entered_it_and_for_whom(desk: Desk) -> None:
    case = await closed_case(desk, answered_after=timedelta(hours=1))
    rows = await desk.rows(
        "SELECT actor_name, actor_id, at, after FROM audit WHERE subject_id = $1", case["id"]
    )
    assert {row["actor_name"] for row in rows} == {"Admin Li"}
    assert all(row["at"] >= MONDAY_TEN for row in rows)
    assert any('"on_behalf_of"' in row["after"] for row in rows)


async def test_without_an_importer_the_moment_is_refused(desk: Desk) -> None:
    body = {"kind": "request", "subject": "x", "description": "y"}
    for who in (desk.cast.pm, desk.cast.agent, desk.cast.admin):
        answer = await desk.call(
            who, "POST", "/cases", body, headers={"Rapport-Occurred-At": LONG_AGO.isoformat()}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "history_not_allowed")
