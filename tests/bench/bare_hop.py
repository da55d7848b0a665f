"""The floors of forwarding in Python, nothing else around them.

With a service's port plain ASGI and the aiohttp client; without one plain ASGI that answers 1 KB
by itself: what receiving and answering cost before anything is forwarded.
"""

from __future__ import annotations

import sys

import aiohttp
import uvicorn
from starlette.types import Receive, Scope, Send
from yarl import URL

DROPPED = frozenset({b"connection", b"date", b"server"})
BODY = b"x" * 1_024
LENGTH = [(b"content-type", b"application/json"), (b"content-length", b"1024")]


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


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """1 KB to everybody."""
    await send({"type": "http.response.start", "status": 200, "headers": LENGTH})
    await send({"type": "http.response.body", "body": BODY})


if __name__ == "__main__":
    uvicorn.run(
        BareHop(f"http://127.0.0.1:{sys.argv[2]}") if len(sys.argv) > 2 else answer,
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
