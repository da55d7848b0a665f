"""What surveys hear late, and all at once, asks as if it had been heard one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.applying import apply_lot
from shared.contracts.desk import CaseState
from shared.events import decode
from tests.services.surveys.office import Office
from tests.support.telling import as_delivered, tell


async def hear(office: Office, case: CaseState, *actions: str) -> None:
    """Events of a case, in one lot."""
    told = [as_delivered(case, action, version) for version, action in enumerate(actions, start=1)]
    runtime = office.app.state.runtime
    async with runtime.database.worker_session() as session:
        lot = [(decode(each), each) for each in told]
        await apply_lot(session, runtime.subscriber.subscriptions, lot)


@pytest.mark.parametrize("again", ["snapshot", "restated", "moved"])
async def test_a_closed_case_asks_though_it_is_told_again_at_once(
    office: Office, again: str
) -> None:
    await hear(office, office.case(), "closed", again)
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
