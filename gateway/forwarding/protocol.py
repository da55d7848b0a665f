"""The HTTP protocol of the open address: uvicorn's, with what it lacks for an open door.

- a request must arrive within a limit (uvicorn has none): trickling sockets are closed, whatever
  length they announce; only a body that keeps coming at a fair rate is waited for;
- the head of a request is bounded (httptools keeps as much as comes);
- what the parser refuses (both lengths, doubled length, broken heads) is a problem document.
"""

from __future__ import annotations

from asyncio import TimerHandle
from typing import Any, ClassVar

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from shared.errors import BadRequest, Problem
from shared.ids import new_id
from shared.language import pick_language

_REASONS = {
    400: b"Bad Request",
    408: b"Request Timeout",
    431: b"Request Header Fields Too Large",
}
MOST_HEAD_BYTES = 65_536
MOST_HEADERS = 100


class TooSlow(Problem):
    """The request did not arrive within the limit."""

    status = 408
    code = "request_too_slow"
    title = {"en": "The request arrived too slowly", "zh": "请求到达过慢"}
    text = {"en": "A request must arrive within seconds.", "zh": "请求须在数秒内完整到达。"}


class MalformedRequest(BadRequest):
    """Not HTTP/1.1, or HTTP that two programs would read in two ways."""

    code = "malformed_request"
    title = {"en": "This is not a well-formed request", "zh": "请求格式错误"}
    text = {"en": "The request is not valid HTTP/1.1.", "zh": "请求不是有效的 HTTP/1.1。"}


class HeadTooLarge(Problem):
    """More headers, or longer ones, than anybody has a use for."""

    status = 431
    code = "headers_too_large"
    title = {"en": "The headers are too large", "zh": "请求头过大"}
    text = {
        "en": f"At most {MOST_HEADERS} headers of {MOST_HEAD_BYTES // 1024} KiB together.",
        "zh": f"请求头最多 {MOST_HEADERS} 个，合计不超过 {MOST_HEAD_BYTES // 1024} KiB。",
    }


class DoorProtocol(HttpToolsProtocol):
    """One connection at the open address."""

    arrival_seconds: ClassVar[float] = 15.0
    bytes_per_second: ClassVar[int] = 65_536
    """How fast, on average of each `arrival_seconds`, a body must come that takes longer."""
    longest_seconds: ClassVar[float] = 600.0

    _arriving: bool = True
    _timer: TimerHandle | None = None
    _head_bytes: int = 0
    _in_head: bool = False
    _fault: Problem | None = None
    _unfinished: int = 0
    """Bytes that came in pieces none of which completed the head."""
    _came: int = 0
    _held: bool = False
    """Of the time that the timer measures: bytes that came, and whether we held them up."""
    _waited: float = 0.0

    def connection_made(self, transport: Any) -> None:
        """A connection must say something within the limit."""
        super().connection_made(transport)
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more will arrive."""
        self._disarm()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first bytes of a request."""
        self._arriving = True
        self._in_head, self._head_bytes, self._fault = True, 0, None
        if self._timer is not None:  # silent until now: the request's time begins
            self._disarm()
            self._waited = 0.0
            self._arm()
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header; too many end the parsing. Raises `HeadTooLarge`, to the parser."""
        super().on_header(name, value)
        self._head_bytes += len(name) + len(value) + 4
        if len(self.headers) > MOST_HEADERS or self._head_bytes > MOST_HEAD_BYTES:
            self._fault = HeadTooLarge()
            raise self._fault

    def on_message_complete(self) -> None:
        """The last bytes of a request."""
        self._arriving = False
        super().on_message_complete()

    def data_received(self, data: bytes) -> None:
        """Feed the parser; most requests arrive whole, so that no timer is ever set for them."""
        super().data_received(data)
        if self._in_head and not self.transport.is_closing():
            self._unfinished += len(data)
            if self._unfinished > MOST_HEAD_BYTES:
                self._disarm()
                self._refuse(HeadTooLarge())
                return
        if not self._arriving:
            self._disarm()
        elif self._timer is not None:
            self._came += len(data)
            self._held = self._held or self.flow.read_paused
        elif not self.transport.is_closing():
            self._waited = 0.0
            self._arm()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head, self._unfinished = False, 0
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what the parser refused."""
        self._disarm()
        self._refuse(self._fault or MalformedRequest())

    def _should_upgrade_to_ws(self) -> bool:
        return False

    def _unsupported_upgrade_warning(self) -> None:
        return

    def _arm(self) -> None:
        # Who is not listened to from the beginning sends nothing that would say so.
        self._came, self._held = 0, self.flow.read_paused
        self._timer = self.loop.call_later(self.arrival_seconds, self._judge)

    def _judge(self) -> None:
        """Wait on for a body that keeps coming and is still wanted; end everything else."""
        self._waited += self.arrival_seconds
        fair = self._held or self._came >= self.bytes_per_second * self.arrival_seconds
        answered = self.cycle is None or self.cycle.response_complete
        if fair and not self._in_head and not answered and self._waited < self.longest_seconds:
            self._arm()
        else:
            self._too_slow()

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._timer = None
        if self.transport.is_closing():
            return
        before = self.cycle  # of the request before, while this one's head is on its way
        clear = before is None or (self._in_head and before.response_complete)
        if clear or not before.response_started:
            self._refuse(TooSlow())
        else:
            self.transport.abort()

    def _refuse(self, problem: Problem) -> None:
        started = self.cycle is not None and not self.cycle.response_complete
        if not (started and self.cycle.response_started):
            language = self._language()
            body = orjson.dumps(problem.document(language, str(new_id())))
            self.transport.write(
                b"HTTP/1.1 %d %s\r\ncontent-type: application/problem+json\r\n"
                b"content-language: %s\r\ncache-control: no-store\r\ncontent-length: %d\r\n"
                b"connection: close\r\n\r\n%s"
                % (
                    problem.status,
                    _REASONS[problem.status],
                    language.encode(),
                    len(body),
                    body,
                )
            )
        self.transport.close()

    def _language(self) -> str:
        """The caller's language, where the head was read that far."""
        asked = (value for name, value in self.headers or () if name == b"accept-language")
        return pick_language(next(asked, b"").decode("latin-1") or None)
