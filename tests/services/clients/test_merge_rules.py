"""What becomes of each field of two records that become one."""

from typing import Any
from uuid import UUID

import pytest

from services.clients.merges.rules import (
    FIELDS,
    LISTS,
    Fate,
    compare,
    given_back,
    joined_list,
    rising,
    taken_over,
)

NOTHING: dict[str, Any] = {
    **{column: None for columns in FIELDS.values() for column in columns},
    **{name: [] for name in LISTS},
    "owner_name": None,
    "legal_name": "华信科技有限公司",
    "stage": "active",
}


def record(**columns: Any) -> dict[str, Any]:
    return NOTHING | columns


def fate(name: str, kept: dict[str, Any], source: dict[str, Any]) -> Fate:
    return next(each.fate for each in compare(kept, source) if each.name == name)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (None, None, Fate.SAME),
        ("杭州", "杭州", Fate.SAME),
        ("杭州", None, Fate.STAYS),
        (None, "杭州", Fate.TAKEN),
        ("杭州", "宁波", Fate.DROPPED),
    ],
)
@pytest.mark.parametrize("name", ["city", "short_name", "credit_code", "notes", "source"])
def test_a_single_fact_stays_is_taken_or_is_dropped(
    name: str, ours: str | None, theirs: str | None, expected: Fate
) -> None:
    assert fate(name, record(**{name: ours}), record(**{name: theirs})) is expected


def test_every_field_is_compared_once() -> None:
    names = [each.name for each in compare(record(), record())]
    assert sorted(names) == sorted({*FIELDS, *LISTS})


def test_an_amount_is_taken_with_its_currency() -> None:
    source = record(revenue_minor=100, revenue_currency="USD")
    assert taken_over(record(), source)["revenue_currency"] == "USD"
    kept = record(revenue_minor=100, revenue_currency="CNY")
    assert fate("revenue", kept, source) is Fate.DROPPED


def test_a_grade_is_taken_with_its_reason_and_cadence() -> None:
    source = record(grade="A", grade_reason="key account", call_days=7, visit_days=60)
    taken = taken_over(record(), source)
    assert (taken["grade"], taken["grade_reason"], taken["call_days"]) == ("A", "key account", 7)
    assert "grade" not in taken_over(record(grade="C", call_days=14), source)


def test_an_owner_is_taken_with_the_name() -> None:
    source = record(owner_id="u1", owner_name="林晓")
    assert taken_over(record(), source)["owner_name"] == "林晓"


def test_the_gone_names_are_found_as_other_names() -> None:
    kept = record(short_name="华信", aliases=["Huaxin"])
    source = record(legal_name="华信科技（杭州）有限公司", short_name="华信", aliases=["HX"])
    assert joined_list("aliases", kept, source) == ["Huaxin", "华信科技（杭州）有限公司", "HX"]
    shown = next(each for each in compare(kept, source) if each.name == "aliases")
    assert (shown.kept, shown.source) == (["Huaxin"], ["华信科技（杭州）有限公司", "HX"])


def test_lists_are_joined_without_repetition() -> None:
    kept, source = record(tags=["a", "b"]), record(tags=["b", "c"])
    assert taken_over(kept, source)["tags"] == ["a", "b", "c"]
    assert fate("tags", kept, source) is Fate.JOINED
    assert fate("tags", kept, record(tags=["a"])) is Fate.STAYS


def test_only_what_nobody_changed_since_is_given_back() -> None:
    before, after = {"city": None, "phone": None}, {"city": "杭州", "phone": "1"}
    now = {"city": "宁波", "phone": "1"}
    assert given_back(now, before, after) == {"phone": None}


def test_a_merge_has_a_higher_id_than_those_before_whatever_the_clock_says() -> None:
    low, high = UUID(int=1), UUID(int=9)
    assert rising(high, None) == rising(high, low) == high
    assert rising(low, high) == rising(high, high) == UUID(int=10)
