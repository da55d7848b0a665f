"""Applies a lot of events to subscriptions in one transaction: the rules of "the newest wins".

Advisory locks per aggregate make two replicas take turns; the versions are read behind the lock,
so an older event can never overwrite a newer one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events import EVENTS, Envelope, RawEnvelope, State, decode, snapshot_type
from shared.inbox import Order, applied_versions, mark_applied, park, unpark

Handler = Callable[[AsyncSession, Any], Awaitable[None]]
Message = tuple[RawEnvelope, bytes]

_TAKE_TURNS: Final = text(
    "SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key"
)


@dataclass(frozen=True)
class Subscription:
    """What is done with the events of one kind of aggregate; see shared/subscriber.py."""

    state: type[State]
    handler: Handler
    ordered: bool = False
    many: bool = False
    tables: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How the inbox calls it: stable across releases, so do not rename handlers lightly."""
        return f"{self.state.publisher}.{self.state.aggregate}:{self.handler.__name__}"

    def wants(self, envelope: RawEnvelope) -> bool:
        """True for events of this subscription's aggregate."""
        publisher, aggregate, *_ = envelope.type.split(".")
        return publisher == self.state.publisher and aggregate == self.state.aggregate

    def understands(self, envelope: RawEnvelope) -> bool:
        """True for event types this release knows."""
        return envelope.type in EVENTS or envelope.type == snapshot_type(self.state)


async def apply_lot(
    session: AsyncSession,
    subscriptions: Sequence[Subscription],
    lot: Sequence[Message],
    *,
    inbox_prefix: str = "",
) -> None:
    """Apply every event that is new to each subscription, in the session's transaction.

    Raises whatever a handler raises; nothing of the lot is kept then.
    """
    await _take_turns(session, {envelope.aggregate_id for envelope, _ in lot})
    for subscription in subscriptions:
        wanted = [message for message in lot if subscription.wants(message[0])]
        if wanted:
            name = inbox_prefix + subscription.name
            await _apply_to(session, subscription, name, wanted)


async def _take_turns(session: AsyncSession, ids: set[UUID]) -> None:
    # Sorted, so that two lots that share aggregates cannot wait for each other in a circle.
    keys = sorted((id.int & 0x7FFF_FFFF_FFFF_FFFF) for id in ids)
    await session.execute(_TAKE_TURNS, {"keys": keys})


async def _apply_to(
    session: AsyncSession, subscription: Subscription, name: str, wanted: list[Message]
) -> None:
    known = await applied_versions(session, name, {e.aggregate_id for e, _ in wanted})
    understood = []
    for envelope, message in wanted:
        if subscription.understands(envelope):
            understood.append((envelope, message))
        else:
            await park(session, name, envelope, message, "unknown")
    if subscription.ordered:
        for envelope, message in sorted(understood, key=lambda each: each[0].order):
            await _apply_in_order(session, subscription, name, known, envelope, message)
    else:
        await _apply_newest(session, subscription, name, known, understood)


async def _apply_newest(
    session: AsyncSession,
    subscription: Subscription,
    name: str,
    known: dict[UUID, Order],
    understood: list[Message],
) -> None:
    newest: dict[UUID, RawEnvelope] = {}
    for envelope, _ in understood:
        best = newest[envelope.aggregate_id].order if envelope.aggregate_id in newest else None
        applied = known.get(envelope.aggregate_id)
        if (applied is None or envelope.order > applied) and (
            best is None or envelope.order > best
        ):
            newest[envelope.aggregate_id] = envelope
    fresh = [envelope for envelope in newest.values() if not envelope.erased]
    typed: list[Envelope[Any]] = [each.typed(subscription.state) for each in fresh]
    if subscription.many and typed:
        await subscription.handler(session, typed)
    elif not subscription.many:
        for one in typed:
            await subscription.handler(session, one)
    await mark_applied(session, name, newest.values())


async def _apply_in_order(
    session: AsyncSession,
    subscription: Subscription,
    name: str,
    known: dict[UUID, Order],
    envelope: RawEnvelope,
    message: bytes,
) -> None:
    """Apply the next step and what was parked behind it; park a step that comes too early."""
    applied = known.get(envelope.aggregate_id)
    if envelope.type == snapshot_type(subscription.state):
        return  # a snapshot repeats a state; it is no step
    if applied is not None and envelope.order <= applied:
        return
    if not _follows(applied, envelope.order):
        await park(session, name, envelope, message, "gap")
        return
    step: RawEnvelope | None = envelope
    while step is not None:
        if not step.erased:
            await subscription.handler(session, step.typed(subscription.state))
        await mark_applied(session, name, [step])
        known[step.aggregate_id] = step.order
        successor = (step.epoch, step.version + 1)
        parked = await unpark(session, name, step.aggregate_id, successor)
        step = decode(parked) if parked is not None else None


def _follows(applied: Order | None, order: Order) -> bool:
    epoch, version = order
    if applied is None:
        # The first epoch starts at 1; a restored publisher goes on from what it still knows.
        return version == 1 or epoch > 1
    return epoch > applied[0] or version == applied[1] + 1
