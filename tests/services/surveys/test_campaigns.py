"""What a campaign can be changed to."""

from __future__ import annotations

from typing import Any

import pytest

from services.surveys.campaigns.rules import BEST, Trigger, wrong_values
from tests.services.surveys.office import Office


@pytest.mark.parametrize(
    ("trigger", "kind", "values", "place"),
    [
        ("phase_ended", "csat", {"roles": []}, "/roles"),
        ("phase_ended", "csat", {"roles": ["core", "core"]}, "/roles"),
        ("phase_ended", "csat", {"low_at_most": 5}, "/low_at_most"),
        ("phase_ended", "nps", {"low_at_most": 10}, "/low_at_most"),
        ("case_closed", "csat", {"roles": ["core"]}, "/roles"),
        ("case_closed", "csat", {"anonymous": True}, "/anonymous"),
    ],
)
def test_what_asks_nobody_or_calls_the_best_answer_low_is_wrong(
    trigger: str, kind: str, values: dict[str, Any], place: str
) -> None:
    assert [each.pointer for each in wrong_values(trigger, kind, values)] == [place]


@pytest.mark.parametrize("kind", sorted(BEST))
def test_the_best_answer_but_one_may_be_low(kind: str) -> None:
    assert wrong_values(Trigger.PHASE_ENDED, kind, {"low_at_most": BEST[kind] - 1}) == []


async def test_a_wrong_change_is_refused_and_names_its_place(office: Office) -> None:
    (one,) = (await office.get(office.admin, "/campaigns?key=phase_ended_team"))["items"]
    match = {"If-Match": f'"{one["version"]}"'}
    path = f"/campaigns/{one['id']}"
    answer = await office.call(
        office.admin, "PATCH", path, {"low_at_most": 10}, headers=match, status=422
    )
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/low_at_most"]
