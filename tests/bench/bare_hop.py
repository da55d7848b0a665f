"""The floor of forwarding in Python: plain ASGI and the aiohttp client, nothing else."""

from __future__ import annotations

import sys

import aiohttp
import uvicorn
from starlette.types import Receive, Scope, Send
from yarl import URL

DROPPED = frozenset({b"connection", b"date", b"server"})


class BareHop:
    """Forwards every request to one service."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                connector=aiohttp.TCPConnector(limit=0),
            )
        headers = [(k.decode(), v.decode()) for k, v in scope["headers"] if k != b"host"]
        url = URL(self._base + scope["path"], encoded=True)
        request = self._session.request(
            scope["method"], url, headers=headers, allow_redirects=False
        )
        async with request as answer:
            body = await answer.read()
        kept = [(k.lower(), v) for k, v in answer.raw_headers if k.lower() not in DROPPED]
        await send({"type": "http.response.start", "status": answer.status, "headers": kept})
        await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(
        BareHop(f"http://127.0.0.1:{sys.argv[2]}"),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
