"""What a service may say and hear on NATS: its own facts, its own consumers, its own answers.

Facts are public among services, so a service may make a consumer of its own name on any stream. It
can neither publish another's facts nor remove another's stream, nor hear what others are answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shared.bus import eraser_of, inbox_of, stream_of
from shared.durability import DURABILITY

_OWN_STREAM: Final = (
    "STREAM.CREATE",
    "STREAM.UPDATE",
    "STREAM.INFO",
    "STREAM.DELETE",
    "STREAM.MSG.DELETE",
)
_OWN_CONSUMERS: Final = (
    "CONSUMER.DURABLE.CREATE",
    "CONSUMER.INFO",
    "CONSUMER.MSG.NEXT",
    "CONSUMER.DELETE",
)


@dataclass(frozen=True)
class Rights:
    """Subjects that may be published to and subscribed to; everything else is refused."""

    publish: tuple[str, ...]
    subscribe: tuple[str, ...]


def rights_of(service: str) -> Rights:
    """The least with which relay, eraser, subscriber and readiness of a service work."""
    own = stream_of(service)
    return Rights(
        publish=(
            f"{service}.>",
            *(f"$JS.API.{act}.{own}" for act in _OWN_STREAM),
            *(f"$JS.API.{act}.*.{service}" for act in _OWN_CONSUMERS),
            *(f"$JS.API.{act}.{own}.{eraser_of(service)}" for act in _OWN_CONSUMERS),
            # Acknowledgements; the server may put its domain and account before the stream.
            f"$JS.ACK.*.{service}.>",
            f"$JS.ACK.*.*.*.{service}.>",
            f"$JS.ACK.{own}.{eraser_of(service)}.>",
            f"$JS.ACK.*.*.{own}.{eraser_of(service)}.>",
            DURABILITY,
        ),
        subscribe=(f"{inbox_of(service)}.>",),
    )
