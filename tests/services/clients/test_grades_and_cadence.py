"""A grade brings a cadence; contact resets the clocks; due days never shift by time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clients.cadence.actions import resetting_clocks
from services.clients.cadence.rules import CALLING, DESK_TOUCHES, VISITING, touches
from services.clients.interactions.rules import InteractionKind
from services.desk.history.wording import WORDING
from shared.contracts.desk import CaseState, CaseStep
from shared.contracts.gateway import UserState
from shared.events import Envelope
from shared.ids import new_id
from tests.services.clients.conftest import Registry
from tests.support.telling import tell

DAYS = {"A": (7, 60), "B": (7, 90), "C": (14, 120)}
SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)


async def graded(registry: Registry, grade: str = "A", **fields: Any) -> dict[str, Any]:
    """A client with a grade."""
    client = await registry.client(**fields)
    body = {"grade": grade, "reason": "重点客户"}
    made: dict[str, Any] = await registry.post(f"/clients/{client['id']}/grade", body)
    return made


async def touched(registry: Registry, client: dict[str, Any], kind: str, at: datetime) -> Any:
    """A contact record of that kind at that moment."""
    body = {"client_id": client["id"], "kind": kind, "summary": "x", "occurred_at": at.isoformat()}
    return await registry.post("/interactions", body, status=201)


async def dues(registry: Registry, client: dict[str, Any]) -> tuple[str, str]:
    """The next call and the next visit."""
    now = await registry.get(f"/clients/{client['id']}")
    return now["next_call_on"], now["next_visit_on"]


@pytest.mark.parametrize("grade", list(DAYS))
async def test_the_clocks_run_from_the_grading_by_the_grades_own_days(
    registry: Registry, grade: str
) -> None:
    client = await graded(registry, grade)
    call, visit = DAYS[grade]
    assert (client["call_days"], client["visit_days"]) == (call, visit)
    assert client["next_call_on"] == str(TODAY + timedelta(days=call))
    assert client["next_visit_on"] == str(TODAY + timedelta(days=visit))
    assert client["next_due_on"] == client["next_call_on"]
    page = await registry.get(f"/clients/{client['id']}/page")
    assert page["client"]["grade"] == grade
    assert page["client"]["next_call_on"] == client["next_call_on"]
    assert page["timeline"][0]["sentence"]["en"] == f"Grade {grade}: 重点客户"


async def test_grades_are_kept_told_and_taken_away(registry: Registry) -> None:
    client = await graded(registry, "A")
    path = f"/clients/{client['id']}/grade"
    again = await registry.post(path, {"grade": "A", "reason": "x"}, status=409)
    assert again["code"] == "same_grade"
    registry.clock.forward(days=40)
    lower = await registry.post(path, {"grade": "C", "reason": "预算取消"})
    assert (lower["grade"], lower["graded_on"]) == ("C", "2027-01-02")
    none = await registry.post(path, {"grade": None, "reason": "不再合作"})
    assert (none["grade"], none["next_call_on"], none["next_due_on"]) == (None, None, None)
    history = await registry.get(f"/clients/{client['id']}/grades")
    kept = [(each["before"], each["grade"], each["by"]["name"]) for each in history["items"]]
    assert kept == [("C", None, "林晓"), ("A", "C", "林晓"), (None, "A", "林晓")]
    told = await registry.rows(
        "SELECT data::jsonb ->> 'grade' AS grade FROM outbox"
        " WHERE type = 'clients.client.graded.v1' ORDER BY seq"
    )
    assert [row["grade"] for row in told] == ["A", "C", None]


@pytest.mark.parametrize("kind", list(InteractionKind))
async def test_each_kind_of_contact_resets_its_clocks_and_no_other(
    registry: Registry, kind: InteractionKind
) -> None:
    assert set(VISITING) <= set(CALLING) == {str(each) for each in InteractionKind}
    client = await graded(registry)
    registry.clock.forward(days=3)
    await touched(registry, client, kind, registry.clock.now)
    visited = TODAY + timedelta(days=63 if kind in VISITING else 60)
    assert await dues(registry, client) == (str(TODAY + timedelta(days=10)), str(visited))


async def test_the_latest_contact_counts_and_a_correction_counts_anew(registry: Registry) -> None:
    client = await graded(registry)
    registry.clock.forward(days=5)
    record = await touched(registry, client, "visit", registry.clock.now)
    await touched(registry, client, "call", registry.clock.now - timedelta(days=4))
    assert await dues(registry, client) == ("2026-12-05", "2027-01-27")
    await registry.call(
        registry.manager,
        "PATCH",
        f"/interactions/{record['id']}",
        {"kind": "call", "occurred_at": (registry.clock.now - timedelta(days=2)).isoformat()},
        headers={"If-Match": '"1"'},
        status=200,
    )
    assert await dues(registry, client) == ("2026-12-03", "2027-01-22")


async def test_due_and_overdue_are_filters_and_the_nearest_comes_first(registry: Registry) -> None:
    late = await graded(registry, "A")
    soon = await graded(registry, "C", name="恒达制造有限公司")
    await registry.client("万里物流有限公司")
    for day, expected in (("2026-11-30", []), ("2026-12-01", [late]), ("2026-12-08", [late, soon])):
        found = await registry.get(f"/clients?due_before={day}&sort=next_call_on")
        assert [each["id"] for each in found["items"]] == [each["id"] for each in expected], day
    ordered = await registry.get("/clients?sort=next_call_on&limit=1")
    rest = await registry.get(f"/clients?sort=next_call_on&limit=5&cursor={ordered['next_cursor']}")
    dates = [each["next_call_on"] for each in (*ordered["items"], *rest["items"])]
    assert dates == ["2026-11-30", "2026-12-07", None]
    graded_a = await registry.get("/clients?grade=A")
    assert [each["id"] for each in graded_a["items"]] == [late["id"]]


async def test_nobody_is_due_who_was_given_up(registry: Registry) -> None:
    client = await graded(registry)
    body = {"stage": "disqualified", "reason": "已停业"}
    moved = await registry.post(f"/clients/{client['id']}/stage", body)
    assert (moved["next_call_on"], moved["next_visit_on"]) == (None, None)


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_in_whatever_order_the_due_days_follow_the_rule(
    registry: Registry, seed: int
) -> None:
    """Against the rule written out: the latest contact of the kind, as a day of the firm's."""
    chance = Random(seed)
    grade = chance.choice(sorted(DAYS))
    client = await graded(registry, grade)
    latest: dict[str, date] = {}
    for _ in range(25):
        kind = chance.choice(list(InteractionKind))
        zone = timezone(timedelta(hours=chance.randint(-12, 14)))
        at = registry.clock.now - timedelta(minutes=chance.randint(0, 400 * 1440))
        await touched(registry, client, kind, at.astimezone(zone))
        day = at.astimezone(SHANGHAI).date()
        latest["call"] = max(day, latest.get("call", day))
        if kind in VISITING:
            latest["visit"] = max(day, latest.get("visit", day))
        called, visited = latest["call"], latest.get("visit", TODAY)
        expected = (called + timedelta(days=DAYS[grade][0]), visited + timedelta(DAYS[grade][1]))
        assert await dues(registry, client) == tuple(map(str, expected))


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-11-22T15:59:59+00:00", "2026-11-22"),
        ("2026-11-22T16:00:00+00:00", "2026-11-23"),
        ("2026-11-23T00:30:00+09:00", "2026-11-22"),
        ("2026-11-22T10:00:00-08:00", "2026-11-23"),
    ],
)
async def test_dates_never_shift_by_time_zone(registry: Registry, utc: str, day: str) -> None:
    client = await graded(registry)
    await touched(registry, client, "visit", datetime.fromisoformat(utc))
    now = await registry.get(f"/clients/{client['id']}")
    assert (now["last_call_on"], now["last_visit_on"]) == (day, day)
    assert now["next_call_on"] == str(date.fromisoformat(day) + timedelta(days=7))
    assert now["next_visit_on"] == str(date.fromisoformat(day) + timedelta(days=60))


def told(client_id: str, *steps: tuple[str, datetime, UUID]) -> Envelope[CaseState]:
    """A case's event with these steps."""
    state = CaseState(
        id=new_id(),
        number="K-1",
        kind="request",
        subject="x",
        status="open",
        client_id=UUID(client_id),
        requester_id=new_id(),
        opened_at=steps[0][1],
        steps=tuple(
            CaseStep(id=new_id(), at=at, kind=kind, actor_id=actor) for kind, at, actor in steps
        ),
    )
    moment = steps[0][1]
    return Envelope(
        new_id(), "desk.case.replied.v1", state.id, 1, 1, moment, state, None, False, None
    )


async def test_a_reply_at_the_desk_is_a_touch_a_requesters_own_words_are_none(
    registry: Registry,
) -> None:
    client = await graded(registry)
    at = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
    requester = registry.client_pm.user_id
    handler = resetting_clocks("Asia/Shanghai")
    database = registry.app.state.runtime.database
    theirs = told(client["id"], ("replied", at + timedelta(days=1), requester))
    ours = told(
        client["id"], ("noted", at, registry.agent.user_id), ("replied", at, registry.agent.user_id)
    )
    person = UserState(id=requester, name="陈", side="client", status="active")
    await tell(registry, person)
    async with database.worker_session() as session:
        await handler(session, theirs)
    assert await dues(registry, client) == ("2026-11-30", "2027-01-22")
    for _ in range(2):
        async with database.worker_session() as session:
            await handler(session, ours)
    assert await dues(registry, client) == ("2026-12-03", "2027-01-22")


def test_the_desks_touches_are_steps_the_desk_really_writes() -> None:
    assert set(WORDING) >= DESK_TOUCHES


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(WORDING)), st.datetimes(timezones=st.just(UTC))),
        max_size=6,
    )
)
def test_only_steps_that_reach_out_are_touches(steps: list[tuple[str, datetime]]) -> None:
    person = new_id()
    found = touches(CaseStep(id=new_id(), at=at, kind=kind, actor_id=person) for kind, at in steps)
    assert found == [(at, person) for kind, at in steps if kind in DESK_TOUCHES]
