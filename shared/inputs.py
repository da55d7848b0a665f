"""Shapes every feature's requests use: unknown fields refused, text clean and bounded."""

from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

MOST_TEXT = 20_000
MOST_LINE = 200


def _storable(value: str) -> str:
    # PostgreSQL text cannot hold U+0000, and a lone surrogate is no text at all.
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise PydanticCustomError("unstorable_text", "Characters that are no text are not allowed")
    return value


RecordId = Annotated[UUID, Path(alias="id")]
"""The record a path is about: `/cases/{id}/close`. A parent of a list keeps its own name."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_LINE),
    AfterValidator(_storable),
]
"""One line of text, 1 to 200 characters."""

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_TEXT),
    AfterValidator(_storable),
]
"""Text, 1 to 20,000 characters."""


class Body(BaseModel):
    """A request body: an unknown field is an error, never ignored."""

    model_config = ConfigDict(extra="forbid")
