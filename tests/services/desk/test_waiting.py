"""While the firm waits for the client: what stands still, what may be done, what goes on after."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from services.desk.cases.rules import CaseStatus, stands_still
from services.desk.cases.store import stands_still_sql
from services.desk.promises.rules import PromiseKind
from tests.services.desk.conftest import Desk
from tests.services.desk.test_promises import until_settled


async def test_a_clock_stands_still_by_one_rule_in_every_reading(desk: Desk) -> None:
    rule = stands_still_sql(status="s.status", promise="k.kind")
    read = await desk.rows(
        f"SELECT s.status, k.kind, {rule} AS still FROM unnest($1::text[]) s (status),"
        " unnest($2::text[]) k (kind)",
        list(CaseStatus),
        list(PromiseKind),
    )
    found = {(row["status"], row["kind"]): row["still"] for row in read}
    expected = {each: stands_still(*each) for each in product(CaseStatus, PromiseKind)}
    assert found == expected
    stopped = {kind for (status, kind), still in found.items() if still}
    assert stopped == {"first_response", "update", "solution", "resolution"}


async def test_a_call_agreed_is_due_before_what_waiting_has_stopped(desk: Desk) -> None:
    case = await desk.assigned()
    await desk.promise(case, hours=1)
    path = f"/cases/{case['id']}"
    stopped = await desk.post(desk.cast.agent, f"{path}/wait", {"reason": "请确认"})
    assert stopped["next_promise"]["paused"] is True
    call = await desk.promise(case, hours=2, kind="callback")
    waiting = await desk.get(desk.cast.agent, path)
    assert waiting["next_promise"]["id"] == call["id"]
    assert waiting["next_promise"]["paused"] is False
    listed = await desk.get(desk.cast.agent, f"/promises?case_id={case['id']}")
    assert {each["kind"]: each["paused"] for each in listed["items"]} == {
        "update": True,
        "callback": False,
    }
    resumed = await desk.post(desk.cast.agent, f"{path}/resume")
    assert resumed["next_promise"]["kind"] == "update"
    assert resumed["next_promise"]["paused"] is False


async def broken(desk: Desk) -> dict[str, Any]:
    """A case whose promise was broken by its clock, an hour ago."""
    case = await desk.assigned()
    await desk.promise(case, hours=1)
    desk.clock.forward(hours=2)
    await until_settled(desk)
    return case


async def test_a_broken_promise_is_overdue_until_the_client_hears(desk: Desk) -> None:
    case = await broken(desk)
    path = f"/cases/{case['id']}"
    seen = await desk.get(desk.cast.agent, path)
    assert (seen["next_due_at"], seen["overdue_since"]) == (None, "2026-11-23T03:00:00Z")
    overdue = (await desk.get(desk.cast.lead, "/cases?overdue=true"))["items"]
    assert [each["id"] for each in overdue] == [case["id"]]
    body = {"body": "抱歉让您久等了"}
    await desk.post(desk.cast.pm, f"{path}/messages", body, status=201)
    assert (await desk.get(desk.cast.agent, path))["overdue_since"] is not None
    await desk.post(desk.cast.agent, f"{path}/messages", body, status=201)
    assert (await desk.get(desk.cast.pm, path))["overdue_since"] is None
    assert (await desk.get(desk.cast.lead, "/cases?overdue=true"))["items"] == []


@pytest.mark.parametrize("act", ["promise", "wait", "resolve", "withdraw"])
async def test_any_word_ends_what_is_overdue(desk: Desk, act: str) -> None:
    case = await broken(desk)
    path, agent = f"/cases/{case['id']}", desk.cast.agent
    if act == "promise":
        await desk.promise(case, hours=2)
    elif act == "wait":
        await desk.post(agent, f"{path}/wait", {"reason": "请确认"})
    elif act == "resolve":
        await desk.post(agent, f"{path}/resolve", {"resolution": "已处理"})
    else:
        await desk.post(desk.cast.pm, f"{path}/withdraw", {"reason": "不需要了"})
    assert (await desk.get(agent, path))["overdue_since"] is None


async def test_the_inbox_begins_with_what_waits_for_the_firm(desk: Desk) -> None:
    stopped, owing, taken_back = [await desk.assigned() for _ in range(3)]
    await desk.promise(stopped, hours=1)
    await desk.promise(owing, hours=4)
    await desk.post(desk.cast.agent, f"/cases/{stopped['id']}/wait", {"reason": "请确认"})
    await desk.post(desk.cast.agent, f"/cases/{taken_back['id']}/start")
    await desk.post(desk.cast.lead, f"/cases/{taken_back['id']}/assign", {"assignee_id": None})
    listed = (await desk.get(desk.cast.agent, "/cases?sort=next_due_at"))["items"]
    assert [case["id"] for case in listed] == [taken_back["id"], owing["id"], stopped["id"]]


async def test_a_promise_stopped_by_waiting_is_kept_by_a_reply_after_its_time(desk: Desk) -> None:
    case = await desk.assigned()
    await desk.promise(case, hours=1)
    await desk.post(desk.cast.agent, f"/cases/{case['id']}/wait", {"reason": "请确认"})
    desk.clock.forward(hours=2)
    body = {"body": "我们仍在等待您的确认"}
    await desk.post(desk.cast.agent, f"/cases/{case['id']}/messages", body, status=201)
    assert await desk.statuses(case) == ["kept"]


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("keep", {}, 200),
        ("renegotiate", {"due_at": "2026-11-24T02:00:00Z", "reason": "等待确认"}, 201),
    ],
)
async def test_a_promise_stopped_by_waiting_is_still_open_after_its_time(
    desk: Desk, act: str, body: dict[str, str], status: int
) -> None:
    case = await desk.assigned()
    promise = await desk.promise(case, hours=1)
    await desk.post(desk.cast.agent, f"/cases/{case['id']}/wait", {"reason": "请确认"})
    desk.clock.forward(hours=2)
    path = f"/promises/{promise['id']}"
    await desk.post(desk.cast.agent, f"{path}/{act}", body, status=status)


async def test_a_promise_made_while_waiting_moves_by_what_was_waited_since(desk: Desk) -> None:
    case = await desk.assigned()
    await desk.post(desk.cast.agent, f"/cases/{case['id']}/wait", {"reason": "请确认"})
    desk.clock.forward(hours=4)  # until 14:00
    promise = await desk.promise(case, hours=2)
    desk.clock.forward(minutes=30)
    await desk.post(desk.cast.agent, f"/cases/{case['id']}/resume")
    moved = await desk.get(desk.cast.agent, f"/promises/{promise['id']}")
    assert (promise["due_at"], moved["due_at"]) == ("2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z")


async def test_a_promise_that_no_working_time_was_waited_on_stays_and_is_not_said_to_move(
    desk: Desk,
) -> None:
    case = await desk.assigned()
    desk.clock.forward(hours=9)  # until 19:00, when nobody works
    promise = await desk.promise(case, hours=16)
    await desk.post(desk.cast.agent, f"/cases/{case['id']}/wait", {"reason": "请确认"})
    desk.clock.forward(hours=2)
    await desk.post(desk.cast.agent, f"/cases/{case['id']}/resume")
    kept = await desk.get(desk.cast.agent, f"/promises/{promise['id']}")
    assert kept["due_at"] == promise["due_at"]
    steps = (await desk.get(desk.cast.agent, f"/cases/{case['id']}/steps"))["items"]
    assert "promise_moved" not in {step["kind"] for step in steps}


async def test_a_waiting_case_taken_back_waits_for_dispatch_once_the_client_answered(
    desk: Desk,
) -> None:
    case = await desk.assigned()
    path, agent = f"/cases/{case['id']}", str(desk.cast.agent.user_id)
    for assignee_id, status in ((None, "open"), (agent, "assigned")):
        await desk.post(desk.cast.agent, f"{path}/assign", {"assignee_id": agent})
        await desk.post(desk.cast.agent, f"{path}/wait", {"reason": "请确认"})
        await desk.post(desk.cast.lead, f"{path}/assign", {"assignee_id": None})
        await desk.post(desk.cast.lead, f"{path}/assign", {"assignee_id": assignee_id})
        await desk.post(desk.cast.pm, f"{path}/messages", {"body": "已确认"}, status=201)
        assert (await desk.get(desk.cast.lead, path))["status"] == status


async def test_nobody_is_asked_for_the_need_again_once_a_solution_is_accepted(desk: Desk) -> None:
    case = await desk.understood()
    path, text = f"/cases/{case['id']}", {"text": "另一种理解"}
    solution = await desk.offer(case)
    await desk.post(desk.cast.pm, f"/solutions/{solution['id']}/accept")
    early = await desk.post(desk.cast.agent, f"{path}/restate", text, status=409)
    assert early["code"] == "case_not_in_work" and "“Solution accepted”" in early["detail"]
    waiting = await desk.post(desk.cast.agent, f"{path}/wait", {"reason": "请确认"})
    assert "restate" not in waiting["can"]
    refused = await desk.post(desk.cast.agent, f"{path}/restate", text, status=409)
    assert refused["code"] == "solution_already_accepted"
    assert (await desk.get(desk.cast.pm, path))["need_awaited"] is False
    await desk.post(desk.cast.agent, f"{path}/resume")
    started = await desk.post(desk.cast.agent, f"{path}/start")
    assert (started["status"], "restate" in started["can"]) == ("in_progress", False)
    refused = await desk.post(desk.cast.agent, f"{path}/restate", text, status=409)
    assert refused["code"] == "solution_already_accepted"


async def test_overdue_is_neither_what_nobody_took_yet_nor_what_waits_for_the_client(
    desk: Desk,
) -> None:
    late, waiting, untaken = await desk.assigned(), await desk.assigned(), await desk.complaint()
    for case in (late, waiting):
        await desk.promise(case)
    await desk.post(desk.cast.agent, f"/cases/{waiting['id']}/wait", {"reason": "请确认"})
    past = "now() - interval '1 hour'"
    await desk.rows(f"UPDATE cases SET created_at = {past} RETURNING 1")
    await desk.rows(f"UPDATE cases SET next_due_at = {past} WHERE next_due_at > now() RETURNING 1")
    overdue = await desk.get(desk.cast.lead, "/cases?overdue=true")
    assert [each["id"] for each in overdue["items"]] == [late["id"]], untaken["number"]
    others = await desk.get(desk.cast.lead, "/cases?overdue=false")
    assert {each["id"] for each in others["items"]} == {waiting["id"], untaken["id"]}
