"""Shapes every feature's requests use: unknown fields refused, text clean and bounded."""

from datetime import UTC, datetime
from typing import Annotated, Final
from unicodedata import category
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

MOST_TEXT = 20_000
MOST_LINE = 200
EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""The first instant that a caller may name."""
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
"""The first instant too late to be named: days can still be counted from the last before it."""


HIDDEN: Final = frozenset(
    map(chr, (0x200B, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF))
)
"""Spaces without width, and marks that change the direction of what follows."""
_MISLEADING: Final = HIDDEN | {"\u2028", "\u2029"}
"""What lets a name read as another one, and ends of lines and paragraphs."""


def _storable(value: str) -> str:
    # PostgreSQL text cannot hold U+0000, and a lone surrogate is no text at all.
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise PydanticCustomError("unstorable_text", "Characters that are no text are not allowed")
    return value


def _one_line(value: str) -> str:
    # A break would end a line of a mail's head or of a log; a direction mark or a space without
    # width lets a name read as another one.
    if any(character in _MISLEADING or category(character) == "Cc" for character in value):
        raise PydanticCustomError("not_one_line", "One line of text, without hidden marks")
    return value


def _bounded(value: datetime) -> datetime:
    # Compared before it is converted: the first and last hours of the calendar have no UTC.
    if not EARLIEST <= value < LATEST:
        raise PydanticCustomError("instant_out_of_range", "The year must lie in 1970 to 2199")
    return value.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_bounded)]
"""An instant with its offset, 1970 to 2199; kept in UTC."""

RecordId = Annotated[UUID, Path(alias="id")]
"""The record a path is about: `/cases/{id}/close`. A parent of a list keeps its own name."""

Label = Annotated[str, AfterValidator(_storable), AfterValidator(_one_line)]
"""What names somebody or something wherever it is shown; its length is for each to say."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_LINE),
    AfterValidator(_storable),
]
"""One line of text, 1 to 200 characters."""

Name = Annotated[Line, AfterValidator(_one_line)]
"""What a record is called: a line of 1 to 200 characters that reads as it is written."""

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_TEXT),
    AfterValidator(_storable),
]
"""Text, 1 to 20,000 characters."""


class Body(BaseModel):
    """A request body: an unknown field is an error, never ignored."""

    model_config = ConfigDict(extra="forbid")
