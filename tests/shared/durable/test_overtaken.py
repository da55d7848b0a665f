"""What others or the server overtook changed nothing and is answered as worth another try."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import ClassVar
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import Column, Integer
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Field, SQLModel

from shared.database import Database, Dsns
from shared.ids import new_id
from shared.problems import to_problem
from shared.writing import fetch as fetched
from tests.shared.durable.conftest import fetch

_VERSION = Column("version", Integer, nullable=False)


class Counted(SQLModel, table=True):
    """A row whose version says who came first."""

    __tablename__: ClassVar[str] = "counted"
    __mapper_args__: ClassVar[dict[str, object]] = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    words: str
    version: int = Field(default=1, sa_column=_VERSION)


@pytest.fixture
async def narrow(dsns: Dsns) -> AsyncIterator[Database]:
    """One connection for each role: the second transaction meets what the first prepared."""
    database = Database(dsns, pool_size=1)
    await database.open()
    yield database
    await database.close()


async def test_of_two_who_write_the_same_row_unlocked_the_later_may_try_again(
    database: Database, dsns: Dsns
) -> None:
    await fetch(dsns, "CREATE TABLE counted (id uuid PRIMARY KEY, words text, version int)")
    await fetch(dsns, "GRANT SELECT, INSERT, UPDATE ON counted TO durable_worker")
    row_id = new_id()
    await fetch(dsns, "INSERT INTO counted VALUES ($1, 'first', 1)", row_id)
    with pytest.raises(StaleDataError) as overtaken:
        async with database.worker_session() as late:
            mine = await late.get_one(Counted, row_id)
            async with database.worker_session() as early:
                (await early.get_one(Counted, row_id)).words = "theirs"
            mine.words = "mine"
    assert to_problem(overtaken.value).document("en", "")["code"] == "overloaded"
    ((words,),) = await fetch(dsns, "SELECT words FROM counted")
    assert words == "theirs"


async def test_a_statement_prepared_before_a_migration_may_be_tried_again(
    narrow: Database, dsns: Dsns
) -> None:
    everything = "SELECT * FROM things"
    async with narrow.worker_session() as session:
        await fetched(session, everything)
    await fetch(dsns, "ALTER TABLE things ADD COLUMN later text")
    with pytest.raises(asyncpg.InvalidCachedStatementError) as moved:
        async with narrow.worker_session() as session:
            await fetched(session, everything)
    assert to_problem(moved.value).status == 503
    async with narrow.worker_session() as session:
        await fetched(session, everything)
