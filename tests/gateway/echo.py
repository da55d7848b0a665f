"""A service behind the gateway that says what it received."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from shared.identity import Verifier, generate_keys

PRIVATE_KEY, PUBLIC_KEY = generate_keys()
"""The gateway's; the service checks with the second."""


@dataclass
class EchoService:
    """Answers with what it received; keeps it too. Behaviour is chosen by the last path segment."""

    received: list[dict[str, Any]] = field(default_factory=list)
    verifier: Verifier = field(default_factory=lambda: Verifier(PUBLIC_KEY, "clients"))
    failures: int = 0
    degraded: dict[str, str] = field(default_factory=dict)
    document: dict[str, Any] = field(
        default_factory=lambda: {
            "openapi": "3.1.0",
            "paths": {"/api/v1/clients": {"get": {"operationId": "list", "responses": {}}}},
            "components": {"schemas": {}},
            "x-policy": {"client:create": {"sides": [], "roles": ["client_manager"]}},
        }
    )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        act = scope["path"].rsplit("/", 1)[-1]
        if act == "openapi.json":
            await _send(send, 200, orjson.dumps(self.document))
            return
        if act == "readyz":
            await _send(send, 200, orjson.dumps({"ready": True, "degraded": self.degraded}))
            return
        seen = {
            "method": scope["method"],
            "raw_path": scope["raw_path"].decode(),
            "query": scope["query_string"].decode(),
            "headers": [(n.decode(), v.decode("latin-1")) for n, v in scope["headers"]],
            "length": 0,
        }
        self.received.append(seen)
        if act == "slow":
            await asyncio.sleep(30)
        seen["length"] = await _drain(receive)
        if act == "stream":
            await _stream(send)
            return
        await _send(send, 200, orjson.dumps(seen))


async def _drain(receive: Receive) -> int:
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return length
        length += len(message.get("body", b""))
        more = message.get("more_body", False)
    return length


async def _send(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _stream(send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(64):
        await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
