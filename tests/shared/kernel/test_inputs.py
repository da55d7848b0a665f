"""What every request's fields take."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.inputs import Instant, Label, Line

LABEL: TypeAdapter[str] = TypeAdapter(Label)
LINE: TypeAdapter[str] = TypeAdapter(Line)
INSTANT: TypeAdapter[datetime] = TypeAdapter(Instant)


def test_an_instant_is_kept_in_utc() -> None:
    given = INSTANT.validate_python("2026-11-23T16:00:00+08:00")
    assert given.isoformat() == "2026-11-23T08:00:00+00:00"
    assert INSTANT.validate_python("2199-12-31T23:59:59Z").year == 2199
    assert INSTANT.validate_python("1970-01-01T08:00:00+08:00") == datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("0001-01-01T00:00:00+14:00", "instant_out_of_range"),
        ("9999-12-31T23:59:59-14:00", "instant_out_of_range"),
        ("1970-01-01T00:00:00+08:00", "instant_out_of_range"),
        ("2200-01-01T00:00:00Z", "instant_out_of_range"),
        ("2026-11-23T08:00:00", "timezone_aware"),
    ],
)
def test_an_instant_lies_in_years_that_can_be_counted_with(given: str, why: str) -> None:
    with pytest.raises(ValidationError) as caught:
        INSTANT.validate_python(given)
    assert [each["type"] for each in caught.value.errors()] == [why]


@pytest.mark.parametrize(
    "name", ["Li\r\nBcc: x", "a\u2028b", "a\x00b", "\ud800", "\u200b", "\u2067 \ufeff"]
)
def test_a_name_is_one_line_of_something_to_read(name: str) -> None:
    for kind in (LABEL, LINE):
        with pytest.raises(ValidationError):
            kind.validate_python(name)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("王\u202e建平", "王建平"),
        ("\u2067x", "x"),
        ("华\u200b信", "华信"),
        ("\ufeff华信", "华信"),
        ("华\u00ad信", "华信"),
        ("华\u200d信", "华信"),
        ("Li\u200cna", "Lina"),
        ("a\u200eb", "ab"),
        ("华信\U000e0041 ", "华信"),
    ],
)
def test_what_nobody_sees_of_a_name_is_left_out(given: str, kept: str) -> None:
    for kind in (LABEL, LINE):
        assert kind.validate_python(given) == kept


@pytest.mark.parametrize(
    "name", ["王建平", "O'Neil-Łukasz", "ياسمين", "می\u200cخواهم", "👩\u200d💻 Ann"]
)
def test_names_of_every_script_are_names(name: str) -> None:
    assert LABEL.validate_python(name) == LINE.validate_python(name) == name
