"""What is wrong is named by its place, in the caller's language, and nothing is half-written."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.services.desk.conftest import Desk

GOOD = {"kind": "inquiry", "subject": "x", "description": "x"}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"kind": "riot"}, "/kind"),
        ({"kind": None}, "/kind"),
        ({"subject": ""}, "/subject"),
        ({"subject": "   "}, "/subject"),
        ({"subject": "x" * 201}, "/subject"),
        ({"subject": 7}, "/subject"),
        ({"subject": "a\x00b"}, "/subject"),
        ({"description": "x" * 20_001}, "/description"),
        ({"colour": "red"}, "/colour"),
        ({"client_id": "華信"}, "/client_id"),
        ({"status": "closed"}, "/status"),
        ({"number": "K-1999-000001"}, "/number"),
        ({"id": str(uuid4())}, "/id"),
    ],
)
async def test_a_bad_case_is_refused_by_place(
    desk: Desk, change: dict[str, Any], pointer: str
) -> None:
    """422 with a pointer; no number is used up, no event leaves."""
    answer = await desk.call(desk.cast.pm, "POST", "/cases", GOOD | change, status=422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await desk.rows("SELECT 1 FROM cases") == []
    assert await desk.rows("SELECT 1 FROM outbox") == []
    assert (await desk.complaint())["number"] == "K-2026-000001"


@pytest.mark.parametrize("stranger", ["pm", "nobody", "themselves"])
async def test_whom_a_case_cannot_be_about_is_refused_by_place(desk: Desk, stranger: str) -> None:
    """Behind a colleague it can be about, in a new case and in one that is there."""
    cast = desk.cast
    who = {"pm": cast.pm.user_id, "nobody": uuid4(), "themselves": cast.lead.user_id}[stranger]
    named = [str(cast.agent.user_id), str(who)]
    party = {"client_id": str(cast.huaxin), "requester_id": str(cast.pm.user_id)}
    opened = GOOD | party | {"about_user_ids": named}
    case = await desk.complaint()
    for path, body in (("/cases", opened), (f"/cases/{case['id']}/about", {"user_ids": named})):
        refused = await desk.post(cast.lead, path, body, status=422)
        assert refused["code"] == ("not_known_yet" if stranger == "nobody" else "not_about")
        (place,) = refused["errors"]
        assert place["pointer"] in {"/about_user_ids/1", "/user_ids/1"}
        assert place["pointer"].removeprefix("/").removesuffix("/1") in body
    assert await desk.rows("SELECT 1 FROM case_exclusions") == []


async def test_formulas_quotes_and_emoji_are_just_text(desk: Desk) -> None:
    """What people write comes back as they wrote it."""
    odd = "=cmd|'/C calc'!A0 '; DROP TABLE cases;-- %s {actor} 😀 华信"
    case = await desk.complaint(subject=odd, description=odd)
    assert case["subject"] == odd
    steps = await desk.get(desk.cast.pm, f"/cases/{case['id']}/steps")
    assert odd in steps["items"][0]["text"]["zh"]


@pytest.mark.parametrize(
    "due_at",
    ["2026-02-30T10:00:00Z", "2026-11-23T11:00:00", "tomorrow", "", None, 7, "+99999-01-01T00:00Z"],
)
async def test_impossible_times(desk: Desk, due_at: object) -> None:
    """A time that does not exist, or that does not say where, is no promise."""
    case = await desk.assigned()
    body = {"case_id": case["id"], "kind": "update", "due_at": due_at}
    answer = await desk.call(desk.cast.agent, "POST", "/promises", body, status=422)
    assert answer.json()["errors"][0]["pointer"] == "/due_at"


@pytest.mark.parametrize(
    "cost",
    [
        {"amount_minor": -1, "currency": "CNY"},
        {"amount_minor": 1.5, "currency": "CNY"},
        {"amount_minor": "100", "currency": "CNY"},
        {"amount_minor": 10**16, "currency": "CNY"},
        {"amount_minor": 100, "currency": "yuan"},
        {"amount_minor": 100},
        100,
    ],
)
async def test_money_is_minor_units_and_a_currency(desk: Desk, cost: object) -> None:
    """Anything else is refused at the cost."""
    case = await desk.understood()
    body = {"case_id": case["id"], "title": "x", "description": "x", "cost": cost}
    answer = await desk.call(desk.cast.agent, "POST", "/solutions", body, status=422)
    assert answer.json()["errors"][0]["pointer"].startswith("/cost")


async def test_foreign_ids(desk: Desk) -> None:
    """An id of another kind or of nothing: 404 in a path or for a case, 422 for a person."""
    cast = desk.cast
    nothing = str(uuid4())
    case = await desk.complaint()
    for path in (f"/cases/{nothing}", "/cases/7", f"/promises/{case['id']}", "/cases/K-2026-9"):
        await desk.get(cast.lead, path, status=404)
    body = {"case_id": nothing, "kind": "update", "due_at": "2026-11-23T03:00:00Z"}
    await desk.post(cast.agent, "/promises", body, status=404)
    unknown = await desk.post(
        cast.agent, f"/cases/{case['id']}/assign", {"assignee_id": nothing}, status=422
    )
    assert unknown["code"] == "not_known_yet"
    assert unknown["retryable"] is True
    requester = GOOD | {"client_id": str(cast.huaxin), "requester_id": str(cast.rival.user_id)}
    refused = await desk.post(cast.agent, "/cases", requester, status=422)
    assert refused["code"] == "not_requester"
    missing = await desk.post(cast.agent, "/cases", GOOD, status=422)
    assert {error["pointer"] for error in missing["errors"]} == {"/client_id", "/requester_id"}


@pytest.mark.parametrize(
    "query",
    ["colour=red", "sort=subject", "fields=id,colour", "limit=0", "limit=201", "cursor=x",
     "status=lost", "mine=perhaps", "next_due_at.before=yesterday", "q=" + "x" * 201],
)  # fmt: skip
async def test_questions_the_list_does_not_know(desk: Desk, query: str) -> None:
    """400 that names the parameter."""
    answer = await desk.call(desk.cast.lead, "GET", f"/cases?{query}", status=400)
    assert answer.json()["errors"][0]["pointer"].startswith("?")


async def test_questions_that_are_no_lists_know_their_parameters_too(desk: Desk) -> None:
    path = "/promises/kept-rate"
    await desk.call(desk.cast.lead, "GET", f"{path}?client_id={desk.cast.huaxin}", status=200)
    answer = await desk.call(desk.cast.lead, "GET", f"{path}?since=2026-01-01", status=400)
    assert [each["pointer"] for each in answer.json()["errors"]] == ["?since"]


async def test_refusals_speak_the_callers_language(desk: Desk) -> None:
    """Chinese for whoever asks in Chinese."""
    case = await desk.complaint()
    answer = await desk.call(
        desk.cast.agent,
        "POST",
        f"/cases/{case['id']}/resolve",
        {"resolution": "x"},
        status=409,
        headers={"Accept-Language": "zh-CN"},
    )
    assert answer.json()["code"] == "illegal_transition"
    assert "工单" in answer.json()["detail"]


async def test_steps_out_of_turn(desk: Desk) -> None:
    """No offer before the need is confirmed, no work before acceptance, no fifth offer."""
    agent = desk.cast.agent
    case = await desk.assigned()
    path = f"/cases/{case['id']}"
    offer = {"case_id": case["id"], "title": "x", "description": "x"}
    early = await desk.post(agent, "/solutions", offer, status=409)
    assert early["code"] == "need_not_confirmed"
    nothing = await desk.post(desk.cast.pm, f"{path}/confirm-need", {"confirmed": True}, 409)
    assert nothing["code"] == "need_not_restated"
    await desk.post(agent, f"{path}/restate", {"text": "x"})
    mute = await desk.post(desk.cast.pm, f"{path}/confirm-need", {"confirmed": False}, 422)
    assert mute["code"] == "comment_required"
    await desk.post(desk.cast.pm, f"{path}/confirm-need", {"confirmed": True})
    for at in range(4):
        await desk.offer(case, f"方案{at}")
    fifth = await desk.post(agent, "/solutions", offer, status=409)
    assert fifth["code"] == "too_many_solutions"
    started = await desk.post(agent, f"{path}/start", status=409)
    assert started["code"] == "solution_not_accepted"
    done = await desk.post(agent, f"{path}/resolve", {"resolution": "x"}, status=409)
    assert done["code"] == "illegal_transition"
    late = await desk.post(
        agent, "/follow-ups", {"case_id": case["id"], "due_on": "2026-11-30"}, status=409
    )
    assert late["code"] == "case_not_resolved"


async def test_follow_ups_that_are_mine_are_those_of_my_cases(desk: Desk) -> None:
    case = await desk.assigned()
    agent, other = desk.cast.agent, desk.cast.agent2
    await desk.post(agent, f"/cases/{case['id']}/resolve", {"resolution": "x"})
    mine = (await desk.get(agent, "/follow-ups?mine=true"))["items"]
    assert [each["case_id"] for each in mine] == [case["id"]]
    assert (await desk.get(other, "/follow-ups?mine=true"))["items"] == []
    assert len((await desk.get(other, "/follow-ups"))["items"]) == len(mine)


async def test_follow_ups_are_one_or_two_and_ahead(desk: Desk) -> None:
    """A third is refused, and so is yesterday; a bad answer opens the case again."""
    agent = desk.cast.agent
    case = await desk.assigned()
    path = f"/cases/{case['id']}"
    await desk.post(agent, f"{path}/resolve", {"resolution": "x"})
    plan = {"case_id": case["id"], "due_on": "2026-11-22"}
    past = await desk.post(agent, "/follow-ups", plan, status=422)
    assert past["code"] == "follow_up_in_past"
    await desk.post(agent, "/follow-ups", plan | {"due_on": "2026-12-10"}, status=201)
    third = await desk.post(agent, "/follow-ups", plan | {"due_on": "2026-12-11"}, status=409)
    assert third["code"] == "too_many_follow_ups"
    planned = (await desk.get(agent, f"/follow-ups?case_id={case['id']}"))["items"]
    bad = {"satisfied": False, "score": 1, "reopen": True}
    await desk.post(agent, f"/follow-ups/{planned[0]['id']}/record", bad)
    reopened = await desk.get(agent, path)
    assert reopened["status"] == "reopened"
    assert reopened["resolved_at"] is None
    steps = (await desk.get(agent, f"{path}/steps?limit=200"))["items"]
    (why,) = [step["text"] for step in steps if step["kind"] == "reopened"]
    assert why["zh"].endswith("回访表明问题尚未解决")
    assert why["en"].endswith("the follow-up showed that it is not solved")
    headers = {"Accept-Language": "zh"}
    refused = await desk.call(agent, "POST", f"{path}/close", headers=headers, status=409)
    assert "已重开" in refused.json()["detail"]
    left = (await desk.get(agent, f"/follow-ups?case_id={case['id']}"))["items"]
    assert [each["status"] for each in left] == ["done", "waived"]


async def test_an_administrator_imports_history(desk: Desk) -> None:
    """Past cases keep their time and year; nobody else may say when something happened."""
    cast = desk.cast
    body = GOOD | {
        "client_id": str(cast.huaxin),
        "requester_id": str(cast.pm.user_id),
        "occurred_at": "2024-03-05T06:00:00Z",
    }
    imported = await desk.post(cast.admin, "/cases", body, status=201)
    assert imported["number"] == "K-2024-000001"
    assert imported["created_at"] == "2024-03-05T06:00:00Z"
    assert imported["historical"] is True
    future = body | {"occurred_at": "2027-01-01T00:00:00Z"}
    refused = await desk.post(cast.admin, "/cases", future, status=422)
    assert refused["errors"][0]["pointer"] == "/occurred_at"
    await desk.post(cast.agent, "/cases", body, status=403)
