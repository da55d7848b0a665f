"""What tests ask of readings: their plans, and what row security alone keeps back."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from shared.identity import Actor
from shared.reading.compiler import Statement, every_row, page
from shared.reading.questions import ask, split
from shared.reading.reader import DetailReader, ListingReader
from shared.reading.specification import Detail, Listing, Reading, Scope


def compile_unscoped(reading: Listing | Detail, actor: Actor) -> tuple[str, list[Any]]:
    """All rows of a reading with its scope and parents switched off, in the actor's columns.

    Run it on the actor's role with the actor's context: what comes back is what the second wall,
    row security, lets through by itself.
    """
    reader = ListingReader(_open(reading))
    view = reader.view(actor)
    shape, values = reader.prepare(actor, view, ask(view, {}), {})
    statement = every_row(reader.listing, view, shape)
    return statement.sql, statement.arguments(values)


async def plan(
    listing: Listing,
    connection: asyncpg.Connection,
    actor: Actor,
    query_string: bytes = b"",
    places: Mapping[str, UUID] | None = None,
) -> dict[str, Any]:
    """PostgreSQL's plan for the page that a request would read."""
    reader = ListingReader(listing)
    view = reader.view(actor)
    question = ask(view, split(query_string))
    following = reader.following(question, reader.mark(question, places or {}))
    shape, values = reader.prepare(actor, view, question, places or {}, following)
    statement = page(listing, view, shape)
    return await _explained(connection, statement, values)


async def plan_of_one(
    detail: Detail, connection: asyncpg.Connection, actor: Actor, key: UUID
) -> dict[str, Any]:
    """PostgreSQL's plan for a detail without parents."""
    statement, values = DetailReader(detail).prepare(actor, b"", {}, (key, detail.key))
    return await _explained(connection, statement, values)


async def _explained(
    connection: asyncpg.Connection, statement: Statement, values: dict[str, Any]
) -> dict[str, Any]:
    text = await connection.fetchval(
        f"EXPLAIN (FORMAT JSON) {statement.sql}", *statement.arguments(values)
    )
    explained: dict[str, Any] = orjson.loads(text)[0]["Plan"]
    return explained


def nodes(explained: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every node of a plan, the top one first."""
    yield explained
    for below in explained.get("Plans", ()):
        yield from nodes(below)


def sequential_scans(explained: Mapping[str, Any]) -> list[str]:
    """The tables that a plan reads from one end to the other."""
    return [node["Relation Name"] for node in nodes(explained) if node["Node Type"] == "Seq Scan"]


def unguarded_scans(explained: Mapping[str, Any], guarded: bool = False) -> list[str]:
    """The tables a plan reads without the context gate above them (see `contexts.py`)."""
    gate = explained["Node Type"] == "Result" and "One-Time Filter" in explained
    guarded = guarded or gate
    table = explained.get("Relation Name")
    found = [] if table is None or guarded else [str(table)]
    for below in explained.get("Plans", ()):
        found += unguarded_scans(below, guarded)
    return found


def _open(reading: Listing | Detail) -> Listing:
    if isinstance(reading, Listing):
        return replace(reading, scope=_everything, parents=())
    shared = {field.name: getattr(reading, field.name) for field in fields(Reading)}
    return Listing(**shared | {"scope": _everything, "parents": (), "order": reading.key})


def _everything(actor: Actor) -> Scope:
    return Scope.everything()
