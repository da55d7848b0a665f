"""The scheduler against networkx's longest path, and on the working calendar."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.engagements.members.rules import MemberRole
from services.engagements.plan.scheduler import (
    Activity,
    Dependency,
    PlanHasCycle,
    WorkingDays,
    schedule,
)
from services.engagements.templates.library import BUILT_IN, template
from services.engagements.templates.rules import LinkKind
from shared.calendar import WorkingCalendar

FAR = 10_000
CALENDAR = WorkingCalendar()


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Activity], list[Dependency]]:
    """Any plan without circles: links go from lower to higher numbers, then all is shuffled."""
    size = draw(st.integers(1, 9))
    numbers = draw(st.permutations(range(1, size + 1)))
    activities = [Activity(UUID(int=number), draw(st.integers(1, 10))) for number in numbers]
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))
    links = [
        Dependency(
            activities[low].id,
            activities[high].id,
            draw(st.sampled_from(LinkKind)),
            draw(st.integers(-4, 8)),
        )
        for low, high in draw(st.lists(pairs, max_size=16))
        if low < high
    ]
    return draw(st.permutations(activities)), links


def weight(link: Dependency, before: Activity, after: Activity) -> int:
    """How much later than the earlier task's start the later one may start."""
    return (
        link.lag
        + {
            LinkKind.FS: before.days,
            LinkKind.SS: 0,
            LinkKind.FF: before.days - after.days,
            LinkKind.SF: -after.days,
        }[link.kind]
    )


def graph_of(activities: list[Activity], links: list[Dependency]) -> nx.DiGraph:
    """Task starts as nodes; the longest path to a node is its earliest start."""
    by_id = {activity.id: activity for activity in activities}
    graph = nx.DiGraph()
    for activity in activities:
        graph.add_edge("begin", activity.id, weight=0)
    for link in links:
        cost = weight(link, by_id[link.before], by_id[link.after])
        known = graph.get_edge_data(link.before, link.after, {"weight": -FAR})["weight"]
        graph.add_edge(link.before, link.after, weight=max(cost, known))
    return graph


def longest(graph: nx.DiGraph, target: object) -> int:
    """The length of the longest path that ends in `target`."""
    reduced = graph.subgraph(nx.ancestors(graph, target) | {target}).copy()
    reduced.add_edge(target, "end", weight=FAR)
    return int(nx.dag_longest_path_length(reduced)) - FAR


@given(plans())
def test_every_start_is_the_longest_path_to_it(
    plan: tuple[list[Activity], list[Dependency]],
) -> None:
    activities, links = plan
    slots = schedule(activities, links)
    graph = graph_of(activities, links)
    for activity in activities:
        assert slots[activity.id].start == longest(graph, activity.id)
        assert slots[activity.id].finish == slots[activity.id].start + activity.days


@given(plans())
def test_the_float_is_what_a_task_can_wait_without_delaying_the_end(
    plan: tuple[list[Activity], list[Dependency]],
) -> None:
    activities, links = plan
    slots = schedule(activities, links)
    end = max(slot.finish for slot in slots.values())
    for late in activities:
        slack = slots[late.id].float
        assert slack >= 0
        for delay, delays_end in ((slack, False), (slack + 1, True)):
            moved = [
                Activity(one.id, one.days, slots[one.id].start + delay) if one == late else one
                for one in activities
            ]
            later = max(slot.finish for slot in schedule(moved, links).values())
            assert (later > end) == delays_end
    assert any(slot.critical for slot in slots.values())


@given(plans(), st.data())
def test_what_really_happened_stays_and_nothing_begins_before_its_links_allow(
    plan: tuple[list[Activity], list[Dependency]], data: st.DataObject
) -> None:
    activities, links = plan
    index = data.draw(st.integers(0, len(activities) - 1))
    start, length = data.draw(st.integers(0, 30)), data.draw(st.integers(1, 20))
    done = Activity(activities[index].id, activities[index].days, start, start + length)
    everything = [*activities[:index], done, *activities[index + 1 :]]
    slots = schedule(everything, links)
    assert (slots[done.id].start, slots[done.id].finish) == (start, start + length)
    for link in links:
        if link.after != done.id:
            before, after = slots[link.before], slots[link.after]
            held = before.finish if link.kind in (LinkKind.FS, LinkKind.FF) else before.start
            holds = after.start if link.kind in (LinkKind.FS, LinkKind.SS) else after.finish
            assert holds >= held + link.lag


def test_a_circle_is_refused() -> None:
    one, two = Activity(UUID(int=1), 1), Activity(UUID(int=2), 1)
    with pytest.raises(PlanHasCycle):
        schedule([one, two], [Dependency(one.id, two.id), Dependency(two.id, one.id)])


def test_days_follow_the_working_calendar_over_a_holiday() -> None:
    """The National Day week of 2026 is off; the weekend make-up days count where published."""
    days = WorkingDays(CALENDAR, date(2026, 9, 28))
    assert [days.day(offset) for offset in range(3)] == [
        date(2026, 9, 28),
        date(2026, 9, 29),
        date(2026, 9, 30),
    ]
    assert days.day(3) >= date(2026, 10, 8)
    assert days.start_offset(date(2026, 10, 1)) == 3
    assert days.finish_offset(date(2026, 10, 1)) == 3


@given(st.integers(0, 400))
def test_a_day_is_found_again_by_its_offset(offset: int) -> None:
    days = WorkingDays(CALENDAR, date(2026, 11, 23))
    day = days.day(offset)
    assert days.start_offset(day) == offset
    assert days.finish_offset(day) == offset + 1


def test_the_built_in_template_is_whole_and_can_be_scheduled() -> None:
    built_in = template(BUILT_IN)
    ids = {task.key: UUID(int=number) for number, task in enumerate(built_in.tasks, 1)}
    activities = [Activity(ids[task.key], task.days) for task in built_in.tasks]
    links = [
        Dependency(ids[link.task], ids[task.key], link.kind, link.lag)
        for task in built_in.tasks
        for link in task.after
    ]
    slots = schedule(activities, links)
    assert {link.kind for link in links} == set(LinkKind)
    assert 80 <= max(slot.finish for slot in slots.values()) <= 160
    for phase in built_in.phases:
        assert phase.key_nodes and phase.deliverables


def test_a_phase_of_the_built_in_template_waits_for_the_roles_that_its_work_needs() -> None:
    both = {MemberRole.CONSULTING_PM, MemberRole.CLIENT_PM, MemberRole.EXECUTIVE}
    working = both | {MemberRole.CORE}
    everybody = working | {MemberRole.PERIPHERAL}
    assert {phase.kind: set(phase.needs) for phase in template(BUILT_IN).phases} == {
        "preparation": both,
        "survey": working,
        "design": everybody,
        "decision": working,
        "rollout": everybody,
        "closing": working,
    }
