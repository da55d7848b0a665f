"""The main job from end to end by the public API: each step stands on the client page in time."""

from __future__ import annotations

import time
from collections import defaultdict
from math import ceil
from typing import Final

import pytest

from tests.loop.cast import Cast
from tests.loop.steps import STEPS, Walker
from tests.loop.story import Story

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

ROUNDS: Final = 25
FEWEST: Final = 5
BUDGET_SECONDS: Final = 15.0
"""A slow machine goes round less often, but often enough to say something."""
LONGEST_SECONDS: Final = 1.0


def test_every_step_of_the_whole_loop_stands_on_the_client_page_within_a_second(
    cast: Cast,
) -> None:
    campaign = cast.admin.get("/campaigns", key="case_closed")["items"][0]
    cast.admin.patch(f"/campaigns/{campaign['id']}", fatigue_days=0)
    first = once_round(cast, 0)[1]
    slowest = max(first, key=lambda name: first[name])
    print(f"\nfirst time round, all processes cold: {slowest} {first[slowest] * 1000:.0f} ms")
    taken: dict[str, list[float]] = defaultdict(list)
    begun, rounds = time.monotonic(), 0
    while rounds < FEWEST or (rounds < ROUNDS and time.monotonic() - begun < BUDGET_SECONDS):
        rounds += 1
        story, seconds = once_round(cast, rounds)
        for name, each in seconds.items():
            taken[name].append(each)
    print(f"{rounds} whole loops in {time.monotonic() - begun:.0f} s; ms until it stands there")
    print(f"{'step':<24}{'p50':>8}{'p99':>8}")
    for name, times in taken.items():
        print(f"{name:<24}{quantile(times, 0.5) * 1000:8.0f}{quantile(times, 0.99) * 1000:8.0f}")
    late = {
        name: p99 for name, each in taken.items() if (p99 := quantile(each, 0.99)) > LONGEST_SECONDS
    }
    assert late == {}
    all_of_it_stands_there(story)


def once_round(cast: Cast, number: int) -> tuple[Story, dict[str, float]]:
    """One whole loop; by step the seconds until it stood where it must."""
    walker = Walker(Story(cast, number))
    return walker.story, {step.name: walker.take(step) for step in STEPS}


def quantile(values: list[float], share: float) -> float:
    """The value by nearest rank: of fewer than a hundred the 99th percentile is the largest."""
    return sorted(values)[ceil(len(values) * share) - 1]


def all_of_it_stands_there(story: Story) -> None:
    """One reading of the page tells the last loop from beginning to end, in order."""
    cast = story.cast
    entries = reversed(story.page["timeline"])
    records = {story.ids[name]: name for name in ("opportunity", "engagement", "case")}
    kinds = [
        f"{records[entry['record_id']]} {entry['kind']}"
        for entry in entries
        if entry["record_id"] in records
    ]
    assert [kind for kind in kinds if kind in MILESTONES] == list(MILESTONES)
    case = cast.manager.get(f"/cases/{story.ids['follow-up case']}")
    assert (case["kind"], case["channel"]) == ("complaint", "survey")
    assert case["assignee"]["id"] == cast.manager.id


MILESTONES: Final = (
    "opportunity opened",
    "opportunity won",
    "engagement drafted_from_opportunity",
    "engagement phase_started",
    "engagement deliverable_submitted",
    "engagement deliverable_commented",
    "engagement deliverable_checked",
    "engagement deliverable_accepted",
    "case opened",
    "case promise_made",
    "case promise_kept",
    "case solution_accepted",
    "case resolved",
    "case closed",
)
