"""One long-lived pull on a durable consumer: what has arrived is handled in lots.

The request stays open at the server, so a message is delivered the moment it is stored. Heartbeats
tell a quiet stream from a dead connection; when they stop, the pull is renewed.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from shared.bus import Bus, BusUnavailable, stream_of

WINDOW: Final = 500
LOT: Final = 100
LOT_BYTES: Final = 1_000_000
"""Most bytes in a lot; a single message with more comes alone. Decoding a lot holds up everything
else that the process does."""
WINDOW_BYTES: Final = 16_000_000
"""Most bytes that are asked for at once: more than one message may have, and little enough to hold
(a lot of an import's audit trail has a quarter of a megabyte)."""
EXPIRES_SECONDS: Final = 30
HEARTBEAT_SECONDS: Final = 2
_NANO: Final = 1_000_000_000


@dataclass(frozen=True)
class Delivery:
    """A message and what the server says about its delivery."""

    message: Msg
    sequence: int
    attempt: int

    @property
    def data(self) -> bytes:
        """The payload."""
        return self.message.data

    @property
    def stored_at(self) -> float:
        """When the stream stored it, Unix time in seconds."""
        return int(self.message.reply.split(".")[-2]) / _NANO


@dataclass
class Pull:
    """Delivers messages of one durable consumer; `open()` again after `BusUnavailable`."""

    bus: Bus
    publisher: str
    consumer: str
    window: int = WINDOW
    _client: Client | None = field(default=None, init=False)
    _subscription: Subscription | None = field(default=None, init=False)
    _arrived: deque[Delivery] = field(default_factory=deque, init=False)
    _something: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _outstanding: int = field(default=0, init=False)
    _heard_at: float = field(default=0.0, init=False)
    _asked_at: float = field(default=0.0, init=False)
    _gone: bool = field(default=False, init=False)

    async def open(self) -> None:
        """Subscribe and ask for messages. Raises `BusUnavailable`."""
        await self.close()
        client = self._client = await self.bus.client()
        inbox = client.new_inbox()
        self._arrived.clear()
        self._outstanding = 0
        self._gone = False
        try:
            self._subscription = await client.subscribe(inbox, cb=self._on_message)
            await self._ask()
        except (NatsError, OSError) as error:
            raise BusUnavailable(str(error)) from error

    async def close(self) -> None:
        """Stop receiving; what was not acknowledged is delivered again later."""
        subscription, self._subscription = self._subscription, None
        if subscription is not None and self._client is not None and self._client.is_connected:
            try:
                await subscription.unsubscribe()
            except (NatsError, OSError):
                return  # the connection is gone, and the subscription with it

    async def lot(self, most: int = LOT, *, patience: float = HEARTBEAT_SECONDS) -> list[Delivery]:
        """What has arrived, at most `most` and a megabyte; waits `patience` seconds for the first.

        Empty when nothing came. Raises `BusUnavailable` when even heartbeats stay away.
        """
        if not self._arrived:
            self._something.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await self._something.wait()
            self._check_alive()
        lot = self._take(most)
        await self._ask_when_low()
        return lot

    def _take(self, most: int) -> list[Delivery]:
        lot: list[Delivery] = []
        size = 0
        while self._arrived and len(lot) < most:
            size += len(self._arrived[0].data)
            if lot and size > LOT_BYTES:
                break
            lot.append(self._arrived.popleft())
        return lot

    def _held_bytes(self) -> int:
        return sum(len(delivery.data) for delivery in self._arrived)

    def _check_alive(self) -> None:
        if self._gone:
            raise BusUnavailable("the consumer was deleted")
        if time.monotonic() - self._heard_at > 3 * HEARTBEAT_SECONDS:
            raise BusUnavailable("no heartbeat")

    async def _ask_when_low(self) -> None:
        expired = time.monotonic() - self._asked_at > EXPIRES_SECONDS
        if expired:
            self._outstanding = 0
        few = self._outstanding + len(self._arrived) < self.window // 2
        if few and self._held_bytes() < WINDOW_BYTES // 2:
            await self._ask()

    async def _ask(self) -> None:
        assert self._client is not None and self._subscription is not None
        batch = self.window - self._outstanding - len(self._arrived)
        request = {
            "batch": batch,
            "max_bytes": WINDOW_BYTES - self._held_bytes(),
            "expires": EXPIRES_SECONDS * _NANO,
            "idle_heartbeat": HEARTBEAT_SECONDS * _NANO,
        }
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{stream_of(self.publisher)}.{self.consumer}"
        try:
            await self._client.publish(
                subject, orjson.dumps(request), reply=self._subscription.subject
            )
        except (NatsError, OSError) as error:
            raise BusUnavailable(str(error)) from error
        self._outstanding += batch
        self._asked_at = self._heard_at = time.monotonic()

    async def _on_message(self, message: Msg) -> None:
        self._heard_at = time.monotonic()
        status = (message.headers or {}).get("Status")
        if status is None:
            # $JS.ACK.[domain.hash.]stream.consumer.delivered.stream_seq.consumer_seq.time.pending
            parts = message.reply.split(".")
            self._outstanding -= 1
            self._arrived.append(Delivery(message, sequence=int(parts[-4]), attempt=int(parts[-5])))
        elif status != "100":
            # The request ended (expired, consumer changed or gone): ask anew.
            self._outstanding = 0
            self._asked_at = 0.0
            self._gone = status == "409" and "Deleted" in str(message.headers)
        self._something.set()


async def acknowledge(bus: Bus, deliveries: list[Delivery]) -> None:
    """Tell the server that these are done. What gets lost here is delivered again."""
    client = await bus.client()
    for delivery in deliveries:
        await client.publish(delivery.message.reply, b"+ACK")


async def ask_again(bus: Bus, delivery: Delivery, seconds: float) -> None:
    """Have a message delivered again after a while."""
    client = await bus.client()
    delay = orjson.dumps({"delay": int(seconds * _NANO)})
    await client.publish(delivery.message.reply, b"-NAK " + delay)


async def terminate(bus: Bus, delivery: Delivery) -> None:
    """Never deliver a message again; it is kept as a dead letter."""
    client = await bus.client()
    await client.publish(delivery.message.reply, b"+TERM")
