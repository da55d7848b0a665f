"""A round is closed with the answers that are just being written."""

from __future__ import annotations

import asyncio
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from services.surveys.answers.actions import submit
from services.surveys.answers.store import find_token
from services.surveys.rounds.actions import close
from services.surveys.rounds.rules import CLOSE, token_hash
from shared.timers import Fired
from tests.services.surveys.office import Office
from tests.services.surveys.test_anonymity import asked
from tests.services.surveys.test_reach import WAITING

BAD = {"satisfaction": 1}
ZONE = ZoneInfo("Asia/Shanghai")


async def closing(office: Office) -> None:
    """Close the only round, as its timer does."""
    (round_,) = await office.rows("SELECT id, closes_at FROM survey_rounds")
    fired = Fired(UUID(int=0), CLOSE, str(round_["id"]), round_["closes_at"], {}, 0)
    async with office.app.state.runtime.database.worker_session() as session:
        await close(session, fired)


async def test_a_round_is_low_by_an_answer_that_was_being_written_at_its_close(
    office: Office,
) -> None:
    tokens = list((await asked(office)).values())
    for token in tokens[:4]:
        await office.answer("POST", token, BAD, status=201)
    async with office.app.state.runtime.database.worker_session() as session:
        await submit(session, tokens[4], BAD, ZONE)
        end = asyncio.create_task(closing(office))
        await office.until(WAITING)
    await end
    (row,) = await office.rows("SELECT data FROM outbox WHERE type = 'surveys.round.closed.v1'")
    state = orjson.loads(row["data"])
    assert ([group["low"] for group in state["groups"]], state["low"]) == ([True], True)
    assert state["owner_id"] == str(office.lead.user_id)


async def test_a_close_waits_for_an_answer_instead_of_each_for_the_other(office: Office) -> None:
    await office.tell(office.case(), action="closed")
    (token,) = (await office.tokens(1)).values()
    async with office.app.state.runtime.database.worker_session() as session:
        assert await find_token(session, token_hash(token), office.clock.now, lock=True)
        end = asyncio.create_task(closing(office))
        await office.until(WAITING)
        await submit(session, token, BAD, ZONE)
    await end
    (invitation,) = await office.rows("SELECT status FROM survey_invitations")
    assert invitation["status"] == "answered"
