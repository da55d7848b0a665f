"""Whole lists, row by row: the same filters, sorts and audience as the page, no page size."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any
from uuid import UUID

import orjson

from shared.deadline import remaining
from shared.identity import Actor
from shared.reading.compiler import every_row
from shared.reading.questions import ask, split, unknown
from shared.reading.reader import ListingReader, Reads
from shared.reading.specification import Listing

_BATCH = 500
_NOT_HERE = ("limit", "cursor", "total")


async def stream_listing(
    listing: Listing,
    database: Reads,
    actor: Actor,
    query_string: bytes,
    places: Mapping[str, UUID] | None = None,
) -> AsyncGenerator[dict[str, Any], None]:
    """Every row the actor may read and asked for, in order, through a server-side cursor.

    `places` are the keys of the parents, by name; under a parent out of sight there are no rows.
    Takes the listing's own parameters; `format` belongs to the export and is ignored. Raises
    `BadRequest` like the list, before the first row. Holds a connection until it is exhausted.
    """
    parameters = split(query_string)
    parameters.pop("format", None)
    for name in _NOT_HERE:
        if name in parameters:
            raise unknown(name)
    reader = ListingReader(listing)
    view = reader.view(actor)
    shape, values = reader.prepare(actor, view, ask(view, parameters), places or {})
    statement = every_row(listing, view, shape)
    async with (
        database.read(actor, exclusions=listing.exclusions) as connection,
        connection.transaction(readonly=True),
    ):
        arguments = statement.arguments(values)
        rows = connection.cursor(statement.sql, *arguments, prefetch=_BATCH, timeout=remaining())
        async for row in rows:
            yield orjson.loads(row[0])
