"""What people of a client were asked goes with it when it becomes part of another one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from services.surveys.answers.actions import submit
from services.surveys.belonging import OWNED
from shared.ids import new_id
from tests.services.surveys.office import Office
from tests.support.merging import client, merged

MARKS = {"satisfaction": 1, "comment": "两次都没有人回复"}
TABLES = [OWNED[0].table, *(part.table for part in OWNED[0].parts)]
WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def whose(office: Office) -> set[UUID]:
    """The clients that any table of surveys names."""
    found: set[UUID] = set()
    for table in TABLES:
        rows = await office.rows(f"SELECT DISTINCT client_id FROM {table}")
        found |= {row["client_id"] for row in rows}
    return found


async def asked(office: Office) -> str:
    """The link of somebody who was asked about a closed case."""
    await office.tell(office.case(), action="closed")
    return next(iter((await office.tokens(1)).values()))


async def test_rounds_invitations_and_answers_go_and_are_told_anew(office: Office) -> None:
    await office.answer("POST", await asked(office), MARKS, status=201)
    kept = new_id()
    await office.tell(merged(office.client_id, kept), action="merged")
    assert await whose(office) == {kept}
    for kind in ("round", "response"):
        (told,) = await office.rows(
            "SELECT data FROM outbox WHERE type = $1", f"surveys.{kind}.moved.v1"
        )
        assert orjson.loads(told["data"])["client_id"] == str(kept)
    await office.tell(client(office.client_id), action="split")
    assert await whose(office) == {office.client_id}


async def test_the_person_who_was_asked_still_is_and_a_stranger_is_not(office: Office) -> None:
    await asked(office)
    kept = new_id()
    person = (await office.rows("SELECT person_id FROM survey_invitations"))[0]["person_id"]
    await office.tell(merged(office.client_id, kept), action="merged")
    for member in office.team:
        actor = replace(member.actor, client_id=kept)
        seen = (await office.get(actor, "/invitations"))["items"]
        assert len(seen) == (1 if actor.user_id == person else 0)


async def test_an_answer_that_is_just_being_given_goes_too(office: Office) -> None:
    token, database, kept = await asked(office), office.app.state.runtime.database, new_id()
    async with database.worker_session() as session:
        await submit(session, token, MARKS, ZoneInfo("Asia/Shanghai"))
        following = asyncio.ensure_future(
            office.tell(merged(office.client_id, kept), action="merged")
        )
        async with asyncio.timeout(10):
            while not await office.rows(WAITING):
                await asyncio.sleep(0.02)
    await following
    assert await whose(office) == {kept}


async def test_what_is_asked_about_an_old_client_late_is_the_kept_clients(office: Office) -> None:
    kept = new_id()
    await office.tell(merged(office.client_id, kept), action="merged")
    await office.tell(client(kept))
    await asked(office)
    assert await whose(office) == {kept}
