"""Rebuilding projections from their publishers' current state, without disturbing their readers.

The publisher's side: `publish_snapshot` puts the current state of every aggregate into the outbox
again, at the version it has. Consumers that are up to date ignore it.

The consumer's side: `rebuild` applies the streams to copies of the projection's tables in the
schema `shadow`: the same handlers under another search path, with inbox rows of their own. When the
shadow knows everything the projection knows, one transaction adopts its rows; readers see the old
ones until it commits. Subscriptions with effects take no part.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.applying import Subscription, apply_lot
from shared.bus import Bus
from shared.database import Database
from shared.events import State, decode
from shared.inbox import hold_everything
from shared.merging import identifier, merge
from shared.outbox import emit_snapshots
from shared.pull import Delivery, Pull, acknowledge
from shared.telemetry import log


class States(Protocol):
    """Reads the current state of all aggregates of a kind, or of those with these ids.

    One with a long history comes several times in a row, each with a part of that.
    """

    def __call__(
        self, session: AsyncSession, ids: Collection[UUID] | None = None, /
    ) -> AsyncIterator[State]: ...


@dataclass(frozen=True)
class Growing:
    """States with a history, of which an event tells only what its act added.

    `naming` selects the ids of all records whose history names `:person`.
    """

    states: States
    naming: str

    def __call__(
        self, session: AsyncSession, ids: Collection[UUID] | None = None, /
    ) -> AsyncIterator[State]:
        return self.states(session, ids)


Snapshots = Mapping[type[State], States]
"""For every kind of aggregate of a service: how its current states are read."""

LOT: Final = 500
INBOX: Final = ("inbox", "parked")
_log = log(__name__)


class SnapshotIncomplete(Exception):
    """The streams no longer hold every record: have the publisher publish a snapshot first."""


async def publish_snapshot(
    database: Database, snapshots: Snapshots, *, aggregate: str | None = None
) -> int:
    """Queue the current state of every aggregate (or those of one kind); returns how many.

    One transaction per kind, in which states and versions are read as of one moment: what is
    changed meanwhile keeps its older version here, is published by its own event, and wins.
    """
    count = 0
    for state, states in snapshots.items():
        if aggregate is None or state.aggregate == aggregate:
            async with database.worker_session(one_view=True) as session:
                count += await _publish(session, states(session))
    return count


async def _publish(session: AsyncSession, states: AsyncIterator[State]) -> int:
    count = 0
    lot: list[State] = []
    async for state in states:
        lot.append(state)
        if len(lot) == LOT:
            count += await emit_snapshots(session, lot)
            lot = []
    return count + await emit_snapshots(session, lot)


async def rebuild(
    database: Database,
    bus: Bus,
    subscriptions: Sequence[Subscription],
    publisher: str,
    *,
    consumer: str,
) -> dict[str, int]:
    """Rebuild every projection of a publisher's events; the number of changed rows per table.

    A table that other publishers' events write too is rebuilt from all of them. Raises
    `SnapshotIncomplete` when the streams are shorter than the past.
    """
    work = _Rebuild(database, bus, _concerned(subscriptions, publisher), consumer)
    async with AsyncExitStack() as stack:
        await work.prepare()
        stack.push_async_callback(work.drop_shadow)
        await work.follow(stack)
        await work.catch_up()
        changed = await work.swap()
    _log.info("projection_rebuilt", publisher=publisher, changed=changed)
    return changed


def _concerned(subscriptions: Sequence[Subscription], publisher: str) -> list[Subscription]:
    """The publisher's projections, and all others that share a table with them."""
    tables = {t for each in subscriptions if each.state.publisher == publisher for t in each.tables}
    while True:
        chosen = [each for each in subscriptions if tables.intersection(each.tables)]
        wider = tables.union(*(each.tables for each in chosen))
        if wider == tables:
            return chosen
        tables = wider


@dataclass
class _Rebuild:
    database: Database
    bus: Bus
    chosen: Sequence[Subscription]
    consumer: str
    _pulls: list[Pull] = field(default_factory=list)
    _reached: dict[str, int] = field(default_factory=dict)

    @property
    def tables(self) -> list[str]:
        return sorted({table for each in self.chosen for table in each.tables})

    async def prepare(self) -> None:
        """Empty copies of the tables and of the inbox, in the schema `shadow`."""
        await self.drop_shadow()
        async with self.database.worker_session() as session:
            for table in map(identifier, (*self.tables, *INBOX)):
                await session.execute(
                    text(f"CREATE TABLE shadow.{table} (LIKE public.{table} INCLUDING ALL)")
                )

    async def drop_shadow(self) -> None:
        """Forget the copies."""
        async with self.database.worker_session() as session:
            for table in map(identifier, (*self.tables, *INBOX)):
                await session.execute(text(f"DROP TABLE IF EXISTS shadow.{table}"))

    async def follow(self, stack: AsyncExitStack) -> None:
        """Read every publisher's stream from its beginning, by a consumer of our own."""
        for publisher in sorted({each.state.publisher for each in self.chosen}):
            name = f"{self.consumer}-rebuild-{uuid4().hex[:8]}"
            aggregates = {e.state.aggregate for e in self.chosen if e.state.publisher == publisher}
            subjects = sorted(f"{publisher}.{aggregate}.>" for aggregate in aggregates)
            await self.bus.ensure_consumer(publisher, name, subjects)
            stack.push_async_callback(self.bus.delete_consumer, publisher, name)
            pull = Pull(self.bus, publisher, name)
            await pull.open()
            stack.push_async_callback(pull.close)
            self._pulls.append(pull)

    async def catch_up(self) -> None:
        """Apply what the streams hold until now, a lot per transaction."""
        for pull in self._pulls:
            _, last = await self.bus.stream_identity(pull.publisher)
            async for lot in self._until(pull, last):
                async with self.database.worker_session() as session:
                    await self._apply(session, lot)

    async def swap(self) -> dict[str, int]:
        """Adopt the shadow's rows in one transaction, in which nothing else is applied."""
        async with self.database.worker_session() as session:
            await hold_everything(session)
            for pull in self._pulls:
                _, last = await self.bus.stream_identity(pull.publisher)
                async for lot in self._until(pull, last):
                    await self._apply(session, lot)
            await session.execute(text("SET LOCAL search_path = public"))
            await self._check_complete(session)
            changed = {table: await merge(session, table) for table in self.tables}
            await merge(session, "inbox", remove=False)
        return changed

    async def _until(self, pull: Pull, last: int) -> AsyncIterator[list[Delivery]]:
        """Lots up to the stream's message `last`; what comes after is left to the live side."""
        reached = self._reached.get(pull.publisher, 0)
        while reached < last:
            lot = await pull.lot(LOT, patience=0.1)
            if lot:
                yield lot
                await acknowledge(self.bus, lot)
                reached = self._reached[pull.publisher] = lot[-1].sequence
                continue
            info = await self.bus.consumer_info(pull.publisher, pull.consumer)
            if not info["num_pending"] and not info["num_ack_pending"]:
                return  # the rest of the stream is of no concern to these projections

    async def _apply(self, session: AsyncSession, lot: Sequence[Delivery]) -> None:
        await session.execute(text("SET LOCAL search_path = shadow, public"))
        await apply_lot(session, self.chosen, [(decode(each.data), each.data) for each in lot])

    async def _check_complete(self, session: AsyncSession) -> None:
        missing: Any = await session.scalar(
            text(
                "SELECT count(*) FROM public.inbox AS live LEFT JOIN shadow.inbox AS shadow"
                " USING (subscription, aggregate_id) WHERE live.subscription = ANY(:names)"
                " AND (shadow.epoch IS NULL"
                " OR (live.epoch, live.version) > (shadow.epoch, shadow.version))"
            ),
            {"names": [each.name for each in self.chosen]},
        )
        if missing:
            raise SnapshotIncomplete(f"{missing} records are missing from the streams")
