"""Rebuilding a projection from its publisher's current state, without disturbing its readers.

The publisher's side: `publish_snapshot` puts the current state of every aggregate into the outbox
again, at the version it has. Consumers that are up to date ignore it.

The consumer's side: `rebuild` applies the stream from the snapshot's first message on to copies of
the projection's tables in the schema `shadow` (the same handler, another search path, inbox rows of
its own). When the shadow has caught up with the stream, one transaction replaces the rows; readers
see the old ones until it commits. Subscriptions with effects take no part.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.applying import Subscription, apply_lot
from shared.bus import Bus
from shared.database import Database
from shared.events import State, decode
from shared.outbox import emit_snapshot
from shared.pull import Pull, acknowledge
from shared.telemetry import log

Snapshots = Mapping[type[State], Callable[[AsyncSession], AsyncIterator[State]]]
"""For every aggregate of a service: the current state of each, for the publisher's side."""

QUIET_LOTS: Final = 2
_log = log(__name__)


async def publish_snapshot(
    database: Database, snapshots: Snapshots, *, aggregate: str | None = None
) -> int:
    """Queue the current state of every aggregate (or those of one kind); returns how many.

    One transaction per kind; states changed meanwhile are published by their own events, and the
    newest wins.
    """
    count = 0
    for state, states in snapshots.items():
        if aggregate is not None and state.aggregate != aggregate:
            continue
        async with database.worker_session() as session:
            async for current in states(session):
                await emit_snapshot(session, current)
                count += 1
    return count


async def rebuild(
    database: Database,
    bus: Bus,
    subscriptions: Sequence[Subscription],
    publisher: str,
    *,
    consumer: str,
) -> dict[str, int]:
    """Rebuild every projection of a publisher's events; the new row count per table.

    Needs a stream that holds each aggregate's newest state: publish a snapshot first where the
    stream is shorter than the past.
    """
    chosen = [each for each in subscriptions if each.tables and each.state.publisher == publisher]
    tables = sorted({table for each in chosen for table in each.tables})
    name = f"{consumer}-rebuild-{uuid4().hex[:8]}"
    prefix = f"rebuild:{name}:"
    await _prepare(database, tables)
    subjects = sorted({f"{publisher}.{each.state.aggregate}.>" for each in chosen})
    await bus.ensure_consumer(publisher, name, subjects)
    pull = Pull(bus, publisher, name)
    try:
        await pull.open()
        await _catch_up(database, bus, pull, chosen, prefix, name)
        counts = await _swap(database, chosen, tables, prefix)
    finally:
        await pull.close()
        await bus.delete_consumer(publisher, name)
        await _forget(database, tables, prefix)
    _log.info("projection_rebuilt", publisher=publisher, rows=counts)
    return counts


async def _prepare(database: Database, tables: Sequence[str]) -> None:
    async with database.worker_session() as session:
        for table in tables:
            await session.execute(text(f"DROP TABLE IF EXISTS shadow.{_safe(table)}"))
            await session.execute(
                text(
                    f"CREATE TABLE shadow.{_safe(table)} (LIKE public.{_safe(table)}"
                    " INCLUDING ALL EXCLUDING IDENTITY)"
                )
            )


async def _catch_up(
    database: Database,
    bus: Bus,
    pull: Pull,
    chosen: Sequence[Subscription],
    prefix: str,
    name: str,
) -> None:
    """Apply the stream to the shadow until nothing is pending."""
    while True:
        deliveries = await pull.lot(500)
        if deliveries:
            async with database.worker_session() as session:
                await session.execute(text("SET LOCAL search_path = shadow, public"))
                lot = [(decode(each.data), each.data) for each in deliveries]
                await apply_lot(session, chosen, lot, inbox_prefix=prefix)
            await acknowledge(bus, deliveries)
            continue
        info = await bus.consumer_info(pull.publisher, name)
        if not info["num_pending"] and not info["num_ack_pending"]:
            return
        await asyncio.sleep(0.05)


async def _swap(
    database: Database, chosen: Sequence[Subscription], tables: Sequence[str], prefix: str
) -> dict[str, int]:
    """Replace the rows in one transaction, where the shadow is at least as new.

    The live inbox is locked meanwhile, so no event is applied to rows about to be replaced. What
    the live projection applied after the shadow's last message is applied again from its inbox
    position being set back: the stream delivers nothing twice, so those aggregates keep their rows.
    """
    counts: dict[str, int] = {}
    async with database.worker_session() as session:
        await session.execute(text("LOCK TABLE inbox IN SHARE ROW EXCLUSIVE MODE"))
        behind = await _aggregates_behind(session, chosen, prefix)
        if behind:
            raise RuntimeError(f"{behind} records moved on meanwhile; rebuild again")
        for table in reversed(tables):
            await session.execute(text(f"DELETE FROM public.{_safe(table)}"))
        for table in tables:
            moved: Any = await session.execute(
                text(f"INSERT INTO public.{_safe(table)} SELECT * FROM shadow.{_safe(table)}")
            )
            counts[table] = moved.rowcount
        for each in chosen:
            await _adopt_inbox(session, each.name, prefix + each.name)
    return counts


async def _aggregates_behind(
    session: AsyncSession, chosen: Sequence[Subscription], prefix: str
) -> int:
    """How many aggregates the live projection knows newer than the shadow does."""
    return int(
        await session.scalar(
            text(
                "SELECT count(*) FROM inbox live LEFT JOIN inbox shadow"
                " ON shadow.subscription = :prefix || live.subscription"
                " AND shadow.aggregate_id = live.aggregate_id"
                " WHERE live.subscription = ANY(:names) AND shadow.aggregate_id IS NOT NULL"
                " AND (live.epoch, live.version) > (shadow.epoch, shadow.version)"
            ),
            {"prefix": prefix, "names": [each.name for each in chosen]},
        )
        or 0
    )


async def _adopt_inbox(session: AsyncSession, live: str, shadow: str) -> None:
    await session.execute(
        text(
            "INSERT INTO inbox (subscription, aggregate_id, epoch, version, event_id)"
            " SELECT :live, aggregate_id, epoch, version, event_id FROM inbox"
            " WHERE subscription = :shadow ON CONFLICT (subscription, aggregate_id)"
            " DO UPDATE SET epoch = excluded.epoch, version = excluded.version,"
            " event_id = excluded.event_id"
        ),
        {"live": live, "shadow": shadow},
    )


async def _forget(database: Database, tables: Sequence[str], prefix: str) -> None:
    async with database.worker_session() as session:
        for table in tables:
            await session.execute(text(f"DROP TABLE IF EXISTS shadow.{_safe(table)}"))
        await session.execute(
            text("DELETE FROM inbox WHERE starts_with(subscription, :prefix)"),
            {"prefix": prefix},
        )


def _safe(table: str) -> str:
    """Table names are constants of SUBSCRIPTIONS; anything else is refused."""
    if not table.isidentifier():
        raise ValueError(f"{table!r} is no table name")
    return table
