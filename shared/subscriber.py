"""Subscribers: SUBSCRIPTIONS as data, applied in lots, each version once, the newest wins.

    SUBSCRIPTIONS = [
        Subscription(ClientState, keep_client, tables=("client_refs",)),     # a projection
        Subscription(UserState, greet_newcomer, ordered=True),               # needs every step
    ]

A handler gets `(session, envelope)` and writes in the session's transaction; with `many=True` it
gets `(session, envelopes)`, newest versions only, one per aggregate. `tables` names what a
projection writes, so that a snapshot can rebuild it; a subscription without tables has effects
and is left alone by rebuilds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from shared.applying import Subscription, apply_lot
from shared.bus import NO_STREAM, Bus, BusRefused, BusUnavailable
from shared.database import OUTAGES, Database, is_outage
from shared.deadletters import bury
from shared.event_spans import named
from shared.events import EVENTS, RawEnvelope, decode
from shared.faults import BEFORE_ACK, crash_point
from shared.inbox import take_parked, with_unknown
from shared.patience import pause_after, tries_of
from shared.progress import Progress
from shared.pull import Delivery, Pull, acknowledge, ask_again, terminate
from shared.redaction import error_text
from shared.stopping import together
from shared.telemetry import log
from shared.writing import savepoint

SUSPECT: Final = 3
"""From this delivery on a message is handled by itself and fails no other."""
RETRY_SECONDS: Final = 0.5
WATCH_SECONDS: Final = 10
STALL_SECONDS: Final = 60
UNREADY_AFTER_SECONDS: Final = 20
LOT: Final = 500
_PASSING: Final = (BusUnavailable, BusRefused, OSError, SQLAlchemyError)
_log = log(__name__)

__all__ = ["Subscriber", "Subscription"]


@dataclass
class Subscriber:
    """Handles what other services publish, for one service."""

    database: Database
    bus: Bus
    consumer: str
    subscriptions: Sequence[Subscription]
    ack_wait: float = 30
    watch_seconds: float = WATCH_SECONDS
    stall_seconds: float = STALL_SECONDS
    patience_seconds: float = UNREADY_AFTER_SECONDS
    _disturbed: dict[str, float] = field(default_factory=dict, init=False)
    _told: set[str] = field(default_factory=set, init=False)
    """Of what disturbs, what has been warned of."""
    _handled_at: dict[str, float] = field(default_factory=dict, init=False)
    progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        self.progress = Progress(
            self.bus, self.consumer, self.publishers, self.watch_seconds, self.stall_seconds
        )

    @property
    def publishers(self) -> list[str]:
        """Whose streams are followed."""
        return sorted({each.state.publisher for each in self.subscriptions})

    async def run(self) -> None:
        """Handle events for ever, one loop per publisher."""
        if not self.subscriptions:
            return
        await together(
            self.progress.watch(),
            self._again("parked", self._take_up_parked),
            *(self._again(each, partial(self._follow, each)) for each in self.publishers),
        )

    def reason(self) -> str:
        """ "ok", or which stream is not followed and since when: for readiness."""
        now = time.monotonic()
        for publisher, since in self._disturbed.items():
            if now - since > UNREADY_AFTER_SECONDS:
                return f"{publisher} not followed for {now - since:.0f} s"
        return "ok"

    async def _again(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
                self._note_going_on(name)
                return
            except (*_PASSING, *OUTAGES) as error:
                self._note_waiting(name, error)
                await asyncio.sleep(RETRY_SECONDS)

    def _note_waiting(self, name: str, error: Exception) -> None:
        """Warn once per stream; of one that does not exist yet only when readiness fails for it."""
        since = self._disturbed.setdefault(name, time.monotonic())
        missing = isinstance(error, BusRefused) and error.code == NO_STREAM
        to_be_made = missing and name not in self._handled_at
        patient = to_be_made and time.monotonic() - since < self.patience_seconds
        if name not in self._told and not patient:
            self._told.add(name)
            _log.warning("subscriber_waits", stream=name, reason=error_text(error)[:300])

    def _note_going_on(self, name: str) -> None:
        self._disturbed.pop(name, None)
        self._told.discard(name)

    async def _follow(self, publisher: str) -> None:
        # The server may have lost its disk: look after the consumer at every (re)start.
        states = {each.state for each in self.subscriptions if each.state.publisher == publisher}
        subjects = sorted(f"{publisher}.{state.aggregate}.>" for state in states)
        await self.bus.ensure_consumer(publisher, self.consumer, subjects, ack_wait=self.ack_wait)
        pull = Pull(self.bus, publisher, self.consumer, window=2 * LOT)
        await pull.open()
        self._note_going_on(publisher)
        self.progress.begin(publisher)
        self._handled_at[publisher] = time.monotonic()
        try:
            while True:
                lot = await pull.lot(LOT)
                if lot:
                    await self._handle(publisher, lot)
                    self._handled_at[publisher] = time.monotonic()
                else:
                    await self._leave_if_stalled(publisher)
        finally:
            await pull.close()

    async def _leave_if_stalled(self, publisher: str) -> None:
        """Forget a consumer that has work waiting and hands out nothing, or is not there any more.

        Asking again would meet the same consumer: only a new one is delivered to for certain. It
        begins at the start of the stream, and what was applied already is passed over.
        """
        undelivered = self.progress.undelivered(publisher)
        quiet = time.monotonic() - self._handled_at[publisher]
        if undelivered and quiet > self.stall_seconds:
            await self.bus.delete_consumer(publisher, self.consumer)
            raise BusUnavailable(f"stalled: {undelivered} pending, no progress for {quiet:.0f} s")

    async def _handle(self, publisher: str, deliveries: list[Delivery]) -> None:
        """One transaction for all that arrived; what keeps failing is handled by itself."""
        fresh: list[tuple[Delivery, RawEnvelope]] = []
        suspects: list[tuple[Delivery, RawEnvelope]] = []
        for delivery in deliveries:
            try:
                envelope = decode(delivery.data)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                await self._bury(publisher, delivery, None, {None: error})
                continue
            (suspects if delivery.attempt >= SUSPECT else fresh).append((delivery, envelope))
        await self._handle_lot(publisher, fresh)
        for delivery, envelope in suspects:
            await self._handle_one(publisher, delivery, envelope)

    async def _handle_lot(self, publisher: str, lot: list[tuple[Delivery, RawEnvelope]]) -> None:
        """All in one transaction; a lot that fails is halved until the culprit stands alone."""
        if await self._apply(lot):
            crash_point(BEFORE_ACK)
            await acknowledge(self.bus, [delivery for delivery, _ in lot])
        elif len(lot) == 1:
            await self._handle_one(publisher, *lot[0])
        else:
            middle = len(lot) // 2
            await self._handle_lot(publisher, lot[:middle])
            await self._handle_lot(publisher, lot[middle:])

    async def _apply(self, lot: list[tuple[Delivery, RawEnvelope]]) -> bool:
        """The whole lot in one transaction; False when something in it fails."""
        if not lot:
            return True
        try:
            async with self.database.worker_session() as session:
                messages = [(envelope, delivery.data) for delivery, envelope in lot]
                await apply_lot(session, self.subscriptions, messages)
        except Exception as error:
            if is_outage(error):
                raise
            _log.warning("lot_failed", size=len(lot), reason=error_text(error)[:300])
            return False
        return True

    async def _handle_one(self, publisher: str, delivery: Delivery, envelope: RawEnvelope) -> None:
        """Each subscription in a transaction of its own: one that fails holds up no other."""
        with named(envelope):
            await self._try_one(publisher, delivery, envelope)

    async def _try_one(self, publisher: str, delivery: Delivery, envelope: RawEnvelope) -> None:
        failed: dict[str | None, Exception] = {}
        for subscription in self.subscriptions:
            if subscription.wants(envelope):
                try:
                    async with self.database.worker_session() as session:
                        await apply_lot(session, [subscription], [(envelope, delivery.data)])
                except Exception as error:
                    if is_outage(error):
                        raise
                    failed[subscription.name] = error
                    _log.warning(
                        "event_failed",
                        subscription=subscription.name,
                        attempt=delivery.attempt,
                        reason=error_text(error)[:300],
                    )
        if not failed:
            crash_point(BEFORE_ACK)
            await acknowledge(self.bus, [delivery])
        elif delivery.attempt < tries_of(failed.values()):
            await ask_again(self.bus, delivery, pause_after(delivery.attempt))
        else:
            await self._bury(publisher, delivery, envelope, failed)

    async def _bury(
        self,
        publisher: str,
        delivery: Delivery,
        envelope: RawEnvelope | None,
        failed: dict[str | None, Exception],
    ) -> None:
        async with self.database.worker_session() as session:
            for subscription, error in failed.items():
                await bury(
                    session,
                    publisher=publisher,
                    subscription=subscription,
                    type_=envelope.type if envelope else delivery.message.subject,
                    envelope=envelope,
                    message=delivery.data,
                    error=error_text(error),
                )
        await terminate(self.bus, delivery)
        _log.error("dead_letter", publisher=publisher, subject=delivery.message.subject)

    async def _take_up_parked(self) -> None:
        """After an upgrade: events whose type was unknown may be understood now."""
        async with self.database.worker_session() as session:
            waiting = await with_unknown(session)
        for subscription in (each for each in self.subscriptions if each.name in waiting):
            types = [
                name for name, event in EVENTS.items() if event.state_type() is subscription.state
            ]
            while await self._take_up_lot(subscription, types):
                continue

    async def _take_up_lot(self, subscription: Subscription, types: list[str]) -> bool:
        async with self.database.worker_session() as session:
            messages = await take_parked(session, subscription.name, types, LOT)
            if await self._applies(session, subscription, messages) is not None:
                for message in messages:
                    await self._take_up(session, subscription, message)
        return bool(messages)

    async def _applies(
        self, session: AsyncSession, subscription: Subscription, messages: list[bytes]
    ) -> Exception | None:
        """Apply messages inside a savepoint; the error when that fails and nothing was applied."""
        try:
            async with savepoint(session):
                lot = [(decode(message), message) for message in messages]
                await apply_lot(session, [subscription], lot)
        except Exception as error:
            if is_outage(error):
                raise
            return error
        return None

    async def _take_up(
        self, session: AsyncSession, subscription: Subscription, message: bytes
    ) -> None:
        error = await self._applies(session, subscription, [message])
        if error is not None:
            envelope = decode(message)
            await bury(
                session,
                publisher=subscription.state.publisher,
                subscription=subscription.name,
                type_=envelope.type,
                envelope=envelope,
                message=message,
                error=error_text(error),
            )
