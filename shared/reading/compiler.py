"""From a specification and the shape of a question to one statement whose JSON is ready.

Statements depend on shapes only (which columns, filters, sort, scope text, which of yes and no),
never on other values, so PostgreSQL prepares each once per connection. A condition that is yes or
no stands in the text, so that an index of just the rows it admits is used. The compiled texts are
kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from shared.reading.binds import Binds
from shared.reading.contexts import GATE
from shared.reading.keysets import Key, after
from shared.reading.kinds import is_optional, kind_of, without_none
from shared.reading.questions import Filter, Sort, View, filter_kind, sort_type
from shared.reading.searching import Search, ordered
from shared.reading.specification import Column, Detail, Listing, Op
from shared.reading.values import instant

TOTAL_CEILING = 10_000
# the statement's LIMIT is one of a few constants: a generic plan knows how little it will read
_STEPS = (1, 10, 20, 50, 100, 200)

_COMPARISONS = {
    Op.EQ: "=",
    Op.GTE: ">=",
    Op.LTE: "<=",
    Op.AFTER: ">",
    Op.BEFORE: "<",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What the statement of a page depends on; the key under which it is kept."""

    columns: tuple[str, ...]
    filters: tuple[Filter, ...]
    conditions: tuple[tuple[str, bool | None], ...]
    """Names, and the value of those that are yes or no: PostgreSQL plans for either apart."""
    search: str | None
    sort: tuple[Sort, ...]
    limit: int
    total: bool
    after: tuple[bool, ...] | None
    scope: str
    context: bool
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A prepared text and the names of its binds, in order."""

    sql: str
    binds: tuple[str, ...]

    def arguments(self, values: dict[str, Any]) -> list[Any]:
        """The values in the order of `$1, $2, ...`."""
        return [values[name] for name in self.binds]


def step(limit: int, maximum: int) -> int:
    """The constant LIMIT that serves `limit`."""
    return next((size for size in _STEPS if size >= limit), maximum)


def page(listing: Listing, view: View, shape: Shape) -> Statement:
    """One page as one row: items, keys of the last item, rows read, total, parents seen."""
    binds = Binds()
    here = _conditions(listing, view, shape, binds)
    total = _total(listing, shape, binds, here) if shape.total else "NULL::bigint"
    parents = [_parent_seen(listing, at, shape, binds) for at in range(len(listing.parents))]
    if shape.after is not None:
        here = f"{here} AND {_following(listing, shape, binds)}"
    hits = ""
    if shape.search is not None:
        search = _search(listing, shape, binds, here)
        hits = search.hits()
        gate = f"{binds.fill(GATE)} AND " if shape.context else ""
        here = f"{gate}{search.key} IN (SELECT key FROM hits)"
    rows = _rows(listing, shape, binds, here)
    size = binds.number("_limit") + "::bigint"
    sql = (
        f"{hits}SELECT convert_to('[' || coalesce(string_agg(row_to_json(item)::text, ',') "
        f"FILTER (WHERE place <= {size}), '') || ']', 'UTF8') AS items, "
        f"max(keys) FILTER (WHERE place = {size}) AS keys, count(*) > {size} AS more, "
        f"{total} AS total, {' AND '.join(parents) or 'true'} AS seen "
        f"FROM (SELECT numbered.*, row_number() OVER () AS place FROM ({rows} "
        f"LIMIT {shape.limit + 1}) numbered) placed "
        f"CROSS JOIN LATERAL (SELECT {_named(shape.columns)}) item"
    )
    return Statement(sql, tuple(binds.names))


def every_row(listing: Listing, view: View, shape: Shape) -> Statement:
    """Every row as one JSON text each, in order, for exports through a server-side cursor."""
    binds = Binds()
    here = _conditions(listing, view, shape, binds)
    if shape.search is not None:
        here = f"{here} AND {_search(listing, shape, binds, here).matches}"
    parents = [_parent_seen(listing, at, shape, binds) for at in range(len(listing.parents))]
    rows = _rows(listing, shape, binds, " AND ".join([here, *parents]))
    sql = (
        f"SELECT row_to_json(item)::text FROM ({rows}) placed "
        f"CROSS JOIN LATERAL (SELECT {_named(shape.columns)}) item"
    )
    return Statement(sql, tuple(binds.names))


def one(
    detail: Detail,
    columns: Sequence[Column],
    scope: str,
    actions: int,
    *,
    by: str,
    context: bool,
) -> Statement:
    """One row as JSON text with its version; `actions` is a bit set of the offered `can`."""
    binds = Binds()
    values = [f'{rendered(column)} AS "{column.name}"' for column in columns]
    if detail.can:
        values.append(f'{_can(detail, actions)} AS "can"')
    where = [f"({detail.where})", f"{_equals(detail.column(by))}"]
    where += [f"{parent.sql} = :_parent_{parent.name}::uuid" for parent in detail.parents]
    version = f"({detail.version})::text" if detail.version else "NULL::text"
    gate = f"{binds.fill(GATE)} AND " if context else ""
    body = f"(SELECT row_to_json(item) FROM (SELECT {', '.join(values)}) item)::text"
    sql = (
        f"SELECT convert_to({binds.fill(body)}, 'UTF8') AS body, {binds.fill(version)} AS version "
        f"FROM {binds.fill(detail.source)} "
        f"WHERE {gate}({binds.fill(scope, 'scope_')}) AND {binds.fill(' AND '.join(where))}"
    )
    return Statement(sql, tuple(binds.names))


def rendered(column: Column) -> str:
    """The column's SQL as JSON will show it."""
    if without_none(column.type) is datetime:
        return instant(column.sql)
    return column.sql


def sort_sql(column: Column) -> str:
    """What ordering by the column compares."""
    return column.sort_sql or column.filter_sql or column.sql


def _can(detail: Detail, actions: int) -> str:
    offered = [
        f"CASE WHEN {can.when} THEN '{can.action}' END"
        for at, can in enumerate(detail.can)
        if actions >> at & 1
    ]
    return f"array_remove(ARRAY[{', '.join(offered)}]::text[], NULL)"


def _equals(column: Column) -> str:
    return f"{column.filter_sql or column.sql} = :_key::{filter_kind(column).cast}"


def _rows(listing: Listing, shape: Shape, binds: Binds, here: str) -> str:
    values = [f"{rendered(listing.column(name))} AS c{at}" for at, name in enumerate(shape.columns)]
    keys = [listing.column(sort.column) for sort in shape.sort]
    values.append(f"json_build_array({', '.join(map(_key_json, keys))})::text AS keys")
    return (
        f"SELECT {binds.fill(', '.join(values))} FROM {binds.fill(listing.source)} "
        f"WHERE {here} ORDER BY {ordered(_order(listing, shape, binds))}"
    )


def _order(listing: Listing, shape: Shape, binds: Binds) -> list[tuple[str, bool]]:
    return [
        (binds.fill(sort_sql(listing.column(sort.column))), sort.descending) for sort in shape.sort
    ]


def _search(listing: Listing, shape: Shape, binds: Binds, here: str) -> Search:
    return Search(
        source=binds.fill(listing.source),
        key=binds.fill(listing.column(listing.key).sql),
        vector=binds.fill(shape.search or ""),
        query=f"({binds.number('_search')}::text)::tsquery",
        here=here,
        order=_order(listing, shape, binds),
        limit=shape.limit,
    )


def _total(listing: Listing, shape: Shape, binds: Binds, here: str) -> str:
    if shape.search is not None:
        here = f"{here} AND {_search(listing, shape, binds, here).matches}"
    return (
        f"(SELECT count(*) FROM (SELECT 1 FROM {binds.fill(listing.source)} WHERE {here} "
        f"LIMIT {TOTAL_CEILING + 1}) counted)"
    )


def _key_json(column: Column) -> str:
    exact = without_none(sort_type(column)) is Decimal
    return f"({sort_sql(column)})::text" if exact else sort_sql(column)


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'placed.c{at} AS "{name}"' for at, name in enumerate(columns))


def _conditions(listing: Listing, view: View, shape: Shape, binds: Binds) -> str:
    parts = [binds.fill(GATE)] if shape.context else []
    parts += [f"({binds.fill(shape.scope, 'scope_')})", f"({binds.fill(listing.where)})"]
    for parent in listing.parents:
        place = binds.number(f"_parent_{parent.name}")
        parts.append(f"{binds.fill(parent.sql)} = {place}::uuid")
    for at, filter_ in enumerate(shape.filters):
        column = view.columns[filter_.column]
        parts.append(_compared(column, filter_, binds, f"_filter_{at}"))
    for name, told in shape.conditions:
        condition = view.conditions[name]
        value = str(told).lower()
        if told is None:
            value = f"{binds.number(f'_condition_{name}')}::{kind_of(condition.type).cast}"
        parts.append(f"({binds.fill(condition.sql.replace(':value', value))})")
    return " AND ".join(parts)


def _compared(column: Column, filter_: Filter, binds: Binds, name: str) -> str:
    op = filter_.op
    left = binds.fill(column.filter_sql or column.sql)
    if op is Op.NULL:
        return f"({left}) IS {'NOT ' if filter_.negated else ''}NULL"
    place = binds.number(name)
    if op is Op.CONTAINS:
        return f"({left}) ILIKE {place}::text"
    cast = filter_kind(column).cast
    if op is Op.IN:
        return f"({left}) = ANY ({place}::{cast}[])"
    if op is Op.HAS:
        return f"({left}) @> {place}::{cast}[]"
    return f"({left}) {_COMPARISONS[op]} {place}::{cast}"


def _following(listing: Listing, shape: Shape, binds: Binds) -> str:
    nulls = shape.after or ()
    keys = []
    for at, (sort, null) in enumerate(zip(shape.sort, nulls, strict=True)):
        column = listing.column(sort.column)
        cast = kind_of(sort_type(column)).cast
        place = "NULL" if null else f"{binds.number(f'_after_{at}')}::{cast}"
        optional = is_optional(sort_type(column))
        keys.append(Key(binds.fill(sort_sql(column)), sort.descending, optional, place, null))
    return after(keys)


def _parent_seen(listing: Listing, at: int, shape: Shape, binds: Binds) -> str:
    parent = listing.parents[at]
    key = parent.detail.column(parent.detail.key)
    place = binds.number(f"_parent_{parent.name}")
    gate = f"{binds.fill(GATE)} AND " if shape.context else ""
    return (
        f"EXISTS (SELECT 1 FROM {binds.fill(parent.detail.source)} "
        f"WHERE {gate}({binds.fill(shape.parents[at], f'parent_{at}_')}) "
        f"AND ({binds.fill(parent.detail.where)}) AND {key.sql} = {place}::uuid)"
    )
