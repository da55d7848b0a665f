"""What is asked about a case is kept from whoever the case is about, whenever they are named."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
import pytest
from sqlalchemy import event

from services.surveys.answers.actions import submit
from services.surveys.refs.store import OWN_PEOPLE
from shared.applying import apply_lot
from shared.contracts.desk import CaseState
from shared.events import Visibility, decode
from shared.snapshot import publish_snapshot
from tests.services.surveys.office import Member, Office, importing
from tests.support.services import firm
from tests.support.telling import as_delivered

MARKS = {"satisfaction": 1, "comment": "两次都没有人回复"}
WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def about(case: CaseState, *people: UUID) -> CaseState:
    """The case, about these people."""
    return case.model_copy(update={"visibility": Visibility(excluded=people)})


@pytest.fixture
async def case(office: Office) -> AsyncIterator[CaseState]:
    """A closed case about nobody, whose requester has been asked."""
    case = about(office.case())
    await office.tell(case, action="closed")
    yield case


async def token_of(office: Office) -> str:
    """What stands in the only link."""
    return next(iter((await office.tokens(1)).values()))


async def seen_by_agent(office: Office) -> list[int]:
    """How many invitations and answers the agent sees."""
    lists = [await office.get(office.agent, f"/{name}") for name in ("invitations", "responses")]
    return [len(each["items"]) for each in lists]


async def told(office: Office, kind: str) -> list[Any]:
    """Who was excluded in the events of a type, in order."""
    rows = await office.rows("SELECT data FROM outbox WHERE type = $1 ORDER BY seq", kind)
    return [orjson.loads(row["data"])["visibility"]["excluded"] for row in rows]


async def test_who_is_named_later_sees_the_answer_no_more_and_again_once_unnamed(
    office: Office, case: CaseState
) -> None:
    await office.answer("POST", await token_of(office), MARKS, status=201)
    assert await seen_by_agent(office) == [1, 1]
    (one,) = (await office.get(office.manager, "/responses"))["items"]
    named = about(case, office.agent.user_id)
    for _ in range(2):
        await office.tell(named, action="about_changed")
    assert await seen_by_agent(office) == [0, 0]
    await office.get(office.agent, f"/responses/{one['id']}", status=404)
    await office.get(office.manager, f"/responses/{one['id']}")
    await office.tell(case, action="about_changed")
    assert await seen_by_agent(office) == [1, 1]
    agent = str(office.agent.user_id)
    for kind in ("response", "round"):
        assert await told(office, f"surveys.{kind}.reach_changed.v1") == [[agent], []]


async def test_an_answer_given_after_the_naming_is_kept_from_them(
    office: Office, case: CaseState
) -> None:
    await office.tell(about(case, office.agent.user_id), action="about_changed")
    await office.answer("POST", await token_of(office), MARKS, status=201)
    assert await seen_by_agent(office) == [0, 0]
    assert await told(office, "surveys.response.submitted.v1") == [[str(office.agent.user_id)]]


async def test_an_answer_being_written_during_the_naming_is_kept_from_them(
    office: Office, case: CaseState
) -> None:
    token, database = await token_of(office), office.app.state.runtime.database
    async with database.worker_session() as session:
        await submit(session, token, MARKS, ZoneInfo("Asia/Shanghai"))
        named = about(case, office.agent.user_id)
        naming = asyncio.create_task(office.tell(named, action="about_changed"))
        await office.until(WAITING)
    await naming
    assert await seen_by_agent(office) == [0, 0]


async def test_an_imported_answer_is_kept_from_whoever_its_case_is_about(office: Office) -> None:
    case = office.case()
    body = {
        "campaign": "case_closed",
        "client_id": str(office.client_id),
        "subject": case.number,
        "case_id": str(case.id),
        "person_id": str(office.team[1].actor.user_id),
        "answers": MARKS,
    }
    when, admin = {"Rapport-Occurred-At": "2026-06-01T03:00:00Z"}, importing(office.admin)
    early = await office.call(admin, "POST", "/responses", body, headers=when, status=422)
    assert early.json()["code"] == "not_known_yet"
    await office.tell(case, action="closed", historical=True)
    await office.call(admin, "POST", "/responses", body, headers=when, status=201)
    assert await seen_by_agent(office) == [0, 0]
    assert len((await office.get(office.manager, "/responses"))["items"]) == 1
    await office.tell(about(case), action="about_changed")
    assert (await seen_by_agent(office))[1] == 1
    (again,) = await office.rows("SELECT type, data FROM outbox WHERE type LIKE '%reach_changed%'")
    assert again["type"] == "surveys.response.reach_changed.v1"
    assert orjson.loads(again["data"])["historical"]


async def test_a_snapshot_says_whom_an_answer_is_kept_from_now(
    office: Office, case: CaseState
) -> None:
    await office.answer("POST", await token_of(office), MARKS, status=201)
    await office.tell(about(case, office.agent.user_id), action="about_changed")
    runtime = office.app.state.runtime
    await publish_snapshot(runtime.database, runtime.service.published, aggregate="response")
    assert await told(office, "surveys.response.snapshot.v1") == [[str(office.agent.user_id)]]


async def test_who_of_the_firm_leaves_the_team_is_told_of_its_answers_no_more(
    office: Office,
) -> None:
    await office.campaign("phase_ended_team", active=False)
    await office.end_phase()
    token = next(iter((await office.tokens(2)).values()))
    await office.answer("POST", token, {"recommend": 3}, status=201)
    (place,) = await office.rows("SELECT id FROM member_refs WHERE side = 'firm'")
    lead = Member(office.lead, "consulting_pm", "")
    later = Member(office.bystander, "consultant", "")
    await office.tell(office.place(later), action="added")
    await office.tell(office.place(lead, id=place["id"], status="ended"), action="ended")
    one, other = str(office.lead.user_id), str(office.bystander.user_id)
    for kind in ("response", "round"):
        rows = await office.rows("SELECT data FROM outbox WHERE aggregate = $1 ORDER BY seq", kind)
        users = [orjson.loads(row["data"])["visibility"]["firm_users"] for row in rows]
        assert users == [[one], sorted([one, other]), [other]]


async def test_places_taken_at_once_tell_a_round_and_its_answers_once(
    office: Office,
) -> None:
    await office.campaign("phase_ended_team", active=False)
    await office.end_phase()
    for token in (await office.tokens(2)).values():
        await office.answer("POST", token, {"recommend": 3}, status=201)
    newcomers = [Member(firm(f"Newcomer {n}", "consultant"), "consultant", "") for n in range(3)]
    runtime = office.app.state.runtime
    lot = [(decode(each), each) for each in map(as_delivered, map(office.place, newcomers))]
    asked: list[Any] = []
    async with runtime.database.worker_session() as session:
        wire = (await session.connection()).sync_connection
        event.listen(wire, "before_cursor_execute", lambda *each: asked.append(each[4]))
        await apply_lot(session, runtime.subscriber.subscriptions, lot)
    for kind, count in (("round", 1), ("response", 2)):
        assert len(await told(office, f"surveys.{kind}.reach_changed.v1")) == count
    assert 0 < sum(each.invoked_statement is OWN_PEOPLE for each in asked) <= 2
