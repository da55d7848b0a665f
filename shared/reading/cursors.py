"""Opaque places in a list, bound to its sort and filters."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import blake2b

import orjson

from shared.reading.kinds import BadValue, Kind

_MARK = 8


class BadCursor(ValueError):
    """The text is no cursor of this list with this sort and these filters."""


def binding(*parts: str) -> bytes:
    """The mark a cursor carries: it only continues the question it was given out for."""
    return blake2b("\x1f".join(parts).encode(), digest_size=_MARK).digest()


def write(mark: bytes, keys: str) -> bytes:
    """A cursor after the row whose sort values PostgreSQL rendered as the JSON array `keys`."""
    return urlsafe_b64encode(mark + keys.encode()).rstrip(b"=")


def read(cursor: str, mark: bytes, kinds: Sequence[tuple[Kind, bool]]) -> tuple[object, ...]:
    """The sort values of a cursor, each parsed by its (kind, may be NULL). Raises BadCursor.

    The values only say where to start among rows and columns the caller may read anyway, so
    a forged cursor reaches nothing; it is still typed as strictly as a filter.
    """
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        if raw[:_MARK] != mark:
            raise BadCursor
        values = orjson.loads(raw[_MARK:])
    except (binascii.Error, ValueError) as error:
        raise BadCursor from error
    if not isinstance(values, list) or len(values) != len(kinds):
        raise BadCursor
    return tuple(_value(value, *kind) for value, kind in zip(values, kinds, strict=True))


def _value(value: object, kind: Kind, optional: bool) -> object:
    if value is None:
        if not optional:
            raise BadCursor
        return None
    if isinstance(value, bool):
        value = "true" if value else "false"
    if not isinstance(value, str | int | float):
        raise BadCursor
    try:
        return kind.parse(str(value))
    except BadValue as error:
        raise BadCursor from error
