"""Query texts as values: exactly the forms the documentation shows, nothing near them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.reading.kinds import BadValue, kind_of


class Colour(StrEnum):
    """Any enum."""

    RED = "red"


ID = "01a20877-a1be-7b34-9f36-c9b8499ab355"
GOOD: list[tuple[Any, str, object]] = [
    (int, "-9223372036854775808", -(2**63)),
    (int | None, "007", 7),
    (Decimal, "1.50", Decimal("1.50")),
    (float, "1e3", 1000.0),
    (bool, "true", True),
    (UUID, ID, UUID(ID)),
    (date, "2026-11-23", date(2026, 11, 23)),
    (datetime, "2026-11-23T16:00:00+08:00", datetime(2026, 11, 23, 8, tzinfo=UTC)),
    (datetime | None, "2026-11-23T08:00:00.5Z", datetime(2026, 11, 23, 8, 0, 0, 500_000, UTC)),
    (Colour, "red", "red"),
    (Literal["a", "b"], "b", "b"),
    (Annotated[str, "note"], " x ", " x "),
    (list[int], "5", 5),
]
BAD: list[tuple[Any, str]] = [
    (int, ""), (int, " 1"), (int, "1_0"), (int, "+1"), (int, "1.0"), (int, "٣"), (int, "0x1"),
    (int, "9223372036854775808"), (int, "1" * 5000), (Decimal, "NaN"), (Decimal, "Infinity"),
    (Decimal, "1e99"), (Decimal, "1_0"), (float, "inf"), (bool, "True"), (bool, "1"), (bool, ""),
    (UUID, ID[:-1]), (UUID, "{" + ID + "}"), (date, "2026-02-30"), (date, "20261123"),
    (date, "2026-11-23T00:00:00Z"), (datetime, "2026-11-23"), (datetime, "2026-11-23T08:00:00"),
    (datetime, "0001-01-01T00:00:00+14:00"), (datetime, "9999-12-31T23:00:00-14:00"),
    (datetime, "1969-12-31T23:59:59Z"), (datetime, "2200-01-01T00:00:00Z"),
    (datetime, "now"), (Colour, "RED"), (Colour, ""), (Literal["a"], "c"), (str, "a\x00b"),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "text", "value"), GOOD)
def test_values_are_read(type_: Any, text: str, value: object) -> None:
    assert kind_of(type_).parse(text) == value


@pytest.mark.parametrize(("type_", "text"), BAD)
def test_what_is_no_value_is_refused(type_: Any, text: str) -> None:
    with pytest.raises(BadValue):
        kind_of(type_).parse(text)


@pytest.mark.parametrize("type_", [int, Decimal, float, bool, UUID, date, datetime, Colour, str])
@given(text=st.text(max_size=50))
def test_any_text_is_a_value_or_refused(type_: Any, text: str) -> None:
    try:
        kind_of(type_).parse(text)
    except BadValue as error:
        assert error.en
        assert error.zh


def test_objects_have_no_comparison() -> None:
    for type_ in (dict, dict[str, int], int | str):
        with pytest.raises(TypeError):
            kind_of(type_)
