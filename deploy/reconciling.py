"""After one service's database was restored: what its publishers and consumers disagree about.

Services share no restore point. A restored publisher has forgotten what others still know of it; a
restored consumer has forgotten what it was told. `divergences` lists all of it, `mend` makes the
restored service's own database the truth again, and has it hear anew what it was told.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import orjson

from deploy.cli.access import Opened
from shared.applying import Subscription
from shared.events import decode
from shared.outbox import RETENTION_DAYS, raise_epoch
from shared.pull import Delivery
from shared.relay import Relay
from shared.snapshot import publish_snapshot, rebuild
from shared.stream_reading import read_stream

Order = tuple[int, int]
_DAY: Final = 86_400.0
_VERSIONS: Final = "SELECT aggregate, aggregate_id, epoch, version FROM aggregate_versions"
_APPLIED: Final = "SELECT aggregate_id, epoch, version FROM inbox WHERE subscription = $1"
_FORGET: Final = "DELETE FROM inbox WHERE aggregate_id = ANY($1) AND subscription LIKE $2 || '.%'"


class Kind(StrEnum):
    """How a consumer's knowledge of a record differs from its publisher's."""

    UNKNOWN = "unknown"
    """The consumer keeps a record that its publisher does not have."""
    AHEAD = "ahead"
    """The consumer keeps a later state than its publisher has."""
    BEHIND = "behind"
    """The consumer keeps an earlier state."""
    MISSING = "missing"
    """The consumer has never heard of the record."""


@dataclass(frozen=True)
class Divergence:
    """One record about which a publisher and a consumer disagree; (epoch, version) of each."""

    kind: Kind
    publisher: str
    consumer: str
    aggregate: str
    record_id: UUID
    published: Order | None
    kept: Order | None


async def divergences(publisher: Opened, consumers: Sequence[Opened]) -> list[Divergence]:
    """Every record of the publisher that a consumer's projections keep otherwise.

    What is still on its way counts as behind: ask when the instance is at rest.
    """
    truth: dict[str, dict[UUID, Order]] = {}
    for row in await publisher.database.worker_pool().fetch(_VERSIONS):
        truth.setdefault(row["aggregate"], {})[row["aggregate_id"]] = (
            row["epoch"],
            row["version"],
        )
    found = []
    for consumer in consumers:
        for each in _projections(consumer, publisher.service.name):
            rows = await consumer.database.worker_pool().fetch(_APPLIED, each.name)
            kept = {row["aggregate_id"]: (row["epoch"], row["version"]) for row in rows}
            there = truth.get(each.state.aggregate, {})
            found += _compare(each, consumer.service.name, there, kept)
    return list(dict.fromkeys(found))


def _projections(consumer: Opened, publisher: str) -> list[Subscription]:
    """Subscriptions that keep something; those with effects alone have nothing to compare."""
    return [
        each
        for each in consumer.service.subscriptions
        if each.state.publisher == publisher and each.tables
    ]


def _compare(
    subscription: Subscription,
    consumer: str,
    truth: Mapping[UUID, Order],
    kept: Mapping[UUID, Order],
) -> list[Divergence]:
    state = subscription.state
    found = []
    for record_id in sorted(truth.keys() | kept.keys()):
        published, known = truth.get(record_id), kept.get(record_id)
        if published != known:
            kind = _kind(published, known)
            found.append(
                Divergence(
                    kind, state.publisher, consumer, state.aggregate, record_id, published, known
                )
            )
    return found


def _kind(published: Order | None, known: Order | None) -> Kind:
    if published is None:
        return Kind.UNKNOWN
    if known is None:
        return Kind.MISSING
    return Kind.AHEAD if known > published else Kind.BEHIND


async def lost_events(publisher: Opened) -> list[Delivery]:
    """Events the stream still holds and the restored outbox does not: what happened, and is gone.

    Those older than the outbox's own memory of 30 days are not told apart and are left out.
    """
    name, bus = publisher.service.name, publisher.bus
    rows = await publisher.database.worker_pool().fetch("SELECT id FROM outbox")
    remembered = {row["id"] for row in rows}
    oldest = time.time() - (RETENTION_DAYS - 1) * _DAY
    lost = []
    async for delivery in read_stream(bus, name, reader="reconcile"):
        if delivery.stored_at > oldest and decode(delivery.data).id not in remembered:
            lost.append(delivery)
    return lost


async def mend(
    restored: Opened, others: Sequence[Opened], lost: Sequence[Delivery]
) -> dict[str, int]:
    """Make the restored service's database the truth for everyone; the changed rows per table.

    Takes `lost` out of the stream, raises the epoch, publishes a snapshot and rebuilds what others
    keep of it; then lets the restored service hear all others from the beginning: what it applied
    already it ignores.
    """
    name = restored.service.name
    for delivery in lost:
        await restored.bus.erase(name, delivery.sequence)
    await _forget_unknown(restored, others)
    async with restored.database.worker_session() as session:
        await raise_epoch(session)
    await publish_snapshot(restored.database, restored.service.published)
    relay = Relay(restored.database, restored.bus, publisher=name)
    while await relay.publish_lot():
        continue
    changed: dict[str, int] = {}
    for other in others:
        if _projections(other, name):
            subscriptions, consumer = other.service.subscriptions, other.service.name
            rows = await rebuild(other.database, other.bus, subscriptions, name, consumer=consumer)
            changed |= {f"{consumer}.{table}": number for table, number in rows.items()}
    await _hear_all_again(restored)
    return changed


async def _forget_unknown(restored: Opened, others: Sequence[Opened]) -> None:
    """A rebuild would miss records that nobody publishes any more."""
    for other in others:
        found = await divergences(restored, [other])
        unknown = [each.record_id for each in found if each.kind is Kind.UNKNOWN]
        await other.database.worker_pool().execute(_FORGET, unknown, restored.service.name)


async def _hear_all_again(restored: Opened) -> None:
    """Its subscriber makes the consumers anew, which begin at the streams' beginnings."""
    name = restored.service.name
    for publisher in {each.state.publisher for each in restored.service.subscriptions}:
        await restored.bus.delete_consumer(publisher, name)


def as_lines(lost: Sequence[Delivery]) -> bytes:
    """Lost events as JSON lines, oldest first: what people need to enter them again."""
    bodies: list[Any] = [orjson.loads(delivery.data) for delivery in lost]
    return b"".join(orjson.dumps(body) + b"\n" for body in bodies)
