"""The interface and the API's page: everything at the door that is not the API."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response

from gateway.exchanges.exchange import Exchange
from gateway.web.files import File, Folder
from shared.errors import MethodNotAllowed, NotFound

DOCS: Final = "/api/docs"
SURVEY: Final = "/survey"
"""Where surveys are answered: a small page of its own; what stands after # stays in the browser."""
_DOCS_FOLDER: Final = Path(__file__).parent.parent / "openapi" / "page"
_RESERVED: Final = ("/api", "/healthz", "/readyz", "/metrics")


class Pages:
    """Serves `web/dist`, its entry page for every address of the interface, and the API's page."""

    def __init__(self, dist: Path) -> None:
        self._interface = Folder(dist)
        self._docs = Folder(_DOCS_FOLDER)

    async def serve(self, exchange: Exchange) -> None:
        """Answer a GET or HEAD. Raises `NotFound` (404), `MethodNotAllowed` (405)."""
        if exchange.method not in {"GET", "HEAD"}:
            raise MethodNotAllowed(headers={"Allow": "GET, HEAD"})
        file = self._find(exchange.scope["path"])
        if file is None:
            raise NotFound()
        headers = Headers(scope=exchange.scope)
        response: Response = file.response(
            headers.get("accept-encoding", ""), headers.get("if-none-match")
        )
        await response(exchange.scope, exchange.receive, exchange.send)

    def _find(self, path: str) -> File | None:
        if path == DOCS or path.startswith(DOCS + "/"):
            return self._docs.find(path.removeprefix(DOCS).lstrip("/") or "index.html")
        if path.startswith(_RESERVED):
            return None
        address = "survey.html" if path == SURVEY else path.lstrip("/")
        found = self._interface.find(address or "index.html")
        # A missing file is missing; an address of the interface is answered by its entry page.
        if found is None and "." not in address.rpartition("/")[2]:
            return self._interface.find("index.html")
        return found
