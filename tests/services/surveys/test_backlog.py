"""What surveys hear late, and all at once, asks as if it had been heard one by one."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from shared.errors import NotKnownYet
from shared.events import Visibility
from tests.services.surveys.office import Member, Office
from tests.support.telling import hear, tell


async def asked(office: Office) -> int:
    """How many rounds were opened."""
    return len(await office.rows("SELECT 1 FROM survey_rounds"))


@pytest.mark.parametrize("again", ["snapshot", "restated", "moved"])
async def test_a_closed_case_asks_though_it_is_told_again_at_once(
    office: Office, again: str
) -> None:
    case = office.case()
    await hear(office, (case, "closed", 1), (case, again, 2))
    assert len(await office.rows("SELECT 1 FROM survey_invitations")) == 1


async def test_a_case_that_was_closed_long_ago_asks_nobody(office: Office) -> None:
    await tell(office, office.case(), "closed", at=office.clock.now - timedelta(days=31))
    assert await office.rows("SELECT 1 FROM survey_rounds") == []


@pytest.mark.parametrize("act", ["assigned", "noted", "about_changed", "follow_up_recorded"])
async def test_what_is_done_with_a_closed_case_asks_nobody(office: Office, act: str) -> None:
    case = office.case(closed_at=office.clock.now - timedelta(days=400))
    await tell(office, case, "closed", historical=True)
    await tell(office, case, act, version=2)
    assert await office.rows("SELECT 1 FROM survey_rounds") == []


async def test_a_case_is_too_old_to_ask_about_by_its_closing_not_by_the_telling(
    office: Office,
) -> None:
    closed_at = office.clock.now - timedelta(days=31)
    await tell(office, office.case(closed_at=closed_at), "closed")
    assert await office.rows("SELECT 1 FROM survey_rounds") == []


async def test_who_is_named_right_after_the_close_is_kept_from_the_survey_too(
    office: Office,
) -> None:
    case = office.case(visibility=Visibility())
    named = case.model_copy(update={"visibility": Visibility(excluded=(office.agent.user_id,))})
    await hear(office, (case, "closed", 1), (named, "about_changed", 2))
    for table in ("survey_rounds", "survey_invitations"):
        (row,) = await office.rows(f"SELECT excluded FROM {table}")
        assert row["excluded"] == [office.agent.user_id]


@pytest.mark.parametrize("again", ["snapshot", "restated", "moved"])
async def test_an_ended_phase_asks_though_it_is_told_again_at_once(
    office: Office, again: str
) -> None:
    ended = office.engagement("ended")
    await hear(office, (ended, "phase_ended", 2), (ended, again, 3))
    assert await asked(office) == 2


@pytest.mark.parametrize("again", ["snapshot", "restated", "moved"])
async def test_an_ended_phase_that_waits_for_its_team_asks_though_it_is_told_again_before(
    office: Office, again: str
) -> None:
    newcomer = office.place(Member(office.team[1].actor, "core", ""))
    ended = office.engagement("ended").model_copy(update={"client_member_ids": (newcomer.id,)})
    with pytest.raises(NotKnownYet):
        await hear(office, (ended, "phase_ended", 2))
    await hear(office, (ended, again, 3))
    await hear(office, (newcomer, "added", 1))
    await hear(office, (ended, "phase_ended", 2))
    assert await asked(office) == 2


async def test_an_ended_phase_asks_nobody_where_its_engagement_is_given_up_at_once(
    office: Office,
) -> None:
    ended = office.engagement("ended")
    given_up = ended.model_copy(update={"status": "cancelled"})
    await hear(office, (ended, "phase_ended", 2), (given_up, "cancelled", 3))
    await hear(office, (ended, "phase_ended", 2))
    assert await asked(office) == 0


async def test_a_phase_that_ended_long_ago_asks_nobody(office: Office) -> None:
    then = office.clock.now - timedelta(days=31)
    await tell(office, office.engagement("ended", then.date()), "phase_ended", at=then)
    assert await asked(office) == 0


async def test_of_cases_of_one_requester_that_close_at_once_one_asks(office: Office) -> None:
    cases = [office.case(number=f"K-2026-{number:06}") for number in range(6)]
    await asyncio.gather(*(hear(office, (case, "closed", 1)) for case in cases))
    told = await office.rows(
        "SELECT status, count(*) FROM survey_invitations GROUP BY 1 ORDER BY 1"
    )
    assert [tuple(row) for row in told] == [("open", 1), ("spared", 5)]
