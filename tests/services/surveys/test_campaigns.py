"""What a campaign can be changed to."""

from __future__ import annotations

from typing import Any

import pytest

from services.surveys.campaigns.rules import BEST, Trigger, wrong_values
from tests.services.surveys.office import Office

NOW = {"open_days": 14, "reminders": 2, "reminder_days": 4}


@pytest.mark.parametrize(
    ("trigger", "kind", "values", "place"),
    [
        ("case_closed", "csat", {"reminder_days": 7}, "/reminder_days"),
        ("case_closed", "csat", {"open_days": 8}, "/open_days"),
        ("phase_ended", "nps", {"reminders": 3, "open_days": 12}, "/reminders"),
        ("phase_ended", "csat", {"roles": []}, "/roles"),
        ("phase_ended", "csat", {"roles": ["core", "core"]}, "/roles"),
        ("phase_ended", "csat", {"low_at_most": 5}, "/low_at_most"),
        ("phase_ended", "nps", {"low_at_most": 10}, "/low_at_most"),
        ("case_closed", "csat", {"roles": ["core"]}, "/roles"),
        ("case_closed", "csat", {"anonymous": True}, "/anonymous"),
    ],
)
def test_what_asks_nobody_reminds_too_late_or_calls_the_best_answer_low_is_wrong(
    trigger: str, kind: str, values: dict[str, Any], place: str
) -> None:
    assert [each.pointer for each in wrong_values(trigger, kind, values, NOW)] == [place]


@pytest.mark.parametrize(
    "values", [{"reminder_days": 6}, {"open_days": 9}, {"reminders": 0, "open_days": 1}]
)
def test_reminders_may_come_up_to_the_day_before_the_close(values: dict[str, int]) -> None:
    assert wrong_values(Trigger.CASE_CLOSED, "csat", values, NOW) == []


@pytest.mark.parametrize("kind", sorted(BEST))
def test_the_best_answer_but_one_may_be_low(kind: str) -> None:
    assert wrong_values(Trigger.PHASE_ENDED, kind, {"low_at_most": BEST[kind] - 1}, NOW) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"low_at_most": 10},
        {"open_days": 8},
        {"open_days": "5"},
        {"open_days": 5.0},
        {"reminders": True},
        {"reminder_days": "3"},
        {"fatigue_days": False},
        {"low_at_most": "1"},
        {"active": 1},
        {"anonymous": "yes"},
    ],
)
async def test_a_wrong_change_is_refused_and_names_its_place(
    office: Office, wrong: dict[str, Any]
) -> None:
    (one,) = (await office.get(office.admin, "/campaigns?key=phase_ended_team"))["items"]
    match = {"If-Match": f'"{one["version"]}"'}
    path = f"/campaigns/{one['id']}"
    answer = await office.call(office.admin, "PATCH", path, wrong, headers=match, status=422)
    assert [each["pointer"] for each in answer.json()["errors"]] == [f"/{next(iter(wrong))}"]
