"""The route of the exported client list."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import IO, Any, Final
from urllib.parse import parse_qs, unquote_to_bytes

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from services.clients.exports.rules import Format, cells, columns, headings
from services.clients.registry.readings import CLIENTS
from shared.edge import ActorDep, RuntimeDep, allowed
from shared.errors import BadRequest, Field
from shared.files import download_document, download_headers
from shared.identity import Actor
from shared.language import pick_language
from shared.reading import stream_listing
from shared.sheet_export import csv_chunks, write_xlsx

router = APIRouter(prefix="/clients", tags=["clients"])
_PIECE: Final = 1 << 16


@router.get(
    "/export",
    dependencies=[allowed("client:export", asks_a_list=True)],
    response_class=StreamingResponse,
    responses=download_document(*Format),
)
async def export_clients(
    request: Request, actor: ActorDep, runtime: RuntimeDep
) -> StreamingResponse:
    """The client list with the list's own filters, sort and `fields`; `format` is csv or xlsx."""
    query: bytes = request.scope["query_string"]
    asked = parse_qs(query.decode("latin-1"))
    kind = _format(asked.get("format", ["csv"])[-1])
    names = columns(asked.get("fields", [None])[-1])
    language = pick_language(request.headers.get("accept-language"))
    rows = await _begun(_rows(runtime.database, actor, query, names, language))
    titles = headings(names, language)
    headers = download_headers(f"clients.{kind}", kind)
    if kind is Format.CSV:
        return StreamingResponse(csv_chunks(titles, rows), headers=headers)
    return StreamingResponse(_pieces(await write_xlsx(titles, rows)), headers=headers)


async def _rows(
    database: Any, actor: Actor, query: bytes, names: Sequence[str], language: str
) -> AsyncIterator[list[Any]]:
    async for item in stream_listing(CLIENTS, database, actor, _without_fields(query)):
        yield cells(item, names, language)


async def _begun(rows: AsyncIterator[list[Any]]) -> AsyncIterator[list[Any]]:
    """The rows with the first one read: a wrong filter is an answer of its own, not a torn file."""
    first = await anext(rows, None)

    async def rest() -> AsyncIterator[list[Any]]:
        if first is not None:
            yield first
        async for row in rows:
            yield row

    return rest()


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := await asyncio.to_thread(file.read, _PIECE):
            yield piece


def _format(asked: str) -> Format:
    try:
        return Format(asked)
    except ValueError as error:
        place = Field("?format", en="csv or xlsx", zh="csv 或 xlsx")
        raise BadRequest(errors=[place]) from error


def _without_fields(query: bytes) -> bytes:
    # Which columns a file has is decided here; a row needs others too, such as the owner's name.
    parts = query.split(b"&")
    return b"&".join(part for part in parts if unquote_to_bytes(part.split(b"=")[0]) != b"fields")
