"""Where a page begins and ends; also for the few lists that no `Listing` declares."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

import orjson
from fastapi import Query

from shared.reading import cursors
from shared.reading.kinds import BadValue, is_optional, kind_of
from shared.reading.questions import bad

MOST: Final = 200
"""Rows on one page."""
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at once.")]
Cursor = Annotated[str | None, Query(description="The next_cursor of the page before.")]


def following(cursor: str | None, mark: bytes, types: Sequence[Any]) -> tuple[Any, ...] | None:
    """The sort values, of these types, that a page starts after; None for the first page.

    Raises `BadRequest` for a cursor that was not given out with this mark.
    """
    if cursor is None:
        return None
    try:
        return cursors.read(cursor, mark, [(kind_of(type_), is_optional(type_)) for type_ in types])
    except cursors.BadCursor:
        expected = BadValue(
            "a next_cursor given out for this list, sort and filters",
            "由同一列表、排序和筛选给出的 next_cursor",
        )
        raise bad("cursor", expected) from None


def given_out(mark: bytes, *values: Any) -> str:
    """The cursor after a row with these sort values."""
    return cursors.write(mark, orjson.dumps(values, default=str).decode()).decode()
