"""`/api/openapi.json`: merged from what the services say of themselves, kept until one changes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

import orjson
from fastapi import FastAPI
from starlette.responses import Response

from gateway.exchanges.exchange import Exchange
from gateway.openapi.documents import Documents
from gateway.openapi.merging import merge_documents
from shared.errors import MethodNotAllowed
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

    def response(self, exchange: Exchange) -> Response:
        """The document as it is now."""
        if exchange.method not in {"GET", "HEAD"}:
            raise MethodNotAllowed(headers={"Allow": "GET, HEAD"})
        if self._edition != self._documents.edition:
            self._body = orjson.dumps(self.document())
            self._edition = self._documents.edition
        return Response(
            self._body,
            media_type="application/json",
            headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"},
        )

    def document(self) -> dict[str, Any]:
        """Every service's operations and the gateway's own."""
        own = dict(self._own.openapi())
        own["paths"] = own["paths"] | deepcopy(_STREAM)
        document_failures(own)
        # In one order, whichever service answered first: it decides which schema keeps its name.
        others = dict(sorted(self._documents.known.items()))
        return merge_documents({"gateway": own, **others}, ANONYMOUS)
