"""The rules of a joint team, for every team there can be."""

from __future__ import annotations

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


def in_order(team: list[Place], wanted: frozenset[str], small: bool) -> bool:
    """The rules of product.md, said another way."""
    roles = [place.role for place in team]
    cores = {place.id: place for place in team if place.role is R.CORE}
    peripherals = [place for place in team if place.role is R.PERIPHERAL]
    whole = all(role in roles for role in (R.CONSULTING_PM, R.CLIENT_PM, R.EXECUTIVE))
    led = all(any(name in core.domains for core in cores.values()) for name in wanted)
    carried = small or all(any(name in one.domains for one in peripherals) for name in wanted)
    attached = all(
        one.answers_to in cores and cores[one.answers_to].domains & one.domains
        for one in peripherals
        if one.answers_to is not None
    ) and all(one.answers_to is not None for one in peripherals)
    return whole and bool(wanted) and led and carried and attached


@given(teams(), domains, st.booleans())
def test_a_team_without_gaps_is_a_team_in_order(
    team: list[Place], wanted: frozenset[str], small: bool
) -> None:
    missing = gaps(team, domains=sorted(wanted), small=small, needs=EVERYTHING)
    assert (not missing) == in_order(team, wanted, small)


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
        check_side(role, side=side, at_home=at_home)
    else:
        with pytest.raises(WrongSide):
            check_side(role, side=side, at_home=at_home)


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
