"""What the desk hears late of a low score, and all at once, opens its case all the same."""

from __future__ import annotations

import pytest

from shared.contracts.surveys import ResponseState
from shared.events import Visibility
from tests.services.desk.conftest import Desk
from tests.services.desk.test_feedback import anonymous_round, answer, cases
from tests.support.telling import hear

AGAIN = pytest.mark.parametrize("again", ["snapshot", "restated", "moved"])


@AGAIN
async def test_a_low_answer_opens_its_case_though_it_is_told_again_at_once(
    desk: Desk, again: str
) -> None:
    state = answer(desk, desk.cast.manager)
    await hear(desk, (state, "submitted", 1), (state, again, 2))
    assert len(await cases(desk, desk.cast.lead)) == 1


@AGAIN
async def test_a_low_round_opens_its_case_though_it_is_told_again_before(
    desk: Desk, again: str
) -> None:
    state = anonymous_round(desk)
    await hear(desk, (state, again, 2))
    assert await cases(desk, desk.cast.lead) == []
    for _ in range(2):
        await hear(desk, (state, "closed", 1))
    assert len(await cases(desk, desk.cast.lead)) == 1


def narrowing(desk: Desk) -> tuple[ResponseState, ResponseState]:
    """A low answer that anybody of the desk may know of, and later agent2 may not."""
    state = answer(desk, desk.cast.manager, visibility=Visibility())
    kept = Visibility(excluded=(desk.cast.agent2.user_id,))
    return state, state.model_copy(update={"visibility": kept})


async def test_the_case_is_kept_from_whom_its_answer_is_kept_from_by_then(desk: Desk) -> None:
    state, kept = narrowing(desk)
    await hear(desk, (kept, "moved", 3))
    await hear(desk, (state, "submitted", 1))
    assert len(await cases(desk, desk.cast.lead)) == 1
    assert await cases(desk, desk.cast.agent2) == []


async def test_what_is_heard_again_late_shows_the_case_to_nobody(desk: Desk) -> None:
    state, kept = narrowing(desk)
    await hear(desk, (state, "submitted", 1))
    assert len(await cases(desk, desk.cast.agent2)) == 1
    await hear(desk, (kept, "reach_changed", 2))
    await hear(desk, (state, "submitted", 1))
    assert await cases(desk, desk.cast.agent2) == []
