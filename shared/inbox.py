"""The inbox: which version of which aggregate a subscription has applied.

The row commits with the effect. Inbox rows are never purged, so a replay of what the outbox still
holds is recognised however late it comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events import RawEnvelope
from shared.privileges import worker_table

DDL: list[str] = [
    """CREATE TABLE inbox (
        subscription text NOT NULL,
        aggregate_id uuid NOT NULL,
        epoch integer NOT NULL,
        version bigint NOT NULL,
        event_id uuid NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (subscription, aggregate_id)
    )""",
    """CREATE TABLE parked (
        subscription text NOT NULL,
        aggregate_id uuid NOT NULL,
        epoch integer NOT NULL,
        version bigint NOT NULL,
        reason text NOT NULL,
        message text,
        subject_ids uuid[] NOT NULL DEFAULT '{}',
        parked_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (subscription, aggregate_id, epoch, version)
    )""",
    "CREATE INDEX parked_subjects ON parked USING gin (subject_ids)",
    *worker_table("inbox"),
    *worker_table("parked"),
]

Order = tuple[int, int]

_KNOWN: Final = text(
    "SELECT aggregate_id, epoch, version FROM inbox"
    " WHERE subscription = :subscription AND aggregate_id = ANY(:ids)"
)
_APPLIED: Final = text(
    "INSERT INTO inbox (subscription, aggregate_id, epoch, version, event_id)"
    " SELECT :subscription, n.* FROM unnest(CAST(:ids AS uuid[]), CAST(:epochs AS int[]),"
    " CAST(:versions AS bigint[]), CAST(:events AS uuid[])) AS n"
    " ON CONFLICT (subscription, aggregate_id) DO UPDATE SET epoch = excluded.epoch,"
    " version = excluded.version, event_id = excluded.event_id, applied_at = now()"
    " WHERE (inbox.epoch, inbox.version) <= (excluded.epoch, excluded.version)"
)


async def applied_versions(
    session: AsyncSession, subscription: str, ids: Iterable[UUID]
) -> dict[UUID, Order]:
    """The newest applied (epoch, version) per aggregate; those never seen are missing."""
    rows = await session.execute(_KNOWN, {"subscription": subscription, "ids": list(ids)})
    return {row.aggregate_id: (row.epoch, row.version) for row in rows}


async def mark_applied(
    session: AsyncSession, subscription: str, envelopes: Iterable[RawEnvelope]
) -> None:
    """Remember these as applied, in the transaction of their effects. One per aggregate."""
    each = list(envelopes)
    if not each:
        return
    await session.execute(
        _APPLIED,
        {
            "subscription": subscription,
            "ids": [envelope.aggregate_id for envelope in each],
            "epochs": [envelope.epoch for envelope in each],
            "versions": [envelope.version for envelope in each],
            "events": [envelope.id for envelope in each],
        },
    )


async def park(
    session: AsyncSession, subscription: str, envelope: RawEnvelope, message: bytes, reason: str
) -> None:
    """Set an event aside: a gap before it, or a type that nobody here knows yet."""
    await session.execute(
        text(
            "INSERT INTO parked (subscription, aggregate_id, epoch, version, reason, message,"
            " subject_ids) VALUES (:subscription, :id, :epoch, :version, :reason, :message,"
            " CAST(:subjects AS uuid[]))"
            " ON CONFLICT DO NOTHING"
        ),
        {
            "subscription": subscription,
            "id": envelope.aggregate_id,
            "epoch": envelope.epoch,
            "version": envelope.version,
            "reason": reason,
            "message": message.decode(),
            "subjects": list(envelope.subject_ids),
        },
    )


async def unpark(
    session: AsyncSession, subscription: str, aggregate_id: UUID, order: Order
) -> bytes | None:
    """Take back the parked event of exactly this (epoch, version), where there is one."""
    message = await session.scalar(
        text(
            "DELETE FROM parked WHERE subscription = :subscription AND aggregate_id = :id"
            " AND epoch = :epoch AND version = :version RETURNING message"
        ),
        {
            "subscription": subscription,
            "id": aggregate_id,
            "epoch": order[0],
            "version": order[1],
        },
    )
    return message.encode() if message is not None else None


async def take_parked(
    session: AsyncSession, subscription: str, types: Iterable[str], limit: int
) -> list[bytes]:
    """Take back events that were parked because their type was unknown, oldest first."""
    rows = await session.execute(
        text(
            "DELETE FROM parked WHERE (subscription, aggregate_id, epoch, version) IN"
            " (SELECT subscription, aggregate_id, epoch, version FROM parked"
            " WHERE subscription = :subscription AND reason = 'unknown'"
            " AND message::jsonb ->> 'type' = ANY(:types)"
            " ORDER BY parked_at, epoch, version LIMIT :limit) RETURNING message"
        ),
        {"subscription": subscription, "types": list(types), "limit": limit},
    )
    return [row.message.encode() for row in rows]
