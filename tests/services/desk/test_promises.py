"""Promises: kept, renegotiated before they pass, or broken at the very moment, once."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from services.desk.app import create_app
from services.desk.settings import DeskSettings
from shared.database import Dsns
from tests.services.desk.conftest import Desk


async def until_settled(desk: Desk, count: int = 1) -> list[Any]:
    """The promises once `count` of them are no longer open; fails after five seconds."""
    for _ in range(100):
        rows = await desk.rows("SELECT * FROM promises ORDER BY due_at, id")
        if sum(row["status"] != "made" for row in rows) >= count:
            return rows
        await asyncio.sleep(0.05)
    raise AssertionError(f"not settled: {rows}")


async def broken_events(desk: Desk) -> int:
    """How many times a broken promise was published."""
    rows = await desk.rows("SELECT 1 FROM outbox WHERE type = 'desk.case.promise_broken.v1'")
    return len(rows)


async def test_broken_exactly_when_due(desk: Desk) -> None:
    """Not a second earlier; recorded at the due instant; next due is gone from the case."""
    case = await desk.assigned()
    promise = await desk.promise(case, hours=1)
    desk.clock.forward(minutes=59, seconds=59)
    await asyncio.sleep(1.2)
    assert await desk.statuses(case) == ["made"]
    desk.clock.forward(seconds=1)
    row = (await until_settled(desk))[0]
    assert row["status"] == "broken"
    assert row["settled_at"] == row["due_at"]
    seen = await desk.get(desk.cast.pm, f"/cases/{case['id']}")
    assert seen["next_due_at"] is None
    assert seen["next_promise"] is None
    steps = await desk.get(desk.cast.pm, f"/cases/{case['id']}/steps")
    broken = [step for step in steps["items"] if step["kind"] == "promise_broken"]
    assert [step["at"] for step in broken] == [promise["due_at"]]
    assert "11:00" in broken[0]["text"]["zh"]
    assert await broken_events(desk) == 1


async def test_broken_once_across_restarts(
    desk_settings: tuple[DeskSettings, Dsns], desk: Desk
) -> None:
    """Down when it was due, then started twice at once, then again: broken once, at its time."""
    settings, _ = desk_settings
    case = await desk.assigned()
    promise = await desk.promise(case, hours=2)
    await desk.stop()
    desk.clock.forward(hours=5)
    for _ in range(2):
        async with AsyncExitStack() as stack:
            for _replica in range(2):
                desk.app = create_app(settings, clock=desk.clock)
                await stack.enter_async_context(desk.app.router.lifespan_context(desk.app))
            rows = await until_settled(desk)
            await asyncio.sleep(0.3)
            assert (await desk.kinds(case)).count("promise_broken") == 1
    assert [row["status"] for row in rows] == ["broken"]
    assert rows[0]["settled_at"].isoformat().startswith(promise["due_at"].rstrip("Z"))
    assert await broken_events(desk) == 1


@pytest.mark.parametrize("kind", ["first_response", "update"])
async def test_a_reply_keeps_what_it_answers_and_the_clock_stops(desk: Desk, kind: str) -> None:
    """Long after the due time it is still kept: the clock does not run on after the answer."""
    case = await desk.assigned()
    await desk.promise(case, kind)
    await desk.post(
        desk.cast.agent, f"/cases/{case['id']}/messages", {"body": "已核实。"}, status=201
    )
    desk.clock.forward(hours=3)
    await asyncio.sleep(1.2)
    assert await desk.statuses(case) == ["kept"]
    assert await broken_events(desk) == 0


async def test_acts_keep_only_their_own_kind(desk: Desk) -> None:
    """A client's message or an internal note keeps nothing; a resolution ends every clock."""
    case = await desk.assigned()
    path = f"/cases/{case['id']}"
    for hours, kind in enumerate(("update", "resolution", "callback"), start=1):
        await desk.promise(case, kind, hours=hours * 0.5)
    await desk.post(desk.cast.pm, f"{path}/messages", {"body": "？"}, status=201)
    await desk.post(desk.cast.agent, f"{path}/notes", {"body": "x"}, status=201)
    assert await desk.statuses(case) == ["made", "made", "made"]
    await desk.post(desk.cast.agent, f"{path}/messages", {"body": "在处理"}, status=201)
    assert await desk.statuses(case) == ["kept", "made", "made"]
    await desk.post(desk.cast.agent, f"{path}/resolve", {"resolution": "好了"})
    assert await desk.statuses(case) == ["kept", "kept", "released"]


async def test_renegotiated_before_it_passed(desk: Desk) -> None:
    """A new promise replaces the old one, which is then neither kept nor broken."""
    case = await desk.assigned()
    old = await desk.promise(case, hours=1)
    new = await desk.post(
        desk.cast.agent,
        f"/promises/{old['id']}/renegotiate",
        {"due_at": "2026-11-23T06:00:00Z", "reason": "等待供应商"},
        status=201,
    )
    assert new["replaces_id"] == old["id"]
    assert new["reason"] == "等待供应商"
    desk.clock.forward(hours=2)
    await asyncio.sleep(1.2)
    assert await desk.statuses(case) == ["superseded", "made"]
    seen = await desk.get(desk.cast.pm, f"/cases/{case['id']}")
    assert seen["next_promise"]["id"] == new["id"]
    again = await desk.call(
        desk.cast.agent,
        "POST",
        f"/promises/{old['id']}/renegotiate",
        {"due_at": "2026-11-23T07:00:00Z", "reason": "x"},
    )
    assert again.status_code == 409


async def test_nothing_mends_a_passed_promise(desk: Desk) -> None:
    """Renegotiating or keeping answers 409 even before the timer ran; a late reply is late."""
    case = await desk.assigned()
    promise = await desk.promise(case, hours=1)
    desk.clock.forward(hours=1)
    for act, body in (
        ("renegotiate", {"due_at": "2026-11-23T06:00:00Z", "reason": "x"}),
        ("keep", {}),
    ):
        refused = await desk.post(
            desk.cast.agent, f"/promises/{promise['id']}/{act}", body, status=409
        )
        assert refused["code"] == "promise_passed"
    await desk.post(desk.cast.agent, f"/cases/{case['id']}/messages", {"body": "晚了"}, status=201)
    assert await desk.statuses(case) == ["broken"]


@pytest.mark.parametrize(
    ("due_at", "code", "suggestion"),
    [
        ("2026-11-23T01:59:59Z", "promise_in_past", None),
        ("2026-11-23T02:00:00Z", "promise_in_past", None),
        ("2026-11-23T12:00:00Z", "promise_outside_hours", "2026-11-24T01:00:00Z"),
        ("2026-11-23T04:30:00Z", "promise_outside_hours", "2026-11-23T05:30:00Z"),
        ("2026-11-28T03:00:00Z", "promise_outside_hours", "2026-11-30T01:00:00Z"),
        ("2027-01-01T03:00:00Z", "promise_outside_hours", None),
        ("2036-01-01T03:00:00Z", "promise_too_far", None),
    ],
)
async def test_promised_times_are_ahead_and_inside_working_hours(
    desk: Desk, due_at: str, code: str, suggestion: str | None
) -> None:
    """Else 422 at its place, with the next working moment: lunch, night, weekend, holiday."""
    case = await desk.assigned()
    refused = await desk.post(
        desk.cast.agent,
        "/promises",
        {"case_id": case["id"], "kind": "update", "due_at": due_at},
        status=422,
    )
    assert refused["code"] == code
    assert refused["errors"][0]["pointer"] == "/due_at"
    if suggestion is not None:
        assert refused["suggestion"] == suggestion
        assert suggestion in refused["detail"]


async def test_waiting_for_the_client_stops_the_clock(desk: Desk) -> None:
    """Due later by the working time waited; an agreed call stays; the ledger holds both ends."""
    case = await desk.assigned()
    path = f"/cases/{case['id']}"
    await desk.promise(case, "resolution", hours=1)
    await desk.promise(case, "callback", hours=7)
    desk.clock.forward(minutes=30)
    waiting = await desk.post(desk.cast.agent, f"{path}/wait", {"reason": "请提供课表"})
    assert waiting["status"] == "waiting_client"
    desk.clock.forward(hours=4)
    await asyncio.sleep(1.2)
    assert await desk.statuses(case) == ["made", "made"]
    await desk.post(desk.cast.pm, f"{path}/messages", {"body": "课表如下"}, status=201)
    resumed = await desk.get(desk.cast.pm, path)
    assert resumed["status"] == "assigned"
    # 10:30 to 14:30 holds two and a half working hours: due 11:00 becomes 15:00.
    assert resumed["next_due_at"] == "2026-11-23T07:00:00Z"
    ledger = await desk.rows("SELECT act, at FROM case_pauses ORDER BY at")
    assert [row["act"] for row in ledger] == ["paused", "resumed"]
    assert ledger[1]["at"] - ledger[0]["at"] == timedelta(hours=4)
    desk.clock.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    rows = await until_settled(desk, 2)
    assert {row["kind"]: row["settled_at"] == row["due_at"] for row in rows} == {
        "resolution": True,
        "callback": True,
    }
    assert await broken_events(desk) == 2


async def test_the_inbox_shows_what_is_due_next_first(desk: Desk) -> None:
    """By the next open promise; cases without one come last; pages follow on."""
    cases = [await desk.assigned(subject=f"case {at}") for at in range(4)]
    await desk.promise(cases[2], hours=1)
    await desk.promise(cases[0], hours=1.5)
    await desk.promise(cases[0], "callback", hours=1.75)
    ordered: list[str] = []
    cursor = ""
    while True:
        page = await desk.get(desk.cast.lead, f"/cases?limit=1&fields=subject{cursor}")
        ordered += [item["subject"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert ordered == ["case 2", "case 0", "case 1", "case 3"]
    due = await desk.get(desk.cast.lead, "/cases?next_due_at.before=2026-11-23T03:15:00Z")
    assert [item["subject"] for item in due["items"]] == ["case 2"]


async def test_kept_promise_rate(desk: Desk) -> None:
    """By person and by client; open and replaced ones do not count."""
    case = await desk.assigned()
    agent = desk.cast.agent
    kept = await desk.promise(case, "callback", hours=1)
    await desk.post(agent, f"/promises/{kept['id']}/keep", {"note": "已通话"})
    await desk.promise(case, "update", hours=1)
    await desk.promise(case, "resolution", hours=7)
    desk.clock.forward(hours=1)
    await until_settled(desk, 2)
    rate = await desk.get(desk.cast.lead, f"/promises/kept-rate?made_by={agent.user_id}")
    assert rate == {"kept": 1, "broken": 1, "imported": 0, "rate": 0.5}
    other = await desk.get(desk.cast.lead, f"/promises/kept-rate?client_id={desk.cast.hengda}")
    assert other["rate"] is None
    await desk.get(desk.cast.pm, "/promises/kept-rate", status=403)


async def test_the_event_of_a_broken_promise_tells_the_story(desk: Desk) -> None:
    """State and history travel in it, with the sentence in both languages."""
    case = await desk.assigned()
    await desk.promise(case, hours=1)
    desk.clock.forward(hours=1)
    await until_settled(desk)
    row = (await desk.rows("SELECT data, actor_id FROM outbox ORDER BY seq DESC LIMIT 1"))[0]
    state = orjson.loads(row["data"])
    assert state["steps"][-1]["kind"] == "promise_broken"
    assert state["steps"][-1]["text"]["zh"].endswith("承诺未兑现。")
    assert state["next_due_at"] is None


@pytest.mark.parametrize(
    ("due_at", "said"),
    [
        ("2026-11-23T12:00:00Z", "outside working hours: 09:00–12:00, 13:30–18:00"),
        ("2026-11-28T03:00:00Z", "not a working day"),
    ],
)
async def test_a_time_outside_working_hours_is_refused_with_the_hours_of_that_day(
    desk: Desk, due_at: str, said: str
) -> None:
    case = await desk.assigned()
    refused = await desk.post(
        desk.cast.agent,
        "/promises",
        {"case_id": case["id"], "kind": "update", "due_at": due_at},
        status=422,
    )
    assert [place["detail"] for place in refused["errors"]] == [said]
