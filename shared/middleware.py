"""The gate in front of a service's routes: plain ASGI, one class, in the order a request meets it.

Request id, deadline, a place among the requests in flight, body limit, metrics, one log line.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared import deadline
from shared.errors import DeadlineExceeded, Overloaded, Problem, TooLarge, UnsupportedMedia
from shared.ids import new_id
from shared.language import pick_language
from shared.problems import problem_response, to_problem
from shared.telemetry import (
    REQUEST_SECONDS,
    REQUESTS_IN_FLIGHT,
    REQUESTS_SHED,
    log,
    trace_of,
)

REQUEST_ID: Final = "Rapport-Request-Id"
UNGATED: Final = ("/healthz", "/readyz", "/metrics")
"""Never shed, never counted: health is asked most when the service is busiest."""

_log = log(__name__)


@dataclass
class Gate:
    """At most `places` requests at once and `waiting` in line; more are shed with 503.

    So is whose turn comes when half of their time is gone: work begun that late may be cancelled at
    the deadline, and was done for nobody.
    """

    app: ASGIApp
    places: int
    request_seconds: float
    max_body_bytes: int
    waiting: int = 200
    large_paths: tuple[tuple[str, int], ...] = ()
    """Path prefixes with a body limit of their own, in bytes: uploads."""
    _free: int = field(init=False)
    _line: deque[tuple[asyncio.Future[None], float]] = field(default_factory=deque, init=False)

    def __post_init__(self) -> None:
        self._free = self.places

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in UNGATED:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = scope["request_id"] = headers.get(REQUEST_ID) or str(new_id())
        trace = trace_of(headers.get("traceparent"))
        structlog.contextvars.bind_contextvars(request_id=request_id, **trace)
        until = deadline.parse(headers.get(deadline.HEADER), floor_seconds=self.request_seconds)
        deadline.set_deadline(until)
        exchange = _Exchange(scope, receive, send, self._body_limit(scope["path"]), headers)
        await self._answer(exchange, until)

    def _body_limit(self, path: str) -> int:
        for prefix, limit in self.large_paths:
            if path.startswith(prefix):
                return limit
        return self.max_body_bytes

    async def _answer(self, exchange: _Exchange, until: float) -> None:
        REQUESTS_IN_FLIGHT.inc()
        try:
            async with asyncio.timeout(max(until - time.time(), 0.001)):
                exchange.check_body()
                await self._enter(until)
                try:
                    await self.app(exchange.scope, exchange.receive, exchange.send)
                finally:
                    self._leave()
        except TimeoutError:
            await exchange.fail(DeadlineExceeded())
        except Exception as error:  # noqa: BLE001
            # The last line of defence: whatever it was, the caller gets a problem document.
            await exchange.fail(to_problem(error))
            if not isinstance(error, Problem):
                _log.error("request_failed", path=exchange.scope["path"], exc_info=error)
        finally:
            REQUESTS_IN_FLIGHT.dec()
            exchange.report()

    async def _enter(self, until: float) -> None:
        if self._free > 0:
            self._free -= 1
            return
        if len(self._line) >= self.waiting:
            REQUESTS_SHED.inc()
            raise Overloaded()
        latest = (time.time() + until) / 2
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append((turn, latest))
        try:
            await turn
        except asyncio.CancelledError:
            # The place may have been handed over in the very moment of the cancellation.
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._leave()
            raise

    def _leave(self) -> None:
        while self._line:
            turn, latest = self._line.popleft()
            if turn.done():
                continue
            if time.time() < latest:
                turn.set_result(None)
                return
            REQUESTS_SHED.inc()
            turn.set_exception(Overloaded())
        self._free += 1


class _Exchange:
    """One request and its answer, watched: bytes read, status sent, time taken."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, limit: int, headers: Headers
    ) -> None:
        self.scope = scope
        self._receive, self._send = receive, send
        self._limit, self._headers = limit, headers
        self._read = 0
        self._started = time.perf_counter()
        self.status = 0

    def check_body(self) -> None:
        """Refuse a packed body, and a declared length over the limit, before reading anything."""
        if self._headers.get("content-encoding", "identity").lower() != "identity":
            raise UnsupportedMedia(accepted="Content-Encoding: identity")
        length = self._headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self._limit:
            raise TooLarge(limit=self._limit)

    async def receive(self) -> Message:
        """The next message; a chunked body over the limit is refused where it passes it."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._read += len(message.get("body", b""))
            if self._read > self._limit:
                raise TooLarge(limit=self._limit)
        return message

    async def send(self, message: Message) -> None:
        """Pass the answer on, with the request id."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [
                *message.get("headers", ()),
                (REQUEST_ID.lower().encode(), self.scope["request_id"].encode()),
            ]
        await self._send(message)

    async def fail(self, problem: Problem) -> None:
        """Answer with a problem, unless an answer is already on its way."""
        if self.status:
            return
        language = pick_language(self._headers.get("accept-language"))
        request_id, method = self.scope["request_id"], self.scope["method"]
        response = problem_response(problem, language, request_id, method)
        await response(self.scope, self._receive, self.send)

    def report(self) -> None:
        """One metric and, for what is slow or failed, one log line."""
        seconds = time.perf_counter() - self._started
        route: Any = self.scope.get("route")
        path = getattr(route, "path", "unmatched")
        method, status = self.scope["method"], self.status
        REQUEST_SECONDS.labels(method, path, status).observe(seconds)
        if status >= 500 or status == 0 or seconds > 1:
            _log.warning(
                "request",
                method=method,
                path=unquote(path),
                status=status,
                milliseconds=round(seconds * 1000, 1),
            )
