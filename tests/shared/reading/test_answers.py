"""A write answers with its record as the Detail shows it, before anything is committed."""

import json

import pytest
from sqlalchemy import text

from shared.answering import Answer
from shared.errors import NotFound
from tests.shared.reading.conftest import ADMIN, AGENT, STRANGER, Insert, Reader
from tests.shared.reading.sample import LOAN


async def test_a_write_answers_with_what_it_just_wrote(reader: Reader, loan: Insert) -> None:
    made = await loan(title="before", secret="x")
    answer = Answer(LOAN)
    async with reader.database.transaction(AGENT) as session:
        response = await answer(session, made, status=201, location="/loans/1")
        assert response.headers["etag"] == '"1"'
        assert (response.status_code, response.headers["location"]) == (
            201,
            "/loans/1",
        )
        body = json.loads(bytes(response.body))
        assert "secret" not in body
        assert await answer.theirs(session, made)() == body
        assert await session.scalar(text("SELECT rapport_user()")) == AGENT.user_id
    async with reader.database.transaction(ADMIN) as session:
        assert json.loads(bytes((await answer(session, made)).body))["secret"] == "x"


async def test_a_repeated_call_sees_only_what_the_caller_still_may(
    reader: Reader, loan: Insert
) -> None:
    made = await loan()
    async with reader.database.transaction(STRANGER) as session:
        with pytest.raises(NotFound):
            await Answer(LOAN).still_visible(session, STRANGER, {"id": str(made)})
