"""What does not fit is refused with its place, and acts that meet are decided one by one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.services.engagements.conftest import Engagements

TITLE = {"en": "x", "zh": "x"}


async def places(engagements: Engagements, path: str, body: Any) -> list[str]:
    """The places that a refused body names."""
    refused = await engagements.post(engagements.cast.lead, path, body, status=422)
    return [error["pointer"] for error in refused.get("errors", [])]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 201),
        ("title", "a\x00b"),
        ("title", ""),
        ("objectives", "x" * 20_001),
        ("domains", ["x"] * 31),
        ("domains", [""]),
        ("starts_on", "2026-02-30"),
        ("starts_on", "9999-12-31"),
        ("starts_on", "0001-01-01"),
        ("director_id", "x"),
        ("status", "active"),
    ],
)
async def test_a_draft_that_does_not_fit_names_the_place(
    engagements: Engagements, field: str, value: Any
) -> None:
    body = {"client_id": str(engagements.cast.huaxin), "title": "x", field: value}
    (place,) = await places(engagements, "/engagements", body)
    assert place.startswith(f"/{field}")
    assert await engagements.rows("SELECT 1 FROM engagements") == []


async def test_impossible_days_and_durations_are_refused(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    task = (await engagements.tasks(engagement))["team-charter"]
    path = f"/tasks/{task['id']}"
    for day in ("2027-01-01", "2025-01-01", "1900-01-01", "9999-12-31"):
        assert await places(engagements, f"{path}/start", {"on": day}) == ["/on"]
    for days in (0, 401, "5", None):
        await engagements.patch(cast.lead, path, {"days": days}, task["version"], status=422)
    member = (await engagements.get(cast.lead, "/members?role=core"))["items"][0]
    for day in ("2026-11-01", "9999-12-31"):
        ends = f"/members/{member['id']}/end"
        assert await places(engagements, ends, {"ends_on": day}) == ["/ends_on"]
    unknown = {"task_id": task["id"], "title": TITLE | {"fr": "x"}}
    assert await places(engagements, "/deliverables", unknown) == ["/title/fr"]
    torn = {"task_id": task["id"], "title": TITLE | {"zh": "\x00"}}
    assert await places(engagements, "/deliverables", torn) == ["/title/zh"]


async def test_a_plan_that_reaches_too_far_is_refused(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    tasks = await engagements.tasks(engagement)
    chain = ["team-charter", "phase-plan", "kick-off", "executive-interviews", "as-is"]
    chain += ["diagnosis", "diagnosis-report", "principles", "framework", "design-workshops"]
    codes = []
    for key in chain:
        path = f"/tasks/{tasks[key]['id']}"
        version = (await engagements.get(cast.lead, path))["version"]
        headers = {"If-Match": f'"{version}"'}
        answer = await engagements.call(cast.lead, "PATCH", path, {"days": 400}, headers=headers)
        codes.append(answer.json().get("code"))
    assert (codes[0], codes[-1]) == (None, "plan_too_long")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/days"]
    last = await engagements.get(cast.lead, f"/tasks/{tasks['design-workshops']['id']}")
    assert last["days"] == tasks["design-workshops"]["days"]


async def test_of_two_decisions_at_once_one_stands(engagements: Engagements) -> None:
    cast = engagements.cast
    charter = await engagements.deliverable(await engagements.running())
    path = f"/deliverables/{charter['id']}"
    await engagements.post(cast.core, f"{path}/submit", {"text": "x"})
    await engagements.post(cast.core, f"{path}/request-check")
    await engagements.post(cast.pm, f"{path}/check", {"passed": True})
    bodies = ({"accepted": True}, {"accepted": False, "reason": "x"}, {"accepted": True})
    answers = await asyncio.gather(
        *(engagements.call(cast.ceo, "POST", f"{path}/decide", body) for body in bodies)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    verdicts = (await engagements.get(cast.ceo, f"{path}/verdicts"))["items"]
    assert len(verdicts) == 2


async def test_of_two_project_managers_at_once_one_joins(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    bodies = [
        {"engagement_id": engagement["id"], "user_id": str(who.user_id), "role": "client_pm"}
        for who in (cast.pm, cast.it, cast.core)
    ]
    answers = await asyncio.gather(
        *(engagements.call(cast.lead, "POST", "/members", body) for body in bodies)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


async def test_a_repeated_draft_with_one_key_is_one_engagement(engagements: Engagements) -> None:
    cast = engagements.cast
    body = {"client_id": str(cast.huaxin), "title": "x"}
    headers = {"Idempotency-Key": "draft-1"}
    answers = [
        await engagements.call(cast.lead, "POST", "/engagements", body, headers=headers)
        for _ in range(3)
    ]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(await engagements.rows("SELECT 1 FROM engagements")) == 1
