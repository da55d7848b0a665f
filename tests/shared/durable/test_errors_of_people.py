"""What PostgreSQL quotes of a person's row under an error is written down nowhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database, Dsns
from shared.ids import new_id
from shared.jobs import Every, JobRunner, Periodic
from shared.redaction import BLANK, error_text
from shared.telemetry import configure_logging
from tests.shared.durable.conftest import fetch

SOMEBODY = "li.wei@huaxin.example"
TWICE = "INSERT INTO people (email, note) VALUES (:email, :note)"
TWICE_ON_THE_WIRE = "INSERT INTO people (email, note) VALUES ($1, 'wire')"
NOTES = ("first visit", "two\nof lines", "with ) a bracket")


@pytest.fixture
async def people(dsns: Dsns) -> AsyncIterator[None]:
    """A table in which a person, with what was noted, stands once."""
    await fetch(dsns, "CREATE TABLE people (email text, note text, UNIQUE (email, note))")
    await fetch(dsns, "GRANT SELECT, INSERT ON people TO durable_worker")
    yield


async def enter_twice(session: AsyncSession, note: str = NOTES[0]) -> None:
    """A real unique violation."""
    for _ in range(2):
        await session.execute(text(TWICE), {"email": SOMEBODY, "note": note})


async def violation(database: Database, note: str) -> IntegrityError:
    """The error of a row that stands there already; its cause quotes the row."""
    with pytest.raises(IntegrityError) as raised:
        async with database.worker_session() as session:
            await enter_twice(session, note)
    assert raised.value.orig is not None
    assert f"({SOMEBODY}, {note})" in str(raised.value.orig.__cause__)
    return raised.value


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("note", NOTES)
async def test_an_error_in_words_names_the_constraint_and_nobody(
    database: Database, note: str
) -> None:
    error = await violation(database, note)
    assert error.orig is not None
    for each in (error, error.orig.__cause__):
        assert each is not None
        said = error_text(each)
        assert "people_email_note_key" in said
        assert SOMEBODY not in said
        assert note not in said


@pytest.mark.usefixtures("people", "own_logging")
async def test_a_logged_traceback_holds_nobody(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("test")
    logger = structlog.get_logger("people", fresh=new_id())
    error = await violation(database, NOTES[1])
    logger.error("failed", exc_info=error)
    logger.error("failed", exc_info=ExceptionGroup("both", [error]))
    for line in capsys.readouterr().out.strip().splitlines()[-2:]:
        said = json.loads(line)["exception"]
        assert f"DETAIL:  {BLANK}" in said
        assert "IntegrityError" in said, "what comes after it is still there"
        assert SOMEBODY not in said
        assert "of lines" not in said


@pytest.mark.usefixtures("people")
async def test_the_reason_of_a_loop_that_failed_holds_nobody(
    database: Database, dsns: Dsns
) -> None:
    async def enter_by_itself(_: AsyncSession) -> None:
        async with database.worker_session() as session:
            await enter_twice(session)

    async def enter_on_the_wire(_: AsyncSession) -> None:
        for _attempt in range(2):
            await database.worker_pool().execute(TWICE_ON_THE_WIRE, SOMEBODY)

    for name, run in (("by_session", enter_by_itself), ("on_the_wire", enter_on_the_wire)):
        runner = JobRunner(database, [Periodic(name, Every(seconds=0), run)])
        task = asyncio.create_task(runner.run())
        async with asyncio.timeout(60):
            while not (
                found := await fetch(dsns, "SELECT last_error FROM periodic WHERE failures > 0")
            ):
                await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert all("people_email_note_key" in row["last_error"] for row in found)
        assert not any(SOMEBODY in row["last_error"] for row in found)
        await fetch(dsns, "DELETE FROM periodic")
