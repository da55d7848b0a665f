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
            "INSERT INTO parked (subscription, aggregate_id, epoch, version, reason, message)"
            " VALUES (:subscription, :id, :epoch, :version, :reason, :message)"
            " ON CONFLICT DO NOTHING"
        ),
        {
            "subscription": subscription,
            "id": envelope.aggregate_id,
            "epoch": envelope.epoch,
            "version": envelope.version,
            "reason": reason,
            "message": message.decode(),
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


async def parked_as_unknown(session: AsyncSession, limit: int = 500) -> list[tuple[str, bytes]]:
    """Events parked because their type was unknown, as (subscription, message), oldest first."""
    rows = await session.execute(
        text(
            "SELECT subscription, message FROM parked WHERE reason = 'unknown'"
            " AND message IS NOT NULL ORDER BY parked_at LIMIT :limit"
        ),
        {"limit": limit},
    )
    return [(row.subscription, row.message.encode()) for row in rows]
