"""Whatever people do in whatever order: the machine, the clocks and the answers stay right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.desk.cases.rules import INTERRUPTIBLE, LIVE, TRANSITIONS, CaseStatus
from services.desk.promises.rules import KEEPS, Act
from tests.services.desk.conftest import Desk
from tests.support.services import MONDAY_TEN

ACTS = (
    "assign", "unassign", "start", "wait", "resume", "restate", "confirm", "correct", "reply",
    "answer", "note", "promise", "renegotiate", "keep", "offer", "accept", "decline", "take_back",
    "resolve", "record", "record_bad", "close", "waive_close", "confirm_close", "reopen",
    "withdraw", "wait_a_while", "wait_long",
)  # fmt: skip
KINDS = ("first_response", "update", "resolution", "solution", "callback")
Step = tuple[str, int]


class Play:
    """One case and what is done with it."""

    def __init__(self, desk: Desk, case: dict[str, Any]) -> None:
        self.desk = desk
        self.id = case["id"]
        self.path = f"/cases/{self.id}"

    async def act(self, name: str, pick: int) -> httpx.Response | None:
        """Do one thing; None when it was only time that passed."""
        desk, agent, pm = self.desk, self.desk.cast.agent, self.desk.cast.pm
        if name in ("wait_a_while", "wait_long"):
            desk.clock.forward(minutes=7 if name == "wait_a_while" else 600)
            return None
        simple: dict[str, tuple[Any, str, Any]] = {
            "assign": (agent, "assign", {"assignee_id": str(agent.user_id)}),
            "unassign": (agent, "assign", {"assignee_id": None}),
            "start": (agent, "start", None),
            "wait": (agent, "wait", {"reason": "?"}),
            "resume": (agent, "resume", None),
            "restate": (agent, "restate", {"text": "x"}),
            "confirm": (pm, "confirm-need", {"confirmed": True}),
            "correct": (pm, "confirm-need", {"confirmed": False, "comment": "y"}),
            "reply": (agent, "messages", {"body": "x"}),
            "answer": (pm, "messages", {"body": "x"}),
            "note": (agent, "notes", {"body": "x"}),
            "resolve": (agent, "resolve", {"resolution": "x"}),
            "close": (agent, "close", {}),
            "waive_close": (agent, "close", {"waive_reason": "x"}),
            "confirm_close": (pm, "close", None),
            "reopen": (pm, "reopen", {"reason": "x"}),
            "withdraw": (pm, "withdraw", {"reason": "x"}),
        }
        if name in simple:
            actor, act, body = simple[name]
            return await desk.call(actor, "POST", f"{self.path}/{act}", body)
        return await self._with_child(name, pick)

    async def _with_child(self, name: str, pick: int) -> httpx.Response | None:
        desk, agent, pm = self.desk, self.desk.cast.agent, self.desk.cast.pm
        due = (desk.clock.now + timedelta(minutes=5 + pick)).isoformat()
        if name == "promise":
            body = {"case_id": self.id, "kind": KINDS[pick % 5], "due_at": due}
            return await desk.call(agent, "POST", "/promises", body)
        if name == "offer":
            body = {"case_id": self.id, "title": "x", "description": "x"}
            return await desk.call(agent, "POST", "/solutions", body)
        table, actor, act, sent = {
            "renegotiate": ("promises", agent, "renegotiate", {"due_at": due, "reason": "x"}),
            "keep": ("promises", agent, "keep", {}),
            "accept": ("solutions", pm, "accept", None),
            "decline": ("solutions", pm, "decline", {"reason": "x"}),
            "take_back": ("solutions", agent, "withdraw", None),
            "record": ("follow-ups", agent, "record", {"satisfied": True}),
            "record_bad": ("follow-ups", agent, "record", {"satisfied": False, "reopen": True}),
        }[name]
        items = (await desk.get(agent, f"/{table}?case_id={self.id}"))["items"]
        if not items:
            return None
        chosen = items[pick % len(items)]
        return await desk.call(actor, "POST", f"/{table}/{chosen['id']}/{act}", sent)

    async def status(self) -> CaseStatus:
        """Where the case stands."""
        row = (await self.desk.rows("SELECT status FROM cases WHERE id = $1::uuid", self.id))[0]
        return CaseStatus(row["status"])

    async def check(self, before: CaseStatus, name: str, answer: httpx.Response | None) -> None:
        """What must hold after every act."""
        case, promises = await self._read()
        status = CaseStatus(case["status"])
        if answer is not None:
            assert answer.status_code < 500, (name, answer.text)
            assert answer.status_code < 400 or status is before, (name, answer.text)
        assert reachable(before, status), (name, before, status)
        still = [each for each in promises if each["status"] == "made"]
        if status not in LIVE:
            assert not still, (name, status)
        following = min((each["due_at"] for each in still), default=None)
        assert case["next_due_at"] == following
        for each in promises:
            if each["status"] == "kept":
                assert each["settled_at"] < each["due_at"]
            if each["status"] == "broken":
                assert each["settled_at"] == each["due_at"] <= self.desk.clock.now
        if name == "reply" and answer is not None and answer.status_code == 201:
            assert not [each for each in still if each["kind"] in KEEPS[Act.REPLIED]]
        assert (status is CaseStatus.WAITING_CLIENT) == (case["waiting_since"] is not None)
        assert (status in {CaseStatus.RESOLVED, CaseStatus.CLOSED}) == (
            case["resolved_at"] is not None
        )

    async def _read(self) -> tuple[Any, list[Any]]:
        """Case and promises of one moment: the timers go on beside the test."""
        connection = await asyncpg.connect(self.desk.dsns.worker)
        try:
            async with connection.transaction(isolation="repeatable_read"):
                case = await connection.fetchrow("SELECT * FROM cases WHERE id = $1", self.id)
                promises = await connection.fetch(
                    "SELECT * FROM promises WHERE case_id = $1", self.id
                )
        finally:
            await connection.close()
        return case, promises


def reachable(before: CaseStatus, after: CaseStatus) -> bool:
    """One act takes at most two steps of the table: an answer resumes and then moves on."""
    if before is after or after in follow(before):
        return True
    return any(after in follow(between) for between in follow(before))


def follow(status: CaseStatus) -> frozenset[CaseStatus]:
    """What comes after a state: by the table, or taken up again after waiting."""
    again = INTERRUPTIBLE if status is CaseStatus.WAITING_CLIENT else frozenset[CaseStatus]()
    return TRANSITIONS[status] | again


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 20)), min_size=4, max_size=14),
    st.booleans(),
)
async def test_any_order_of_acts(desk: Desk, steps: list[Step], understood: bool) -> None:
    """No server error, no step outside the table, no clock that runs on, no late keeping."""
    desk.clock.now = max(desk.clock.now, MONDAY_TEN) + timedelta(days=1)
    while desk.clock.now.astimezone(UTC).weekday() > 4:
        desk.clock.forward(days=1)
    desk.clock.now = datetime.combine(desk.clock.now.date(), MONDAY_TEN.timetz())
    play = Play(desk, await (desk.understood() if understood else desk.complaint()))
    for name, pick in steps:
        before = await play.status()
        await play.check(before, name, await play.act(name, pick))
