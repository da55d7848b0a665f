"""Whether NATS has every write on disk before it acknowledges it: for readiness.

A server does not say so to everybody. One that is configured as ours answers on `DURABILITY` what
its system account answers on JSZ, the state of its JetStream.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import orjson

from shared.bus import Bus, BusUnavailable

DURABILITY: Final = "rapport.durability"
ANSWER_SECONDS: Final = 1.0
_NANO: Final = 1_000_000_000


@dataclass
class Durability:
    """Asks once per connection."""

    bus: Bus
    _told: tuple[int, str] = field(default=(-1, ""), init=False)

    async def reason(self) -> str:
        """ "ok" where every write is synced, or why that is not so or not known.

        Raises `BusUnavailable` while there is no connection.
        """
        if self.bus.reason() != "ok":
            raise BusUnavailable(self.bus.reason())
        generation, told = self._told
        if generation != self.bus.generation:
            generation = self.bus.generation
            told = _judge(await self.bus.ask(DURABILITY, seconds=ANSWER_SECONDS))
            self._told = generation, told
        return told


def _judge(answer: bytes | None) -> str:
    if answer is None:
        return f"unknown whether every write is synced: nothing answers on {DURABILITY}"
    store = orjson.loads(answer).get("data", {}).get("config") or {}
    if store.get("sync_always"):
        return "ok"
    seconds = int(store.get("sync_interval", 0)) / _NANO
    return f"writes are synced every {seconds:.0f} s: set sync_interval to always"
