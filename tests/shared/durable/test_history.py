"""Only administrators enter history, and it is really past."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.clock import utc_now
from shared.database import Database, context_of
from shared.history import ImpossibleMoment, NotAnImporter, occurred
from shared.identity import Side
from tests.shared.durable.conftest import person


async def test_without_a_moment_it_is_now_and_no_history(database: Database) -> None:
    async with database.transaction(person(Side.CLIENT)) as session:
        assert abs(occurred(session, None) - utc_now()) < timedelta(seconds=5)
        assert not context_of(session).historical


@pytest.mark.parametrize("actor", [person(Side.FIRM, "admin"), person(Side.SYSTEM)])
async def test_an_administrator_may_say_when(database: Database, actor: object) -> None:
    async with database.transaction(actor) as session:  # type: ignore[arg-type]
        moment = utc_now() - timedelta(days=400)
        assert occurred(session, moment) == moment
        assert context_of(session).historical


@pytest.mark.parametrize("actor", [person(Side.FIRM, "partner"), person(Side.CLIENT)])
async def test_nobody_else_may(database: Database, actor: object) -> None:
    async with database.transaction(actor) as session:  # type: ignore[arg-type]
        with pytest.raises(NotAnImporter):
            occurred(session, utc_now() - timedelta(days=1))


@pytest.mark.parametrize("days", [1, -60 * 365])
async def test_the_future_and_the_time_before_computers_are_refused(
    database: Database, days: int
) -> None:
    async with database.transaction(person(Side.FIRM, "admin")) as session:
        with pytest.raises(ImpossibleMoment):
            occurred(session, utc_now() + timedelta(days=days))
