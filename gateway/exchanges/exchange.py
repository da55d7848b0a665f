"""One request at the door: what is known of it, its body within limits, its one answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Final

from starlette.types import Message, Receive, Scope, Send

from gateway.exchanges.headers import Incoming, UnclearLength
from shared.errors import Problem, TooLarge
from shared.ids import new_id
from shared.language import pick_language
from shared.middleware import REQUEST_ID
from shared.problems import problem_response

_REQUEST_ID_HEADER = REQUEST_ID.lower().encode()
_SHORT: Final = 65_536
"""Bodies up to this many bytes are held in memory, within the deadline of the request."""


class ClientGone(Exception):
    """The caller hung up before the request was complete; there is nobody to answer."""


class Exchange:
    """A request and its answer. `until` is the absolute deadline, Unix time in seconds, and `clock`
    what keeps it.
    """

    __slots__ = (
        "address", "clock", "headers", "limit", "method", "path", "query", "read", "receive",
        "request_id", "route", "scope", "send_raw", "started", "status", "traceparent", "unnamed",
        "until", "user_id",
    )  # fmt: skip
    clock: asyncio.Timeout

    def __init__(self, scope: Scope, receive: Receive, send: Send, seconds: float) -> None:
        self.scope = scope
        self.receive = receive
        self.send_raw = send
        self.method: str = scope["method"]
        self.path: bytes = scope["raw_path"]
        self.query: bytes = scope["query_string"]
        self.request_id = str(new_id())
        self.started = time.time()
        self.until = self.started + seconds
        self.status = 0
        self.read = 0
        self.limit = 0
        self.route = "unmatched"
        self.user_id = ""
        self.traceparent = ""
        self.address = ""
        self.unnamed = False
        self.headers: Incoming | None = None

    def language(self) -> str:
        """The caller's language, as far as the headers could be read."""
        if self.headers is not None:
            return pick_language(self.headers.accept_language)
        for name, value in self.scope["headers"]:
            if name == b"accept-language":
                return pick_language(value.decode("latin-1"))
        return pick_language(None)

    def check_length(self, length: int | None) -> None:
        """Raise `TooLarge` (413) for a declared length over the limit, before reading anything."""
        if length is not None and length > self.limit:
            raise TooLarge(limit=self.limit)

    def has_long_body(self) -> bool:
        """Whether the body may be more than is held in memory."""
        headers = self.headers
        if headers is None or not headers.has_body or self.limit <= _SHORT:
            return False
        return headers.length is None or headers.length > _SHORT

    def stop_clock(self) -> None:
        """Let no deadline run while a long body comes."""
        self.clock.reschedule(None)

    def start_clock(self) -> None:
        """Begin the deadline anew, as long as the first one."""
        seconds = self.until - self.started
        self.until = time.time() + seconds
        self.clock.reschedule(asyncio.get_running_loop().time() + seconds)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body as it arrives.

        Raises `TooLarge` (413) where it passes the limit, `UnclearLength` (400) where it ends
        before its announced length, `ClientGone`.
        """
        more = True
        while more:
            message = await self.receive()
            if message["type"] != "http.request":
                raise ClientGone
            chunk: bytes = message.get("body", b"")
            self.read += len(chunk)
            if self.read > self.limit:
                raise TooLarge(limit=self.limit)
            more = message.get("more_body", False)
            if chunk:
                yield chunk
        self._check_whole()

    def _check_whole(self) -> None:
        # A body shorter than announced would leave the service's connection waiting for the rest,
        # and the next request on it would be taken for that rest.
        announced = self.headers.length if self.headers is not None else None
        if announced is not None and announced != self.read:
            raise UnclearLength()

    async def body(self) -> bytes:
        """The whole of a small body."""
        return b"".join([chunk async for chunk in self.chunks()])

    async def start(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        """Send the head of the answer."""
        self.status = status
        await self.send_raw({"type": "http.response.start", "status": status, "headers": headers})

    async def finish(self, body: bytes) -> None:
        """Send the rest of the answer."""
        await self.send_raw({"type": "http.response.body", "body": body})

    async def send(self, message: Message) -> None:
        """What an inner application sends, with the request id once and the status noted."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = (_REQUEST_ID_HEADER, self.request_id.encode())
            kept = [item for item in message.get("headers", ()) if item[0] != own[0]]
            message = {**message, "headers": [*kept, own]}
        await self.send_raw(message)

    async def fail(self, problem: Problem) -> None:
        """Answer with a problem document, unless an answer is on its way already."""
        if self.status:
            return
        response = problem_response(problem, self.language(), self.request_id, self.method)
        response.headers["X-Content-Type-Options"] = "nosniff"
        await response(self.scope, self.receive, self.send)
