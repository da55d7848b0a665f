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
