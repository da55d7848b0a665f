"""Answers questions: one statement per request, its bytes passed on as they come."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

import asyncpg

from shared.deadline import remaining
from shared.errors import NotFound
from shared.identity import Actor
from shared.reading import cursors, places
from shared.reading.binds import actor_values, prefixed
from shared.reading.compiler import TOTAL_CEILING, Shape, Statement, one, page, step
from shared.reading.contexts import context_values, needs_context
from shared.reading.kinds import BadValue
from shared.reading.questions import (
    Question,
    View,
    ask,
    bad,
    sort_type,
    split,
    unknown,
    visible_fields,
)
from shared.reading.specification import Detail, Listing, Reading

_STATEMENTS = 2_000
_VIEWS = 500


class Reads(Protocol):
    """The part of `Database` that reading needs."""

    def read(
        self, actor: Actor, *, exclusions: bool = False, context: bool = True
    ) -> AbstractAsyncContextManager[asyncpg.Connection]:
        """A connection on the actor's role, with row-security context unless told not to."""
        ...


class _Views:
    """The views of one reading, one per set of labels."""

    def __init__(self, reading: Reading) -> None:
        self.of = lru_cache(maxsize=_VIEWS)(lambda labels: View(reading, labels))


class ListingReader:
    """Serves one listing; keeps its compiled statements."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self._views = _Views(listing)
        self._compile = lru_cache(maxsize=_STATEMENTS)(
            lambda shape, view: page(listing, view, shape)
        )

    async def answer(
        self, database: Reads, actor: Actor, query_string: bytes, places: Mapping[str, UUID]
    ) -> bytes:
        """The JSON envelope of one page. Raises `BadRequest`, and `NotFound` for a parent."""
        view = self.view(actor)
        question = ask(view, split(query_string))
        mark = self.mark(question, places)
        following = self.following(question, mark)
        shape, values = self.prepare(actor, view, question, places, following)
        statement = self._compile(shape, view)
        async with database.read(actor, context=False) as connection:
            row = await connection.fetchrow(
                statement.sql, *statement.arguments(values), timeout=remaining()
            )
        if not row["seen"]:
            raise NotFound()
        return _envelope(row, question, mark)

    def view(self, actor: Actor) -> View:
        """What of the listing the actor may see."""
        view: View = self._views.of(actor.labels)
        return view

    def mark(self, question: Question, places: Mapping[str, UUID]) -> bytes:
        """Binds a cursor to everything that decides which rows follow, page size aside."""
        asked = (question.filters, question.conditions, question.search, question.sort, places)
        return cursors.binding(self.listing.name, *(repr(part) for part in asked))

    def prepare(
        self,
        actor: Actor,
        view: View,
        question: Question,
        places: Mapping[str, UUID],
        following: tuple[object, ...] | None = None,
    ) -> tuple[Shape, dict[str, Any]]:
        """The shape of the statement and every value it may bind."""
        scope = self.listing.scope(actor)
        values = actor_values(actor) | prefixed("scope_", scope.params)
        values.update(context_values(actor))
        values["_limit"] = question.limit
        values["_search"] = question.search
        values.update(prefixed("_parent_", places))
        values.update(prefixed("_condition_", question.conditions))
        values.update({f"_filter_{at}": v for at, v in enumerate(question.filters.values())})
        values.update({f"_after_{at}": value for at, value in enumerate(following or ())})
        parents = [parent.detail.scope(actor) for parent in self.listing.parents]
        for at, seen in enumerate(parents):
            values.update(prefixed(f"parent_{at}_", seen.params))
        shape = Shape(
            columns=question.fields or view.names,
            filters=tuple(question.filters),
            conditions=_conditions(question),
            search=view.search.sql if view.search and question.search is not None else None,
            sort=question.sort,
            limit=step(question.limit, self.listing.maximum),
            total=question.total,
            after=None if following is None else tuple(value is None for value in following),
            scope=scope.sql,
            context=needs_context(actor, self.listing.exclusions),
            parents=tuple(seen.sql for seen in parents),
        )
        return shape, values

    def following(self, question: Question, mark: bytes) -> tuple[object, ...] | None:
        """The sort values the page starts after. Raises `BadRequest` for a foreign cursor."""
        types = [sort_type(self.listing.column(sort.column)) for sort in question.sort]
        return places.following(question.cursor, mark, types)


def _conditions(question: Question) -> tuple[tuple[str, bool | None], ...]:
    return tuple(
        (name, value if isinstance(value, bool) else None)
        for name, value in question.conditions.items()
    )


def _envelope(row: asyncpg.Record, question: Question, mark: bytes) -> bytes:
    parts = [b'{"items":', row["items"], b',"next_cursor":']
    parts.append(b'"%b"' % cursors.write(mark, row["keys"]) if row["more"] else b"null")
    if question.total:
        parts.append(b',"total":%b' % _total(row["total"]))
    parts.append(b"}")
    return b"".join(parts)


def _total(counted: int) -> bytes:
    return b"%d" % counted if counted <= TOTAL_CEILING else b'"10,000+"'


class Found:
    """A detail as it goes out: its JSON and its version."""

    __slots__ = ("body", "version")

    def __init__(self, body: bytes, version: str | None) -> None:
        self.body = body
        self.version = version


class Moved(Exception):
    """The record was merged into `key`, which the actor may see."""

    def __init__(self, key: object) -> None:
        self.key = key
        super().__init__(str(key))


class DetailReader:
    """Serves one detail; keeps its compiled statements."""

    def __init__(self, detail: Detail) -> None:
        self.detail = detail
        self._views = _Views(detail)
        self._compile = lru_cache(maxsize=_STATEMENTS)(self._compiled)

    async def answer(
        self,
        database: Reads,
        actor: Actor,
        query_string: bytes,
        places: Mapping[str, UUID],
        asked: tuple[object, str],
    ) -> Found:
        """One row by a value of a column, `asked`.

        Raises `NotFound` for strangers and `Moved` after a merge.
        """
        statement, values = self.prepare(actor, query_string, places, asked)
        async with database.read(actor, context=False) as connection:
            row = await connection.fetchrow(
                statement.sql, *statement.arguments(values), timeout=remaining()
            )
        if row is None:
            elsewhere = {
                self.detail.key: self.detail.moved,
                self.detail.alternative: self.detail.moved_alternative,
            }.get(asked[1])
            if elsewhere is not None:
                await self._look_elsewhere(elsewhere, database, actor, statement, values)
            raise NotFound()
        return Found(row["body"], row["version"])

    def prepare(
        self,
        actor: Actor,
        query_string: bytes,
        places: Mapping[str, UUID],
        asked: tuple[object, str],
    ) -> tuple[Statement, dict[str, Any]]:
        """The statement and every value it may bind. Raises `BadRequest`."""
        key, by = asked
        view: View = self._views.of(actor.labels)
        names = _fields(view, query_string)
        scope = self.detail.scope(actor)
        values = actor_values(actor) | prefixed("scope_", scope.params)
        values.update(prefixed("_parent_", places))
        values["_key"] = key
        values.update(context_values(actor))
        context = needs_context(actor, self.detail.exclusions)
        return self._compile(names, scope.sql, self._actions(actor), by, context), values

    def _compiled(
        self, names: tuple[str, ...], scope: str, actions: int, by: str, context: bool
    ) -> Statement:
        columns = [self.detail.column(name) for name in names]
        return one(self.detail, columns, scope, actions, by=by, context=context)

    def _actions(self, actor: Actor) -> int:
        """The `can` actions that policy leaves to the actor, as a bit set."""
        return sum(1 << at for at, can in enumerate(self.detail.can) if can.rule.allows(actor))

    async def _look_elsewhere(
        self,
        moved: str,
        database: Reads,
        actor: Actor,
        statement: Statement,
        values: dict[str, Any],
    ) -> None:
        select = moved.replace(":key", "$1")
        async with database.read(actor, exclusions=self.detail.exclusions) as connection:
            target = await connection.fetchval(select, values["_key"], timeout=remaining())
            if target is None:
                return
            arguments = statement.arguments(values | {"_key": target})
            # a target out of sight stays unknown: the redirect would tell that it exists
            if await connection.fetchrow(statement.sql, *arguments, timeout=remaining()):
                raise Moved(target)


def _fields(view: View, query_string: bytes) -> tuple[str, ...]:
    parameters = split(query_string)
    if not parameters:
        return view.names
    for name in parameters:
        if name != "fields":
            raise unknown(name)
    values = parameters["fields"]
    if len(values) != 1:
        raise bad("fields", BadValue("one value", "单个值"))
    return visible_fields(view, values[0])
