"""Whether the reader of each stream comes on, by what the server says of its consumer.

A reader may be connected and busy and yet get nowhere: what it takes is never acknowledged, and
comes again. Only the server knows (docs/decisions/0042).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.bus import Bus, BusRefused, BusUnavailable
from shared.telemetry import CONSUMER_LAG, CONSUMER_REDELIVERED, CONSUMER_STUCK_SECONDS


@dataclass(frozen=True)
class Standing:
    """How far a consumer has come; `moved_at` is when that was last seen to change."""

    floor: int
    undelivered: int
    unacknowledged: int
    again: int
    moved_at: float

    @property
    def waiting(self) -> int:
        """Messages not handled yet."""
        return self.undelivered + self.unacknowledged


def judged(info: Mapping[str, Any], before: Standing | None, now: float) -> Standing:
    """The standing that a consumer's info tells; `now` in seconds of any clock.

    It has moved when all up to some message is acknowledged that was not, when less waits than
    before, which only an acknowledgement brings about, or when nothing waits.
    """
    floor = int(info["ack_floor"]["stream_seq"])
    undelivered, unacknowledged = int(info["num_pending"]), int(info["num_ack_pending"])
    waiting = undelivered + unacknowledged
    still = before is not None and floor == before.floor and waiting >= before.waiting > 0
    moved_at = before.moved_at if before is not None and still else now
    return Standing(floor, undelivered, unacknowledged, int(info["num_redelivered"]), moved_at)


@dataclass
class Progress:
    """Looks at the consumers of one service every `every` seconds."""

    bus: Bus
    consumer: str
    publishers: Sequence[str]
    every: float
    stall_seconds: float
    _standings: dict[str, Standing] = field(default_factory=dict, init=False)
    _refusals: dict[str, BusRefused] = field(default_factory=dict, init=False)

    async def watch(self) -> None:
        """Keep standings and gauges true for ever."""
        while True:
            for publisher in self.publishers:
                await self._look(publisher)
            await asyncio.sleep(self.every)

    async def _look(self, publisher: str) -> None:
        try:
            info = await self.bus.consumer_info(publisher, self.consumer)
        except (BusUnavailable, BusRefused) as error:
            # Whoever follows the stream hears of it. What cannot be seen is judged afresh.
            self._standings.pop(publisher, None)
            if isinstance(error, BusRefused):
                self._refusals[publisher] = error
            return
        now = time.monotonic()
        standing = judged(info, self._standings.get(publisher), now)
        self._standings[publisher] = standing
        CONSUMER_LAG.labels(publisher).set(standing.waiting)
        CONSUMER_REDELIVERED.labels(publisher).set(standing.again)
        CONSUMER_STUCK_SECONDS.labels(publisher).set(now - standing.moved_at)

    def begin(self, publisher: str) -> None:
        """The consumer is there now, whatever the server said before."""
        self._refusals.pop(publisher, None)

    def undelivered(self, publisher: str) -> int:
        """Messages that the server has not handed out, when it was last asked.

        Raises `BusRefused` where it knew no such consumer since `begin`.
        """
        if refusal := self._refusals.get(publisher):
            raise refusal
        standing = self._standings.get(publisher)
        return standing.undelivered if standing else 0

    def stuck(self) -> dict[str, str]:
        """Each stream whose reader made no progress for `stall_seconds`, with what waits there."""
        now = time.monotonic()
        return {
            publisher: f"no progress for {now - each.moved_at:.0f} s, {each.waiting} waiting,"
            f" {each.again} of them delivered again"
            for publisher, each in self._standings.items()
            if each.waiting and now - each.moved_at > self.stall_seconds
        }
