"""From a column's Python type to its PostgreSQL type, its rendering and its query values."""

import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Final, Literal, Union, get_args, get_origin
from uuid import UUID

from shared.inputs import EARLIEST, LATEST

_WHOLE = re.compile(r"-?[0-9]{1,19}")
_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,2})?")
BIGINT = range(-(2**63), 2**63)


class BadValue(ValueError):
    """A text that is no value of its kind; says in both languages what would be."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one type travel: PostgreSQL type name, and a parser of query text."""

    cast: str
    parse: Callable[[str], Any]
    array: bool = False


def _text(value: str) -> str:
    if "\x00" in value:
        raise BadValue("text without NUL characters", "不含空字符的文本")
    return value


def _integer(value: str) -> int:
    number = int(value) if _WHOLE.fullmatch(value) else None
    if number is None or number not in BIGINT:
        raise BadValue("a whole number", "整数")
    return number


def _decimal(value: str) -> Decimal:
    number = Decimal(value) if _NUMBER.fullmatch(value) else None
    if number is None or abs(number.adjusted()) > 60:
        raise BadValue("a number", "数字")
    return number


def _float(value: str) -> float:
    return float(_decimal(value))


def _boolean(value: str) -> bool:
    if value not in ("true", "false"):
        raise BadValue("true or false", "true 或 false")
    return value == "true"


def _uuid(value: str) -> UUID:
    try:
        return UUID(value if len(value) == 36 else "")
    except ValueError:
        raise BadValue("a UUID", "UUID") from None


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value if len(value) == 10 else "")
    except ValueError:
        raise BadValue("a date like 2026-11-23", "日期，例如 2026-11-23") from None


NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""Rows without a time are sorted by this one, so that a cursor may name it."""


_ENDS: Final = {
    "infinity": datetime.max.replace(tzinfo=UTC),
    "-infinity": datetime.min.replace(tzinfo=UTC),
}
"""What a cursor carries where sort_sql says coalesce(.., 'infinity'), and what the driver makes of
it."""


def _instant(value: str) -> datetime:
    if value in _ENDS:
        return _ENDS[value]
    try:
        moment = datetime.fromisoformat(value if len(value) > 10 else "")
        if moment.tzinfo is None or not (EARLIEST <= moment < LATEST or moment == NEVER):
            raise ValueError
    except ValueError:
        raise BadValue(
            "an instant with its offset like 2026-11-23T08:00:00Z, in the years 1970 to 2199",
            "带时区的时间，例如 2026-11-23T08:00:00Z，年份须在 1970 至 2199 之间",
        ) from None
    return moment.astimezone(UTC)


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    listed = ", ".join(choices)
    allowed = frozenset(choices)

    def parse(value: str) -> str:
        if value not in allowed:
            raise BadValue(f"one of {listed}", f"以下之一：{listed}")
        return value

    return parse


_SCALARS: dict[Any, Kind] = {
    str: Kind("text", _text),
    int: Kind("bigint", _integer),
    float: Kind("double precision", _float),
    Decimal: Kind("numeric", _decimal),
    bool: Kind("boolean", _boolean),
    UUID: Kind("uuid", _uuid),
    date: Kind("date", _date),
    datetime: Kind("timestamptz", _instant),
}


def is_optional(type_: Any) -> bool:
    """Whether None is one of the type's values."""
    return get_origin(type_) in (Union, types.UnionType) and type(None) in get_args(type_)


def without_none(type_: Any) -> Any:
    """The type without its None; annotations such as `Annotated[str, ...]` are taken off."""
    if hasattr(type_, "__metadata__"):
        return without_none(get_args(type_)[0])
    if is_optional(type_):
        rest = [part for part in get_args(type_) if part is not type(None)]
        return without_none(rest[0]) if len(rest) == 1 else type_
    return type_


@lru_cache(maxsize=1024)
def kind_of(type_: Any) -> Kind:
    """The kind of a comparable type; TypeError for objects, which have no order or equality."""
    plain = without_none(type_)
    if plain in _SCALARS:
        return _SCALARS[plain]
    if get_origin(plain) is list:
        element = kind_of(get_args(plain)[0])
        return Kind(element.cast, element.parse, array=True)
    if get_origin(plain) is Literal:
        return Kind("text", _one_of(tuple(str(choice) for choice in get_args(plain))))
    if isinstance(plain, type) and issubclass(plain, Enum):
        return Kind("text", _one_of(tuple(str(member.value) for member in plain)))
    raise TypeError(f"{type_!r} cannot be compared; give filter_sql and filter_type")
