"""Applies a lot of events to subscriptions in one transaction: the rules of "the newest wins".

Advisory locks per aggregate make two replicas take turns; the versions are read behind the lock,
so an older event can never overwrite a newer one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from shared.event_spans import handling
from shared.events import (
    EVENTS,
    SNAPSHOT,
    Envelope,
    RawEnvelope,
    State,
    decode,
    moved_type,
    restated_type,
    snapshot_type,
)
from shared.inbox import (
    Order,
    earliest_parked,
    mark_applied,
    park,
    take_turns,
    unpark,
)
from shared.writing import write_out

_SNAPSHOT: Final = f".{SNAPSHOT}.v1"
Handler = Callable[[AsyncSession, Any], Awaitable[None]]
Message = tuple[RawEnvelope, bytes]


@dataclass(frozen=True)
class Subscription:
    """What is done with the events of one kind of aggregate; see shared/subscriber.py.

    `every`: the handler gets each event, in whatever order and however often they come, but no
    snapshot that is older than what is known: for what is the sum of all events.
    """

    state: type[State]
    handler: Handler
    ordered: bool = False
    many: bool = False
    every: bool = False
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
        again = (kind(self.state) for kind in (snapshot_type, restated_type, moved_type))
        return envelope.type in EVENTS or envelope.type in again


async def apply_lot(
    session: AsyncSession,
    subscriptions: Sequence[Subscription],
    lot: Sequence[Message],
) -> None:
    """Apply every event that is new to each subscription, in the session's transaction.

    What handlers append is written once for the whole lot. Raises whatever a handler raises;
    nothing of the lot is kept then.
    """
    concerned = [each for each in subscriptions if any(each.wants(e) for e, _ in lot)]
    if not concerned:
        return
    names = [each.name for each in concerned]
    known = await take_turns(session, names, {envelope.aggregate_id for envelope, _ in lot})
    applied: list[tuple[str, RawEnvelope]] = []
    for subscription in concerned:
        wanted = [message for message in lot if subscription.wants(message[0])]
        newest = await _apply_to(session, subscription, wanted, known[subscription.name])
        applied += [(subscription.name, envelope) for envelope in newest]
    await write_out(session)
    await mark_applied(session, applied)


async def _apply_to(
    session: AsyncSession,
    subscription: Subscription,
    wanted: list[Message],
    known: dict[UUID, Order],
) -> list[RawEnvelope]:
    """Apply what is new to one subscription; what is left to be remembered as applied."""
    understood = [message for message in wanted if subscription.understands(message[0])]
    unknown = [message for message in wanted if not subscription.understands(message[0])]
    await park(session, subscription.name, unknown, "unknown")
    if not subscription.ordered:
        envelopes = [envelope for envelope, _ in understood]
        newest = _newest(known, envelopes)
        await _hand_over(
            session, subscription, _timely(known, envelopes) if subscription.every else newest
        )
        return newest
    steps = _Steps(session, subscription, known)
    for envelope, message in sorted(understood, key=lambda each: each[0].order):
        await steps.take(envelope, message)
    return []


def _newest(known: dict[UUID, Order], envelopes: list[RawEnvelope]) -> list[RawEnvelope]:
    """The newest event per aggregate, where it is newer than what is known."""
    newest: dict[UUID, RawEnvelope] = {}
    best = dict(known)
    for envelope in envelopes:
        order = best.get(envelope.aggregate_id)
        if order is None or envelope.order > order:
            newest[envelope.aggregate_id] = envelope
            best[envelope.aggregate_id] = envelope.order
    return list(newest.values())


def _timely(known: dict[UUID, Order], envelopes: list[RawEnvelope]) -> list[RawEnvelope]:
    """Every event in order, but no snapshot that is older than what is known."""
    return [
        each
        for each in sorted(envelopes, key=lambda each: each.order)
        if not each.type.endswith(_SNAPSHOT) or each.order >= known.get(each.aggregate_id, (0, 0))
    ]


async def _hand_over(
    session: AsyncSession, subscription: Subscription, envelopes: list[RawEnvelope]
) -> None:
    typed: list[Envelope[Any]] = [
        each.typed(subscription.state) for each in envelopes if not each.erased
    ]
    if subscription.many and typed:
        with handling(session, subscription.name, typed):
            await subscription.handler(session, typed)
    elif not subscription.many:
        for one in typed:
            with handling(session, subscription.name, [one]):
                await subscription.handler(session, one)


@dataclass
class _Steps:
    """An ordered subscription at work: where each aggregate stands, and the next step to take."""

    session: AsyncSession
    subscription: Subscription
    known: dict[UUID, Order]

    async def take(self, envelope: RawEnvelope, message: bytes) -> None:
        """Apply the next step and what was parked behind it; park a step that comes too early."""
        if envelope.type == snapshot_type(self.subscription.state):
            await self._start_from(envelope)
            return
        if envelope.order <= self._done(envelope.aggregate_id):
            return
        if self.is_next(envelope):
            await self.walk(envelope)
        else:
            await park(self.session, self.subscription.name, [(envelope, message)], "gap")

    async def _start_from(self, snapshot: RawEnvelope) -> None:
        """Let a subscription that came later than the record begin at a snapshot's version.

        A snapshot is no step and has no effect. Where the very first step may still be on its way
        (nothing or the second waits), it is waited for.
        """
        if snapshot.aggregate_id in self.known:
            return
        name = self.subscription.name
        waiting = await earliest_parked(self.session, name, snapshot.aggregate_id, snapshot.epoch)
        version = snapshot.version if waiting is None else waiting - 1
        if version > 1:
            await self.walk(replace(snapshot, version=version), skip_first=True)

    def is_next(self, envelope: RawEnvelope) -> bool:
        """True when nothing is missing before this step."""
        epoch, version = self._done(envelope.aggregate_id)
        if envelope.starts_epoch and envelope.epoch > epoch:
            return True
        return envelope.order == (epoch, version + 1)

    async def walk(self, first: RawEnvelope, *, skip_first: bool = False) -> None:
        """Apply a step, then those parked right behind it, one after the other."""
        step: RawEnvelope | None = first
        skip = skip_first
        while step is not None:
            if not (skip or step.effectless):
                typed: Envelope[Any] = step.typed(self.subscription.state)
                with handling(self.session, self.subscription.name, [typed]):
                    await self.subscription.handler(self.session, typed)
            skip = False
            await mark_applied(self.session, [(self.subscription.name, step)])
            self.known[step.aggregate_id] = step.order
            successor = (step.epoch, step.version + 1)
            parked = await unpark(
                self.session, self.subscription.name, step.aggregate_id, successor
            )
            step = decode(parked) if parked is not None else None

    def _done(self, aggregate_id: UUID) -> Order:
        return self.known.get(aggregate_id, (0, 0))


async def pass_over(session: AsyncSession, subscription: Subscription, step: RawEnvelope) -> None:
    """Count a step as done without its effect, so that the steps behind it go on."""
    if not subscription.ordered:
        return
    known = await take_turns(session, [subscription.name], [step.aggregate_id])
    steps = _Steps(session, subscription, known[subscription.name])
    if steps.is_next(step):
        await steps.walk(step, skip_first=True)
