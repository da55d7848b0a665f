"""What a resource lets its readers ask for, as data.

Every SQL text here is a constant written by a programmer. The compiler binds values to
`:names`; nothing that arrives with a request is ever part of a statement.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shared.audience import Audience
from shared.identity import Actor
from shared.policy import Rule


class Op(StrEnum):
    """Operators a filter may allow. EQ has no suffix in the query string, the others have."""

    EQ = "eq"
    IN = "in"
    GTE = "gte"
    LTE = "lte"
    AFTER = "after"
    BEFORE = "before"
    NULL = "null"
    CONTAINS = "contains"
    HAS = "has"


EXACT = frozenset({Op.EQ})
ANY_OF = frozenset({Op.EQ, Op.IN})
RANGE = frozenset({Op.EQ, Op.GTE, Op.LTE, Op.AFTER, Op.BEFORE})
NULL = frozenset({Op.NULL})
CONTAINS = frozenset({Op.CONTAINS})
HAS = frozenset({Op.HAS})

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
RESERVED = frozenset({"q", "sort", "limit", "cursor", "fields", "total", "format"})


def _check_name(name: str, parameter: bool) -> None:
    if not _NAME.match(name) or (parameter and name in RESERVED):
        raise ValueError(f"{name!r} cannot be a public name")


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows an actor may read: constant SQL over the source's aliases, values as binds."""

    sql: str
    params: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def everything(cls) -> "Scope":
        """Every row; row security still applies."""
        return cls("true")

    @classmethod
    def nothing(cls) -> "Scope":
        """No row at all."""
        return cls("false")


ScopeFor = Callable[[Actor], Scope]


@dataclass(frozen=True, slots=True)
class Column:
    """One public value of a resource.

    `type` is a Python type (`UUID`, `str | None`, an enum, `list[Reference]`, a pydantic
    model): its JSON schema is the documentation, and filters parse their values by it.
    A `datetime` is rendered as a UTC instant, a `date` as a date. `filter_sql` and `sort_sql`
    stand in for `sql` where the comparison needs another expression (a money column sorts by
    its amount); `filter_type` is the Python type of `filter_sql`. An optional column with
    `sortable` pages fastest when `sort_sql` is never NULL and an index covers it.
    """

    name: str
    sql: str
    type: Any
    audience: Audience = field(kw_only=True)
    filters: frozenset[Op] = field(default=frozenset(), kw_only=True)
    sortable: bool = field(default=False, kw_only=True)
    description: str = field(default="", kw_only=True)
    filter_sql: str | None = field(default=None, kw_only=True)
    filter_type: Any = field(default=None, kw_only=True)
    sort_sql: str | None = field(default=None, kw_only=True)
    sort_type: Any = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        _check_name(self.name, parameter=bool(self.filters))


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter that is no column: constant boolean SQL around one `:value`.

    `default` applies when the request does not name it, and must be typed like `type`.
    """

    name: str
    sql: str
    type: Any
    audience: Audience = field(kw_only=True)
    default: object = field(default=None, kw_only=True)
    description: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        _check_name(self.name, parameter=True)
        if not re.search(r"(?<!:):value\b", self.sql):
            raise ValueError(f"condition {self.name!r} has no :value")


@dataclass(frozen=True, slots=True)
class Search:
    """`q=` over a tsvector expression filled by `shared.text.search_vector_lexemes`.

    What is indexed in it must be visible to the whole `audience`: of several, the first that
    admits the actor is used, and with none `q` is an unknown parameter.
    """

    sql: str
    audience: Audience = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Can:
    """An action a detail offers in `can`: who by rule, and when by the row's own columns."""

    action: str
    rule: Rule = field(kw_only=True)
    when: str = field(default="true", kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What listings and details share; use those."""

    name: str
    path: str
    item: str
    policy: str
    source: str
    columns: tuple[Column, ...]
    scope: ScopeFor
    key: str = "id"
    where: str = "true"
    exclusions: bool = False
    parents: tuple["Parent", ...] = ()
    summary: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        doubled = {name for name in names if names.count(name) > 1}
        if doubled:
            raise ValueError(f"{self.name}: doubled columns {sorted(doubled)}")
        if self.key not in names:
            raise ValueError(f"{self.name}: no key column {self.key!r}")

    def column(self, name: str) -> Column:
        """The column of that public name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Reading):
    """A collection: filters, sorts, search, pages and exports of one source.

    `key` names a unique, never NULL column that breaks ties between equal sort values;
    `order` is the default sort. `exclusions=True` says that even firm-side readers have rows
    kept from them by row security, so their context is set before reading.
    """

    order: str = "id"
    conditions: tuple[Condition, ...] = ()
    searches: tuple[Search, ...] = ()
    maximum: int = 200

    def detail(
        self,
        *,
        name: str,
        policy: str,
        summary: str,
        item: str | None = None,
        more: tuple[Column, ...] = (),
        version: str | None = None,
        alternative: str | None = None,
        moved: str | None = None,
        moved_alternative: str | None = None,
        can: tuple[Can, ...] = (),
    ) -> "Detail":
        """One row at `<path>/{id}`: of the same rows the same columns, and `more`."""
        return Detail(
            name=name,
            path=f"{self.path}/{{id}}",
            item=item or f"{self.item}Detail",
            policy=policy,
            summary=summary,
            source=self.source,
            columns=self.columns + more,
            scope=self.scope,
            key=self.key,
            where=self.where,
            exclusions=self.exclusions,
            parents=self.parents,
            version=version,
            alternative=alternative,
            moved=moved,
            moved_alternative=moved_alternative,
            can=can,
        )

    def __post_init__(self) -> None:
        super(Listing, self).__post_init__()
        for sort in self.order.split(","):
            name = sort.removeprefix("-")
            if name != self.key and not self.column(name).sortable:
                raise ValueError(f"{self.name}: default order by unsortable {name!r}")
        taken = {column.name for column in self.columns}
        for condition in self.conditions:
            if condition.name in taken:
                raise ValueError(f"{self.name}: {condition.name!r} is a column and a condition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail(Reading):
    """One row by its key, or by the unique column `alternative` where the path is no key.

    `version` is the SQL of the row version, answered as strong ETag for `If-Match`. Set
    `revalidate=True` only where every column changes with that version: then
    `If-None-Match` is answered 304. `moved` is a constant SELECT from an old key `:key` to the
    key it was merged into; its readers are redirected for ever (308). `moved_alternative` is the
    same from an old value of `alternative` to the one of today.
    """

    version: str | None = None
    alternative: str | None = None
    can: tuple[Can, ...] = ()
    revalidate: bool = False
    moved: str | None = None
    moved_alternative: str | None = None

    def __post_init__(self) -> None:
        super(Detail, self).__post_init__()
        if self.alternative is not None:
            self.column(self.alternative)
        if self.path.count("{") != 1 + len(self.parents):
            raise ValueError(f"{self.name}: the path needs one key after its parents")


@dataclass(frozen=True, slots=True)
class Parent:
    """A path segment that must be a visible row of `detail`, and what holds its key here."""

    name: str
    sql: str
    detail: Detail
