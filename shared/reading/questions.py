"""From a query string to a `Question`: every name allow-listed, every value typed.

A name the actor may not see is answered exactly like one that does not exist.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from shared.errors import BadRequest, Field, UnknownParameter
from shared.reading.kinds import BadValue, Kind, kind_of
from shared.reading.specification import Column, Condition, Listing, Op, Reading, Search
from shared.text import search_query

DEFAULT_LIMIT = 50
_MOST_PARAMETERS = 100
_MOST_VALUES = 500
_LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """One comparison of a column; the value travels apart, so that filters can be a cache key.

    `negated` is part of the text: an index serves IS NOT NULL, not (IS NULL) = false.
    """

    column: str
    op: Op
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort key."""

    column: str
    descending: bool


@dataclass(slots=True)
class Question:
    """What one request asks of a listing."""

    filters: dict[Filter, object]
    conditions: dict[str, object]
    search: str | None
    sort: tuple[Sort, ...]
    fields: tuple[str, ...] | None
    limit: int
    total: bool
    cursor: str | None


class View:
    """What of a reading one set of labels may see; asking for anything else is unknown."""

    __slots__ = ("columns", "conditions", "names", "reading", "search")

    def __init__(self, reading: Reading, labels: frozenset[str]) -> None:
        self.reading = reading
        self.columns: dict[str, Column] = {
            column.name: column
            for column in reading.columns
            if not column.audience.labels.isdisjoint(labels)
        }
        self.names = tuple(self.columns)
        self.conditions: dict[str, Condition] = {}
        self.search: Search | None = None
        if isinstance(reading, Listing):
            self.conditions = {
                condition.name: condition
                for condition in reading.conditions
                if not condition.audience.labels.isdisjoint(labels)
            }
            admitted = (s for s in reading.searches if not s.audience.labels.isdisjoint(labels))
            self.search = next(admitted, None)


def bad(name: str, error: BadValue) -> BadRequest:
    """400 for a parameter whose value does not fit, naming it."""
    place = Field(
        pointer=f"?{name}", en=f"{name}: expected {error.en}", zh=f"{name}：应为{error.zh}"
    )
    return BadRequest(errors=[place])


def unknown(name: str) -> UnknownParameter:
    """400 for a parameter, field or sort that does not exist for this actor."""
    shown = name[:80]
    place = Field(
        pointer=f"?{shown}", en=f"unknown: {shown}", zh=f"未知：{shown}", code="unknown_parameter"
    )
    return UnknownParameter(name=shown, errors=[place])


def split(query_string: bytes) -> dict[str, list[str]]:
    """The parameters of a query string, decoded strictly as UTF-8. Raises `BadRequest`."""
    if not query_string:
        return {}
    grouped: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except ValueError:
        raise bad(
            "query",
            BadValue(
                f"at most {_MOST_PARAMETERS} parameters in percent-encoded UTF-8",
                f"最多 {_MOST_PARAMETERS} 个百分号编码的 UTF-8 参数",
            ),
        ) from None
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped


def ask(view: View, parameters: Mapping[str, list[str]]) -> Question:
    """The question in `parameters`, for what `view` shows. Raises `BadRequest` naming the place."""
    listing = view.reading
    if not isinstance(listing, Listing):
        raise TypeError(f"{listing.name} is no listing")
    question = Question({}, {}, None, (), None, DEFAULT_LIMIT, False, None)
    for name, values in parameters.items():
        asked = _SINGLE.get(name)
        if asked is not None:
            asked(view, question, _only(name, values))
        else:
            _ask_filter(view, question, name, values)
    if not question.sort:
        question.sort = _default_sort(view, listing)
    if not 1 <= question.limit <= listing.maximum:
        raise bad("limit", BadValue(f"1 to {listing.maximum}", f"1 至 {listing.maximum}"))
    for condition in view.conditions.values():
        if condition.default is not None:
            question.conditions.setdefault(condition.name, condition.default)
    # one order, whatever the request's: for the cursor's binding and for fewer statements
    question.filters = dict(sorted(question.filters.items(), key=_by_name))
    question.conditions = dict(sorted(question.conditions.items()))
    return question


def _by_name(item: tuple[Filter, object]) -> tuple[str, str]:
    return item[0].column, item[0].op


def _only(name: str, values: list[str]) -> str:
    if len(values) != 1:
        raise bad(name, BadValue("one value", "单个值"))
    return values[0]


def _ask_search(view: View, question: Question, value: str) -> None:
    if view.search is None:
        raise unknown("q")
    if len(value) > _LONGEST_SEARCH:
        raise bad("q", BadValue(f"at most {_LONGEST_SEARCH} characters", "较短的搜索词"))
    if value.strip():
        question.search = search_query(value)


def _ask_fields(view: View, question: Question, value: str) -> None:
    question.fields = visible_fields(view, value)


def visible_fields(view: View, value: str) -> tuple[str, ...]:
    """The columns of `fields=`, in the order they are declared. Raises `BadRequest`."""
    names = set(value.split(","))
    for name in sorted(names):
        if name not in view.columns:
            raise unknown(f"fields={name}")
    return tuple(name for name in view.columns if name in names)


def _ask_limit(view: View, question: Question, value: str) -> None:
    question.limit = _parse("limit", kind_of(int), value)


def _ask_total(view: View, question: Question, value: str) -> None:
    question.total = _parse("total", kind_of(bool), value)


def _ask_cursor(view: View, question: Question, value: str) -> None:
    question.cursor = value


def _ask_sort(view: View, question: Question, value: str) -> None:
    question.sort = _sorted_by(view, value)


_SINGLE = {
    "q": _ask_search,
    "fields": _ask_fields,
    "limit": _ask_limit,
    "total": _ask_total,
    "cursor": _ask_cursor,
    "sort": _ask_sort,
}


def _default_sort(view: View, listing: Listing) -> tuple[Sort, ...]:
    visible = [part for part in listing.order.split(",") if part.removeprefix("-") in view.columns]
    return _sorted_by(view, ",".join(visible) or listing.key)


def _sorted_by(view: View, value: str) -> tuple[Sort, ...]:
    key = view.reading.key
    sorts: list[Sort] = []
    for part in value.split(","):
        name = part.removeprefix("-")
        column = view.columns.get(name)
        if column is None or not (column.sortable or name == key):
            raise unknown(f"sort={name}")
        if any(sort.column == name for sort in sorts):
            raise bad("sort", BadValue("each column once", "每列仅一次"))
        sorts.append(Sort(name, part.startswith("-")))
    if all(sort.column != key for sort in sorts):
        # the tie-breaker follows the last direction, so that one index serves the whole order
        sorts.append(Sort(key, sorts[-1].descending))
    return tuple(sorts)


def _ask_filter(view: View, question: Question, name: str, values: list[str]) -> None:
    condition = view.conditions.get(name)
    if condition is not None:
        question.conditions[name] = _parse(name, kind_of(condition.type), _only(name, values))
        return
    public, dot, suffix = name.partition(".")
    column = view.columns.get(public)
    if column is None or (dot and suffix not in _SUFFIXES):
        raise unknown(name)
    op = _SUFFIXES[suffix] if dot else Op.EQ
    if op not in column.filters and not (op is Op.EQ and Op.IN in column.filters):
        raise unknown(name)
    if op is Op.EQ and Op.IN in column.filters:
        values = [part for value in values for part in value.split(",")]
        op = Op.IN if len(values) > 1 or Op.EQ not in column.filters else Op.EQ
    value = _filter_value(name, column, op, values)
    question.filters[Filter(public, op, value is False and op is Op.NULL)] = value


_SUFFIXES = {
    str(op): op for op in (Op.GTE, Op.LTE, Op.AFTER, Op.BEFORE, Op.NULL, Op.CONTAINS, Op.HAS)
}


def _filter_value(name: str, column: Column, op: Op, values: list[str]) -> object:
    if op is Op.NULL:
        return _parse(name, kind_of(bool), _only(name, values))
    kind = filter_kind(column)
    if op is Op.CONTAINS:
        return f"%{_escaped(_parse(name, kind_of(str), _only(name, values)))}%"
    if op in (Op.IN, Op.HAS):
        return _parse_all(name, kind, values)
    return _parse(name, kind, _only(name, values))


def filter_kind(column: Column) -> Kind:
    """The kind that filters of this column compare."""
    return kind_of(column.filter_type or column.type)


def sort_type(column: Column) -> Any:
    """The Python type that sorting by this column compares."""
    return column.sort_type or column.filter_type or column.type


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _parse(name: str, kind: Kind, value: str) -> Any:
    try:
        return kind.parse(value)
    except BadValue as error:
        raise bad(name, error) from None


def _parse_all(name: str, kind: Kind, values: Iterable[str]) -> list[Any]:
    parsed = [_parse(name, kind, value) for value in values]
    if len(parsed) > _MOST_VALUES:
        raise bad(name, BadValue(f"at most {_MOST_VALUES} values", f"最多 {_MOST_VALUES} 个值"))
    return parsed
