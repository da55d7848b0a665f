"""The main job of the desk, end to end through HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk.conftest import Desk


async def test_a_complaint_from_first_word_to_close(desk: Desk) -> None:
    """Raised, acknowledged, assigned, understood, solved by choice, resolved, followed, closed."""
    cast = desk.cast
    case = await desk.complaint(remedy_sought="补课")
    path = f"/cases/{case['id']}"
    assert case["number"] == "K-2026-000001"
    assert case["acknowledged_at"] == "2026-11-23T02:00:00Z"
    messages = (await desk.get(cast.pm, f"{path}/messages"))["items"]
    assert [m["author_side"] for m in messages] == ["system"]
    assert "K-2026-000001" in messages[0]["body"]
    assert "下一步" in messages[0]["body"]

    await desk.post(cast.lead, f"{path}/assign", {"assignee_id": str(cast.agent.user_id)})
    promised = await desk.promise(case, "first_response")
    seen = await desk.get(cast.pm, path)
    assert seen["next_promise"]["id"] == promised["id"]
    assert seen["status"] == "assigned"
    await desk.post(cast.agent, f"{path}/messages", {"body": "我们正在调查。"}, status=201)
    assert await desk.statuses(case) == ["kept"]

    await desk.post(cast.agent, f"{path}/restate", {"text": "准时开始培训"})
    corrected = await desk.post(
        cast.pm, f"{path}/confirm-need", {"confirmed": False, "comment": "还要补课"}
    )
    assert corrected["restated_need"] is None
    await desk.post(cast.agent, f"{path}/restate", {"text": "准时并补课"})
    await desk.post(cast.pm, f"{path}/confirm-need", {"confirmed": True})
    first, second = await desk.offer(case, "补课"), await desk.offer(case, "退款")
    await desk.post(cast.pm, f"/solutions/{second['id']}/decline", {"reason": "不需要退款"})
    third = await desk.offer(case, "更换顾问")
    accepted = await desk.post(cast.pm, f"/solutions/{first['id']}/accept")
    assert accepted["status"] == "accepted"
    assert accepted["cost"] == {"amount_minor": 120_000, "currency": "CNY"}
    assert (await desk.get(cast.pm, f"/solutions/{third['id']}"))["status"] == "not_chosen"

    await desk.post(cast.agent, f"{path}/start")
    resolved = await desk.post(cast.agent, f"{path}/resolve", {"resolution": "已补课两次。"})
    assert resolved["status"] == "resolved"
    follow_up = (await desk.get(cast.agent, f"/follow-ups?case_id={case['id']}"))["items"][0]
    assert follow_up["due_on"] == "2026-11-26"
    refused = await desk.post(cast.agent, f"{path}/close", {}, status=409)
    assert refused["code"] == "follow_up_pending"
    await desk.post(
        cast.agent, f"/follow-ups/{follow_up['id']}/record", {"satisfied": True, "score": 5}
    )
    closed = await desk.post(cast.agent, f"{path}/close", {})
    assert closed["status"] == "closed"
    assert closed["can"] == ["about", "reopen", "note"]
    assert await desk.kinds(case) == [
        "opened", "acknowledged", "assigned", "promise_made", "replied", "promise_kept",
        "restated", "need_corrected", "restated", "need_confirmed", "solution_offered",
        "solution_offered", "solution_declined", "solution_offered", "solution_accepted",
        "started", "resolved", "follow_up_scheduled", "follow_up_recorded", "closed",
    ]  # fmt: skip

    assert await _earlier(desk, case) == {False}
    await desk.post(cast.pm, f"{path}/reopen", {"reason": "又出现了"})
    assert await _earlier(desk, case) == {True}


async def _earlier(desk: Desk, case: dict[str, Any]) -> set[bool]:
    """Whether the requester reads that the case's solutions are of before it was reopened."""
    found = await desk.get(desk.cast.pm, f"/solutions?case_id={case['id']}")
    return {each["before_reopening"] for each in found["items"]}


@pytest.mark.parametrize("act", ["start", "reopen"])
async def test_only_an_answer_takes_a_waiting_case_up_again(desk: Desk, act: str) -> None:
    """What waits may have been reopened or at work before, yet other acts do not lead back."""
    case = await desk.assigned()
    path = f"/cases/{case['id']}"
    await desk.post(desk.cast.agent, f"{path}/start")
    await desk.post(desk.cast.agent, f"{path}/wait", {"reason": "合同编号"})
    who, body = {"start": (desk.cast.agent, None), "reopen": (desk.cast.pm, {"reason": "x"})}[act]
    refused = await desk.call(who, "POST", f"{path}/{act}", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_transition")
    assert (await desk.get(desk.cast.agent, path))["status"] == "waiting_client"


async def test_a_case_that_nobody_took_stands_before_what_is_promised_for_later(
    desk: Desk,
) -> None:
    idle = await desk.assigned(subject="nothing promised")
    later = await desk.assigned(subject="promised")
    await desk.promise(later, hours=4)
    desk.clock.forward(minutes=5)
    new = await desk.complaint(subject="new")
    listed = await desk.get(desk.cast.agent, "/cases?sort=next_due_at")
    assert [each["id"] for each in listed["items"]] == [new["id"], later["id"], idle["id"]]
    desk.clock.forward(minutes=5)
    newer = await desk.complaint(subject="newer")
    first, second = (await desk.get(desk.cast.agent, "/cases?sort=next_due_at&limit=2"))["items"]
    assert [first["id"], second["id"]] == [new["id"], newer["id"]]
