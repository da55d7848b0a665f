"""The inbox: which version of which aggregate a subscription has applied.

The row commits with the effect. Inbox rows are never purged, so a replay of what the outbox still
holds is recognised however late it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared import locks
from shared.events import RawEnvelope
from shared.privileges import worker_table
from shared.writing import execute, fetch

# Statement by statement, so that the versions are read behind the locks; one round trip.
_TAKE_TURNS_DDL: Final = f"""
    CREATE FUNCTION rapport_take_turns(p_keys bigint[], p_subscriptions text[], p_ids uuid[])
    RETURNS TABLE (subscription text, aggregate_id uuid, epoch integer, version bigint)
    LANGUAGE sql VOLATILE AS $$
        SELECT pg_advisory_xact_lock_shared({locks.APPLYING});
        SELECT pg_advisory_xact_lock(key) FROM unnest(p_keys) AS key;
        SELECT i.subscription, i.aggregate_id, i.epoch, i.version FROM inbox i
        WHERE i.subscription = ANY(p_subscriptions) AND i.aggregate_id = ANY(p_ids);
    $$
"""

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
    _TAKE_TURNS_DDL,
]

Order = tuple[int, int]

_TAKE_TURNS: Final = (
    "SELECT subscription, aggregate_id, epoch, version FROM rapport_take_turns($1, $2, $3)"
)
_APPLIED: Final = (
    "INSERT INTO inbox (subscription, aggregate_id, epoch, version, event_id)"
    " SELECT * FROM unnest($1::text[], $2::uuid[], $3::int[], $4::bigint[], $5::uuid[])"
    " ON CONFLICT (subscription, aggregate_id) DO UPDATE SET epoch = excluded.epoch,"
    " version = excluded.version, event_id = excluded.event_id, applied_at = now()"
    " WHERE (inbox.epoch, inbox.version) <= (excluded.epoch, excluded.version)"
)
_PARK: Final = text(
    "INSERT INTO parked (subscription, reason, aggregate_id, epoch, version, message, subject_ids)"
    " SELECT :subscription, :reason, n.id, n.epoch, n.version, n.message,"
    " CAST(string_to_array(n.subjects, ' ') AS uuid[])"
    " FROM unnest(CAST(:ids AS uuid[]), CAST(:epochs AS int[]), CAST(:versions AS bigint[]),"
    " CAST(:messages AS text[]), CAST(:subjects AS text[]))"
    " AS n (id, epoch, version, message, subjects) ON CONFLICT DO NOTHING"
)


async def take_turns(
    session: AsyncSession, subscriptions: Iterable[str], ids: Iterable[UUID]
) -> dict[str, dict[UUID, Order]]:
    """Wait until nobody else applies events of these aggregates, then say what was applied.

    By subscription the newest applied (epoch, version) per aggregate; those never seen are
    missing. The turn ends with the transaction.
    """
    names, aggregates = list(subscriptions), list(ids)
    # Sorted, so that two lots that share aggregates cannot wait for each other in a circle.
    keys = sorted(each.int & 0x7FFF_FFFF_FFFF_FFFF for each in aggregates)
    known: dict[str, dict[UUID, Order]] = {name: {} for name in names}
    for subscription, aggregate_id, epoch, version in await fetch(
        session, _TAKE_TURNS, keys, names, aggregates
    ):
        known[subscription][aggregate_id] = (epoch, version)
    return known


async def hold_everything(session: AsyncSession) -> None:
    """Wait for what is being applied and hold back the rest until the transaction ends."""
    await session.execute(text(f"SELECT pg_advisory_xact_lock({locks.APPLYING})"))


async def mark_applied(session: AsyncSession, applied: Iterable[tuple[str, RawEnvelope]]) -> None:
    """Remember events as applied by subscriptions, in the transaction of their effects.

    At most one event per subscription and aggregate.
    """
    each = list(applied)
    if not each:
        return
    await execute(
        session,
        _APPLIED,
        [name for name, _ in each],
        [envelope.aggregate_id for _, envelope in each],
        [envelope.epoch for _, envelope in each],
        [envelope.version for _, envelope in each],
        [envelope.id for _, envelope in each],
    )


async def park(
    session: AsyncSession,
    subscription: str,
    messages: Sequence[tuple[RawEnvelope, bytes]],
    reason: str,
) -> None:
    """Set events aside: a gap before them ("gap"), or types nobody here knows yet ("unknown")."""
    if not messages:
        return
    envelopes = [envelope for envelope, _ in messages]
    await session.execute(
        _PARK,
        {
            "subscription": subscription,
            "reason": reason,
            "ids": [envelope.aggregate_id for envelope in envelopes],
            "epochs": [envelope.epoch for envelope in envelopes],
            "versions": [envelope.version for envelope in envelopes],
            "messages": [message.decode() for _, message in messages],
            "subjects": [" ".join(map(str, each.subject_ids)) for each in envelopes],
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


async def earliest_parked(
    session: AsyncSession, subscription: str, aggregate_id: UUID, epoch: int
) -> int | None:
    """The lowest version of an aggregate that waits for a gap before it to close."""
    version = await session.scalar(
        text(
            "SELECT min(version) FROM parked WHERE subscription = :subscription"
            " AND aggregate_id = :id AND epoch = :epoch"
        ),
        {"subscription": subscription, "id": aggregate_id, "epoch": epoch},
    )
    return None if version is None else int(version)


async def with_unknown(session: AsyncSession) -> set[str]:
    """The subscriptions for which events of an unknown type were parked."""
    rows = await session.scalars(
        text("SELECT DISTINCT subscription FROM parked WHERE reason = 'unknown'")
    )
    return set(rows)


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
