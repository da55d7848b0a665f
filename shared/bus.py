"""NATS JetStream; besides this module only `shared/pull.py` imports nats.

Streams and consumers are created by plain API requests, so that every option of the server is at
hand and an existing durable is brought up to date at start. One stream per publisher, on file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError

from shared.telemetry import log

ACK_SECONDS: Final = 5.0
DUPLICATE_WINDOW_SECONDS: Final = 120
DUPLICATE_IN_BATCH: Final = 10201
CONNECT_SECONDS: Final = 5.0
"""For the whole of a first connection: the client by itself would try for ever."""
NO_STREAM: Final = 10059
"""JetStream's refusal of what needs a stream that is not there."""
_NO_CONSUMER: Final = 10014
_NO_MESSAGE: Final = 10043
_NOT_DELETED: Final = 10057
_BEYOND_ENDS: Final = ("no message found", "stream store EOF")
"""Why a message before the first or behind the last one is not deleted."""
_NANO: Final = 1_000_000_000
_log = log(__name__)


class BusUnavailable(Exception):
    """NATS cannot be reached, or did not answer: whether a message arrived is unknown."""


class BusRefused(Exception):
    """JetStream refused; `code` is its error code."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code}: {description}")
        self.code = code
        self.tells_of_no_message = code == _NO_MESSAGE or (
            code == _NOT_DELETED and description in _BEYOND_ENDS
        )


@dataclass(frozen=True)
class Outgoing:
    """A message to publish; `message_id` lets the stream swallow an accidental repeat."""

    subject: str
    payload: bytes
    message_id: str


def stream_of(publisher: str) -> str:
    """The stream of a publisher."""
    return publisher.upper()


def inbox_of(name: str) -> str:
    """Where answers to a user of NATS arrive; nobody else may listen there."""
    return f"_INBOX.{name}"


def eraser_of(publisher: str) -> str:
    """The consumer with which a publisher looks for erased people in its own stream."""
    return f"{publisher}-eraser"


@dataclass
class Bus:
    """One connection. Reconnects for ever; whoever uses it meanwhile gets `BusUnavailable`."""

    url: str
    name: str
    replicas: int = 1
    _client: Client | None = field(default=None, init=False)
    _connecting: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _ready_streams: set[str] = field(default_factory=set, init=False)
    generation: int = field(default=0, init=False)
    """Grows with every (re)connection: streams and consumers are looked after again."""

    async def client(self) -> Client:
        """The connected client. Raises `BusUnavailable`."""
        async with self._connecting:
            if self._client is None or self._client.is_closed:
                self._client = await self._connect()
        if not self._client.is_connected:
            raise BusUnavailable("not connected")
        return self._client

    async def _connect(self) -> Client:
        client = Client()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await client.connect(
                    self.url,
                    name=self.name,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=1,
                    ping_interval=10,
                    max_outstanding_pings=2,
                    connect_timeout=2,
                    allow_reconnect=True,
                    # What is published while disconnected must fail now, not be flushed later.
                    pending_size=0,
                    inbox_prefix=inbox_of(self.name).encode(),
                    error_cb=self._on_error,
                    reconnected_cb=self._on_reconnected,
                )
        except (NatsError, OSError, TimeoutError) as error:
            with suppress(NatsError, OSError, TimeoutError):
                await client.close()
            raise BusUnavailable(str(error)) from error
        self.generation += 1
        return client

    async def _on_error(self, error: Exception) -> None:
        _log.warning("nats", error=f"{type(error).__name__}: {error}")

    async def _on_reconnected(self) -> None:
        self._ready_streams.clear()
        self.generation += 1

    async def close(self) -> None:
        """Close the connection; what was acknowledged is safe."""
        if self._client is not None:
            with suppress(NatsError, OSError, TimeoutError):
                await self._client.close()
            self._client = None

    def reason(self) -> str:
        """ "ok", or why the bus is not usable: for readiness."""
        if self._client is None or not self._client.is_connected:
            return "not connected"
        return "ok"

    async def ask(self, subject: str, *, seconds: float) -> bytes | None:
        """What whoever listens there answers; None when nobody does in time."""
        client = await self.client()
        try:
            return (await client.request(subject, b"", timeout=seconds)).data
        except (NoRespondersError, TimeoutError):
            return None
        except (NatsError, OSError) as error:
            raise BusUnavailable(f"{type(error).__name__}: {error}") from error

    async def api(self, subject: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One JetStream API request. Raises `BusUnavailable` or `BusRefused`."""
        reply = await self._request(f"$JS.API.{subject}", orjson.dumps(body) if body else b"")
        return _checked(orjson.loads(reply.data))

    async def _request(
        self, subject: str, payload: bytes, headers: dict[str, str] | None = None
    ) -> Msg:
        client = await self.client()
        try:
            return await client.request(subject, payload, timeout=ACK_SECONDS, headers=headers)
        except (NatsError, TimeoutError, OSError) as error:
            raise BusUnavailable(f"{type(error).__name__}: {error}") from error

    async def ensure_stream(self, publisher: str) -> None:
        """Create the publisher's stream, or bring its configuration up to date."""
        if publisher in self._ready_streams:
            return
        stream = stream_of(publisher)
        configuration = {
            "name": stream,
            "subjects": [f"{publisher}.>"],
            "retention": "limits",
            "storage": "file",
            "num_replicas": self.replicas,
            "max_age": 35 * 86_400 * _NANO,
            "duplicate_window": DUPLICATE_WINDOW_SECONDS * _NANO,
            "allow_direct": True,
            "allow_atomic": True,
        }
        try:
            await self.api(f"STREAM.CREATE.{stream}", configuration)
        except BusRefused:
            await self.api(f"STREAM.UPDATE.{stream}", configuration)
        self._ready_streams.add(publisher)

    async def replace_stream(self, publisher: str) -> None:
        """Throw the publisher's stream away with its consumers, and make it anew."""
        with suppress(BusRefused):
            await self.api(f"STREAM.DELETE.{stream_of(publisher)}")
        self._ready_streams.discard(publisher)
        await self.ensure_stream(publisher)

    async def ensure_consumer(
        self, publisher: str, name: str, subjects: Sequence[str], *, ack_wait: float = 30
    ) -> None:
        """Create the durable consumer, or update the one that is there.

        The stream is its publisher's to make: until then this is refused (`NO_STREAM`).
        """
        stream = stream_of(publisher)
        configuration = {
            "durable_name": name,
            "filter_subjects": list(subjects),
            "deliver_policy": "all",
            "ack_policy": "explicit",
            "ack_wait": int(ack_wait * _NANO),
            "max_deliver": -1,
            "max_ack_pending": 5000,
            "replay_policy": "instant",
        }
        body = {"stream_name": stream, "config": configuration}
        await self.api(f"CONSUMER.DURABLE.CREATE.{stream}.{name}", body)

    def forget_streams(self) -> None:
        """Look after every stream again before the next use: the server may have lost them."""
        self._ready_streams.clear()

    async def delete_consumer(self, publisher: str, name: str) -> None:
        """Forget a durable consumer."""
        try:
            await self.api(f"CONSUMER.DELETE.{stream_of(publisher)}.{name}")
        except BusRefused as refusal:
            if refusal.code not in (_NO_CONSUMER, NO_STREAM):
                raise

    async def consumer_info(self, publisher: str, name: str) -> dict[str, Any]:
        """Pending, unacknowledged and position of a durable consumer."""
        return await self.api(f"CONSUMER.INFO.{stream_of(publisher)}.{name}")

    async def stream_identity(self, publisher: str) -> tuple[str, int]:
        """When a publisher's stream was made, and the sequence of its newest message."""
        info = await self.api(f"STREAM.INFO.{stream_of(publisher)}")
        return str(info["created"]), int(info["state"]["last_seq"])

    async def publish_each(self, messages: Sequence[Outgoing]) -> list[int]:
        """Publish pipelined, all acknowledgements awaited together; the stream sequences."""
        replies = await asyncio.gather(
            *(self._request(m.subject, m.payload, {"Nats-Msg-Id": m.message_id}) for m in messages)
        )
        return [int(_checked(orjson.loads(reply.data))["seq"]) for reply in replies]

    async def publish_batch(self, messages: Sequence[Outgoing]) -> list[int]:
        """Publish as one atomic batch (all or none); falls back where one is a repeat."""
        client = await self.client()
        batch = uuid4().hex
        last = len(messages)
        try:
            for number, message in enumerate(messages[:-1], start=1):
                headers = _batch_headers(batch, number, message)
                if number == 1:
                    await self._begin_batch(message, headers)
                else:
                    await client.publish(message.subject, message.payload, headers=headers)
            headers = _batch_headers(batch, last, messages[-1]) | {"Nats-Batch-Commit": "1"}
            reply = await self._request(messages[-1].subject, messages[-1].payload, headers)
            acknowledged = _checked(orjson.loads(reply.data))
        except BusRefused as refusal:
            if refusal.code != DUPLICATE_IN_BATCH:
                raise
            return await self.publish_each(messages)
        except (NatsError, OSError) as error:
            raise BusUnavailable(str(error)) from error
        end = int(acknowledged["seq"])
        return list(range(end - last + 1, end + 1))

    async def _begin_batch(self, message: Outgoing, headers: dict[str, str]) -> None:
        reply = await self._request(message.subject, message.payload, headers)
        if reply.data:
            _checked(orjson.loads(reply.data))

    async def erase(self, publisher: str, sequence: int) -> None:
        """Overwrite a stored message; one that is gone already is no error."""
        try:
            await self.api(f"STREAM.MSG.DELETE.{stream_of(publisher)}", {"seq": sequence})
        except BusRefused as refusal:
            if not refusal.tells_of_no_message:
                raise


def _batch_headers(batch: str, number: int, message: Outgoing) -> dict[str, str]:
    return {
        "Nats-Batch-Id": batch,
        "Nats-Batch-Sequence": str(number),
        "Nats-Msg-Id": message.message_id,
    }


def _checked(reply: dict[str, Any]) -> dict[str, Any]:
    error = reply.get("error")
    if error:
        raise BusRefused(int(error.get("err_code", 0)), str(error.get("description", "")))
    return reply
