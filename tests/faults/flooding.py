"""Requests at a rate that waits for no answer, over raw sockets, and what became of each."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, cast

import orjson

_MOST_CONNECTIONS: Final = 1_500
_CONNECTIONS_FOR_SECONDS: Final = 4.0
"""Each is used about as often: the door closes what was idle for five seconds."""
_TICK_SECONDS: Final = 0.005
_LAST_SECONDS: Final = 20.0
"""Longer than the gateway's own deadline."""
OK: Final = range(200, 300)
SHED: Final = 503
LATE: Final = 504


@dataclass(frozen=True)
class Answer:
    """What came back, at which moment, after how many seconds.

    `status` 0 means that the connection broke: the door closes idle ones, some as they are used.
    """

    status: int
    at: float
    seconds: float
    head: bytes
    body: bytes

    @property
    def good(self) -> bool:
        """Whether it brings what was asked for; within the deadline, for later is a 504."""
        return self.status in OK

    @property
    def refused_well(self) -> bool:
        """Whether it is a refusal as promised: a 503 problem document that says when to return."""
        head = self.head.lower()
        return (
            self.status == SHED
            and b"\r\nretry-after: " in head
            and b"\r\ncontent-type: application/problem+json" in head
            and orjson.loads(self.body)["status"] == SHED
        )


@dataclass
class Told:
    """What a while of asking told."""

    began: float
    seconds: float
    asked: int = 0
    answers: list[Answer] = field(default_factory=list)

    @property
    def goodput(self) -> float:
        """Good answers per second, of those that came while it was asked."""
        until = self.began + self.seconds
        return sum(each.good and each.at <= until for each in self.answers) / self.seconds

    @property
    def refused(self) -> list[Answer]:
        """Everything that was answered and brought nothing, but for what ran into the deadline."""
        return [each for each in self.answers if not each.good and each.status not in {0, LATE}]

    @property
    def late(self) -> int:
        """How many ran into the deadline or broke: on a slow machine some that were let in do."""
        return len(self.answers) - len(self.refused) - sum(each.good for each in self.answers)

    def median(self) -> float:
        """Seconds within which half of the answers that were asked for came."""
        taken = sorted(each.seconds for each in self.answers if each.good)
        return taken[len(taken) // 2] if taken else float("inf")


class _Connection(asyncio.Protocol):
    """One kept-alive connection with at most one request on its way."""

    def __init__(
        self,
        answered: Callable[[_Connection, Answer], None],
        lost: Callable[[_Connection], None],
    ) -> None:
        self._answered, self._lost = answered, lost
        self._buffer = b""
        self._sent = 0.0
        self.busy = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by birth

    def ask(self, message: bytes) -> None:
        """Send a request."""
        assert self.transport is not None
        self.busy, self._buffer, self._sent = True, b"", time.monotonic()
        self.transport.write(message)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if found and len(body) >= _length(head):
            self._tell(int(head[9:12]), head, body)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self._lost(self)
        if self.busy:
            self._tell(0, b"", str(exc).encode())

    def _tell(self, status: int, head: bytes, body: bytes) -> None:
        self.busy = False
        now = time.monotonic()
        self._answered(self, Answer(status, now, now - self._sent, head, body))


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])


@dataclass
class Flood:
    """Asks at `port`; `message` makes the next request."""

    port: int
    message: Callable[[], bytes]
    _idle: deque[_Connection] = field(default_factory=deque)
    _open: int = 0
    _under_way: int = 0
    _told: Told = field(default_factory=lambda: Told(0, 0))
    _again_until: float = 0.0

    async def side_by_side(self, places: int, seconds: float) -> Told:
        """Ask for a while with `places` callers, each waiting for one answer before the next."""
        self._begin(seconds)
        await self._connect(places)
        self._again_until = time.monotonic() + seconds
        for _ in range(places):
            self._ask()
        return await self._rest()

    async def at_rate(self, per_second: float, seconds: float) -> Told:
        """Ask so often for a while, whatever is answered, and wait for the answers."""
        enough = int(per_second * _CONNECTIONS_FOR_SECONDS)
        await self._connect(min(enough, _MOST_CONNECTIONS))
        told = self._begin(seconds)
        while (passed := time.monotonic() - told.began) < seconds:
            while told.asked < passed * per_second and self._idle:
                self._ask()
            await asyncio.sleep(_TICK_SECONDS)
        return await self._rest()

    def close(self) -> None:
        """Hang up."""
        for connection in list(self._idle):
            assert connection.transport is not None
            connection.transport.abort()

    def _begin(self, seconds: float) -> Told:
        self._again_until = 0.0
        self._told = Told(time.monotonic(), seconds)
        return self._told

    async def _connect(self, number: int) -> None:
        loop = asyncio.get_running_loop()
        while self._open < number:
            _, connection = await loop.create_connection(
                lambda: _Connection(self._answered, self._lost), "127.0.0.1", self.port
            )
            self._open += 1
            self._idle.append(connection)

    def _ask(self) -> None:
        self._told.asked += 1
        self._under_way += 1
        self._idle.popleft().ask(self.message())

    def _answered(self, connection: _Connection, answer: Answer) -> None:
        self._under_way -= 1
        self._told.answers.append(answer)
        if connection.transport is None:
            return
        self._idle.append(connection)
        if time.monotonic() < self._again_until:
            self._ask()

    def _lost(self, connection: _Connection) -> None:
        self._open -= 1
        if not connection.busy:
            self._idle.remove(connection)

    async def _rest(self) -> Told:
        """Wait until everything is answered."""
        until = self._told.began + self._told.seconds + _LAST_SECONDS
        while time.monotonic() < self._told.began + self._told.seconds or (
            self._under_way and time.monotonic() < until
        ):
            await asyncio.sleep(_TICK_SECONDS)
        return self._told
