"""Who learns of what, live."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson

from shared.identity import Actor, Side

KEPT_HOURS: Final = 24
HEARTBEAT_SECONDS: Final = 15.0
STREAMS_PER_PERSON: Final = 12
LAGGING: Final = 1_000
"""A reader this many notifications behind is cut off and resumes from the ring."""
RESUMABLE: Final = 2_000
"""At most this many missed notifications are sent; beyond, the reader must load afresh."""


@dataclass(frozen=True, slots=True)
class Notification:
    """That something happened to a record, not what; and who may learn of it."""

    position: int
    event_id: UUID
    type: str
    aggregate: str
    aggregate_id: UUID
    version: int
    at: datetime
    client_id: UUID | None
    engagement_id: UUID | None
    client_users: frozenset[UUID]
    excluded: frozenset[UUID]
    roles: frozenset[str]
    firm_users: frozenset[UUID]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Notification:
        """The notification in a row of the ring."""
        return cls(
            row["position"],
            row["event_id"],
            row["type"],
            row["aggregate"],
            row["aggregate_id"],
            row["version"],
            row["at"],
            row["client_id"],
            row["engagement_id"],
            frozenset(row["client_users"]),
            frozenset(row["excluded"]),
            frozenset(row["roles"]),
            frozenset(row["firm_users"]),
        )

    def visible_to(self, actor: Actor, left: Collection[UUID] = ()) -> bool:
        """Whether the actor may know of it; `left` are the engagements whose team they left.

        Firm side: everybody but the excluded; where roles are named, only who has one of them or
        is listed. Client side: only who is listed, while with the client. Who left the team
        counts as not listed.
        """
        stayed = self.engagement_id not in left
        if actor.side is Side.CLIENT:
            there = self.client_id is None or self.client_id == actor.client_id
            return there and stayed and actor.user_id in self.client_users
        if actor.side is not Side.FIRM or actor.user_id in self.excluded:
            return False
        listed = stayed and actor.user_id in self.firm_users
        return not self.roles or listed or not self.roles.isdisjoint(actor.roles)

    def block(self, actor: Actor) -> bytes:
        """The server-sent event for one reader."""
        data = orjson.dumps(
            {
                "id": str(self.event_id),
                "type": self.type_for(actor),
                "aggregate": self.aggregate,
                "aggregate_id": str(self.aggregate_id),
                "version": self.version,
                "at": self.at.isoformat().replace("+00:00", "Z"),
            }
        )
        return b"id: %d\ndata: %s\n\n" % (self.position, data)

    def type_for(self, actor: Actor) -> str:
        """The event's type; to the client side every act is a change.

        That an internal note was written, or a complaint was passed on, is told by the type alone.
        """
        if actor.side is Side.FIRM:
            return self.type
        publisher, aggregate, *_ = self.type.split(".")
        return f"{publisher}.{aggregate}.changed.v1"


RESET: Final = b'event: reset\ndata: {"type":"gateway.stream.reset.v1"}\n\n'
"""What was missed is not held any more: load afresh."""
