"""The two documents of the outside interface.

`/api/openapi.json` is merged from what the services say of themselves and kept until one changes;
`/api/asyncapi.json` names every public event, from the contracts.
"""

from __future__ import annotations

import asyncio
from copy import deepcopy
from functools import cache
from typing import Any, Final

import orjson
from fastapi import FastAPI
from starlette.responses import Response

from gateway.exchanges.exchange import Exchange
from gateway.openapi.documents import Documents
from gateway.openapi.merging import INFO, merge_documents
from shared.asyncapi import asyncapi
from shared.openapi import document_failures

ANONYMOUS: Final = frozenset(
    {
        ("post", "/api/v1/auth/token"),
        ("post", "/api/v1/auth/session"),
        ("get", "/api/v1/auth/invitations/{token}"),
        ("post", "/api/v1/auth/invitations/accept"),
    }
)
_STREAM: Final[dict[str, Any]] = {
    "/api/v1/events/stream": {
        "get": {
            "tags": ["events"],
            "operationId": "stream_events",
            "summary": "Live updates as server-sent events",
            "description": (
                "Thin notifications {id, type, aggregate, aggregate_id, version, at} of what the"
                " caller may see. Last-Event-ID resumes; `event: reset` says to load afresh."
            ),
            "parameters": [
                {
                    "name": "Last-Event-ID",
                    "in": "header",
                    "required": False,
                    "schema": {"type": "string"},
                }
            ],
            "responses": {
                "200": {
                    "description": "An endless stream",
                    "content": {"text/event-stream": {"schema": {"type": "string"}}},
                }
            },
        }
    }
}


class OpenApi:
    """The one document."""

    def __init__(self, own: FastAPI, documents: Documents) -> None:
        self._own = own
        self._documents = documents
        self._edition = -1
        self._body = b""

    async def response(self, _: Exchange) -> Response:
        """The document as it is now."""
        if self._edition != self._documents.edition:
            self._body = orjson.dumps(self.document())
            self._edition = self._documents.edition
        return _served(self._body)

    def document(self) -> dict[str, Any]:
        """Every service's operations and the gateway's own."""
        own = dict(self._own.openapi())
        own["paths"] = own["paths"] | deepcopy(_STREAM)
        document_failures(own)
        # In one order, whichever service answered first: it decides which schema keeps its name.
        others = dict(sorted(self._documents.known.items()))
        return merge_documents({"gateway": own, **others}, ANONYMOUS)


class AsyncApi:
    """The document of every public event."""

    async def response(self, _: Exchange) -> Response:
        """The document; it changes with the release alone."""
        return _served(await asyncio.to_thread(_events))


@cache
def _events() -> bytes:
    """Written out once in a process: describing the states takes some tenths of a second."""
    return orjson.dumps(asyncapi(version=INFO["version"]))


def _served(body: bytes) -> Response:
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return Response(body, media_type="application/json", headers=headers)
