"""The rules of a joint team, for every team there can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.engagements.members.rules import (
    CLIENT_ROLES,
    ONE_OF_A_KIND,
    AnswersToNobody,
    ManagerExists,
    MemberRole,
    MemberStatus,
    NoDomain,
    Place,
    WrongSide,
    check_place,
    check_side,
    gaps,
    may_staff,
    overlap,
    status_on,
)

R = MemberRole
DOMAINS = ("采购", "销售", "生产")
EVERYTHING = frozenset(R)
domains = st.frozensets(st.sampled_from(DOMAINS))


@st.composite
def teams(draw: st.DrawFn) -> list[Place]:
    """Any team, in order or not."""
    size = draw(st.integers(0, 8))
    ids = [UUID(int=number) for number in range(1, size + 1)]
    return [
        Place(
            id_,
            draw(st.sampled_from(list(R))),
            draw(domains),
            draw(st.none() | st.sampled_from([*ids, UUID(int=99)])),
        )
        for id_ in ids
    ]


Lack = tuple[str, str | UUID | None]
"""What a team lacks: the code, with the domain or the place concerned."""


def lacks(team: list[Place], wanted: frozenset[str], small: bool) -> set[Lack]:
    """What product.md finds wanting in a team, said another way: as the set of what is there."""
    filled = {(place.role, name) for place in team for name in (None, *place.domains)}
    due: dict[tuple[R, str | None], Lack] = {
        (R.CONSULTING_PM, None): ("no_consulting_pm", None),
        (R.CLIENT_PM, None): ("no_client_pm", None),
        (R.EXECUTIVE, None): ("no_executive", None),
        **{(R.CORE, name): ("domain_without_core", name) for name in wanted},
    }
    if not small:
        due |= {(R.PERIPHERAL, name): ("domain_without_peripheral", name) for name in wanted}
    led = {(place.id, name) for place in team if place.role is R.CORE for name in place.domains}
    below = {
        place.id: {(place.answers_to, name) for name in place.domains}
        for place in team
        if place.role is R.PERIPHERAL
    }
    return (
        {lack for place, lack in due.items() if place not in filled}
        | {("peripheral_without_core", id_) for id_, above in below.items() if not above & led}
        | ({("no_domain", None)} if not wanted else set())
    )


def told(team: list[Place], wanted: frozenset[str], small: bool) -> list[Lack]:
    """What `gaps` says of a team that everything is asked of."""
    found = gaps(team, domains=sorted(wanted), small=small, needs=EVERYTHING)
    return [(gap.code, gap.domain or gap.member_id) for gap in found]


@st.composite
def whole_teams(draw: st.DrawFn) -> tuple[list[Place], frozenset[str], bool]:
    """A team that lacks nothing, the domains in work, and whether it is small: one in any order.

    A small one may have no peripheral member, or some; a core member may lead several domains.
    """
    wanted = draw(st.frozensets(st.sampled_from(DOMAINS), min_size=1))
    small = draw(st.booleans())
    numbers = iter(range(1, 100))
    places = [Place(UUID(int=next(numbers)), role) for role in (*ONE_OF_A_KIND, R.EXECUTIVE)]
    for name in sorted(wanted):
        core = Place(UUID(int=next(numbers)), R.CORE, draw(domains) | {name})
        places.append(core)
        for _ in range(draw(st.integers(0 if small else 1, 2))):
            below = draw(st.frozensets(st.sampled_from(sorted(core.domains)))) | {name}
            places.append(Place(UUID(int=next(numbers)), R.PERIPHERAL, below, core.id))
    for role in draw(st.lists(st.sampled_from([R.DIRECTOR, R.CONSULTANT, R.EXPERT]), max_size=2)):
        places.append(Place(UUID(int=next(numbers)), role))
    return draw(st.permutations(places)), wanted, small


def spoiled(team: list[Place], place: Place) -> list[list[Place]]:
    """Every team one defect away at a place: it is empty, out of its domain, or answers wrongly."""
    rest = [each for each in team if each is not place]
    found = [rest]
    if place.domains:
        found.append([*rest, replace(place, domains=frozenset({"财务"}))])
    if place.role is R.PERIPHERAL:
        above = [None, place.id, UUID(int=99), *(each.id for each in rest)]
        found += [[*rest, replace(place, answers_to=id_)] for id_ in above]
    return found


@given(teams(), domains, st.booleans())
def test_what_any_team_lacks_is_told_and_nothing_else(
    team: list[Place], wanted: frozenset[str], small: bool
) -> None:
    found = told(team, wanted, small)
    assert (set(found), len(found)) == (lacks(team, wanted, small), len(set(found)))


@given(whole_teams())
def test_a_whole_team_lacks_nothing(whole: tuple[list[Place], frozenset[str], bool]) -> None:
    assert told(*whole) == []
    assert lacks(*whole) == set()


@given(whole_teams(), st.data())
def test_every_defect_of_a_whole_team_is_told_and_nothing_else(
    whole: tuple[list[Place], frozenset[str], bool], data: st.DataObject
) -> None:
    team, wanted, small = whole
    for broken in spoiled(team, data.draw(st.sampled_from(team))):
        assert sorted(map(str, told(broken, wanted, small))) == sorted(
            map(str, lacks(broken, wanted, small))
        )


@given(whole_teams())
def test_only_a_small_team_does_without_its_peripheral_members(
    whole: tuple[list[Place], frozenset[str], bool],
) -> None:
    team, wanted, _ = whole
    without = [place for place in team if place.role is not R.PERIPHERAL]
    assert told(without, wanted, True) == []
    missing = {("domain_without_peripheral", name) for name in wanted}
    assert set(told(without, wanted, False)) == missing


@given(teams(), domains, st.booleans())
def test_a_phase_that_needs_less_misses_no_more(
    team: list[Place], wanted: frozenset[str], small: bool
) -> None:
    every = gaps(team, domains=sorted(wanted), small=small, needs=EVERYTHING)
    some = gaps(team, domains=sorted(wanted), small=small, needs={R.CLIENT_PM, R.CORE})
    assert [gap for gap in every if gap in some] == some


@given(teams())
def test_whoever_is_let_in_leaves_no_loose_end(team: list[Place]) -> None:
    """Places that were checked one by one never break a rule together."""
    standing: list[Place] = []
    for place in team:
        try:
            check_place(place, standing)
        except (ManagerExists, NoDomain, AnswersToNobody):
            continue
        standing.append(place)
    for role in ONE_OF_A_KIND:
        assert sum(place.role is role for place in standing) <= 1
    loose = [gap for gap in gaps(standing, domains=[], small=True, needs=()) if gap.member_id]
    assert loose == []


@given(st.sampled_from(list(R)), st.sampled_from(["firm", "client"]), st.booleans())
def test_a_role_belongs_to_one_side(role: MemberRole, side: str, at_home: bool) -> None:
    fits = side == "firm" if role not in CLIENT_ROLES else side == "client" and at_home
    if fits:
        check_side(role, side=side, at_home=at_home, pointer="/role")
    else:
        with pytest.raises(WrongSide):
            check_side(role, side=side, at_home=at_home, pointer="/role")


def test_every_gap_is_said_in_both_languages() -> None:
    loose = Place(UUID(int=1), R.PERIPHERAL)
    for gap in gaps([loose], domains=DOMAINS, small=False, needs=EVERYTHING):
        assert set(gap.text) == {"en", "zh"} and all(gap.text.values()), gap


DAY = date(2026, 11, 23)
SPANS = st.tuples(st.integers(-9, 9), st.none() | st.integers(0, 9)).map(
    lambda span: (
        DAY + timedelta(days=span[0]),
        None if span[1] is None else DAY + timedelta(days=span[0] + span[1]),
    )
)


@given(SPANS, SPANS)
def test_places_overlap_when_both_are_live_on_some_day(
    one: tuple[date, date | None], other: tuple[date, date | None]
) -> None:
    days = [DAY + timedelta(days=ahead) for ahead in range(-10, 30)]
    both = any(
        status_on(day, *one) is MemberStatus.LIVE and status_on(day, *other) is MemberStatus.LIVE
        for day in days
    )
    assert overlap(one, other) == both


@given(st.lists(st.sampled_from(list(R))), st.sampled_from(list(R)))
def test_who_fills_which_place(held: list[R], role: R) -> None:
    leads = not {R.DIRECTOR, R.CONSULTING_PM}.isdisjoint(held)
    manages = R.CLIENT_PM in held and role in {R.CLIENT_PM, R.CORE, R.PERIPHERAL}
    assert may_staff(held, role) == (leads or manages)
