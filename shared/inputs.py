"""Shapes every feature's requests use: unknown fields refused, text clean and bounded."""

import re
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Annotated, Any, Final
from unicodedata import bidirectional, category
from uuid import UUID

from fastapi import Path
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from shared.currencies import is_currency

MOST_TEXT = 20_000
MOST_LINE = 200
EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""The first instant that a caller may name."""
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
"""The first instant too late to be named: days can still be counted from the last before it."""
MOST_MINOR: Final = 10**15
"""Of an amount, in minor units of its currency."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


_HIDDEN: Final = frozenset(
    map(
        chr,
        (
            *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF),
            *(0x2800, 0x3164, 0xFFA0),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2070),
            *range(0xFFF9, 0xFFFC),
            *range(0xE0000, 0xE0080),
        ),
    )
)
"""What shows nothing: spaces without width, fillers, hyphens, tags, marks of the direction of
what follows."""
_JOINERS: Final = frozenset("\u200c\u200d")
_JOINED: Final = frozenset({"Mn", "Mc", "So", "Sk"})
"""Signs of scripts, and pictures, that a joiner may stand behind; so may letters of Arabic script.
Elsewhere it only hides."""
_BREAKS: Final = frozenset({"Cc", "Zl", "Zp"})
"""Controls, and ends of lines and paragraphs."""


def _storable(value: str) -> str:
    # PostgreSQL text cannot hold U+0000, and a lone surrogate is no text at all.
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise PydanticCustomError("unstorable_text", "Characters that are no text are not allowed")
    return value


def _one_line(value: str) -> str:
    # A break would end a line of a mail's head or of a log. A direction mark or a space without
    # width lets a name read as another one; who pasted it cannot see it, so it is left out.
    if any(category(one) in _BREAKS for one in value):
        raise PydanticCustomError("not_one_line", "One line of text, without a break")
    seen = without_hidden(value).strip()
    if not seen:
        raise PydanticCustomError("nothing_to_read", "At least one character to read")
    return seen


def without_hidden(value: str) -> str:
    """The text without the marks nobody sees."""
    return "".join(one for before, one in pairwise(f" {value}") if not _hidden(one, before))


def _hidden(character: str, before: str) -> bool:
    if character in _JOINERS:
        return category(before) not in _JOINED and bidirectional(before) != "AL"
    return character in _HIDDEN


def _bounded(value: datetime) -> datetime:
    # Compared before it is converted: the first and last hours of the calendar have no UTC.
    if not EARLIEST <= value < LATEST:
        raise PydanticCustomError("instant_out_of_range", "The year must lie in 1970 to 2199")
    return value.astimezone(UTC)


def _written(value: Any) -> Any:
    # A number would be taken as seconds since 1970.
    if not isinstance(value, str | datetime):
        raise PydanticCustomError("instant_not_written", "An instant reads 2026-11-23T08:00:00Z")
    return value


def _written_day(value: Any) -> Any:
    if not isinstance(value, date) and not (isinstance(value, str) and _DAY.fullmatch(value)):
        raise PydanticCustomError("day_not_written", "A date reads 2026-11-23")
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_bounded)]
"""An instant with its offset, 1970 to 2199; kept in UTC."""

Day = Annotated[
    date, BeforeValidator(_written_day), Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))
]
"""A date without a time, 1900 to 2199."""

Whole = Annotated[int, Strict()]
"""A whole number; neither a text nor a truth value stands for one."""

Flag = Annotated[bool, Strict()]
"""True or false, and no word or number for them."""

RecordId = Annotated[UUID, Path(alias="id")]
"""The record a path is about: `/cases/{id}/close`. A parent of a list keeps its own name."""

Label = Annotated[str, AfterValidator(_storable), AfterValidator(_one_line)]
"""What names somebody or something wherever it is shown; its length is for each to say."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_LINE),
    AfterValidator(_storable),
    AfterValidator(_one_line),
]
"""One line of text, 1 to 200 characters, kept without what nobody sees of it."""

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_TEXT),
    AfterValidator(_storable),
]
"""Text, 1 to 20,000 characters."""


class Body(BaseModel):
    """A request body: an unknown field is an error, never ignored."""

    model_config = ConfigDict(extra="forbid")


def _currency(code: str) -> str:
    if not is_currency(code):
        raise PydanticCustomError("not_a_currency", "The code of a currency such as CNY")
    return code


class MoneyIn(Body):
    """An amount, 0 to 10,000,000,000,000 of its currency: integer minor units and ISO 4217."""

    amount_minor: Whole = Field(ge=0, le=MOST_MINOR)
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$"), AfterValidator(_currency)]
