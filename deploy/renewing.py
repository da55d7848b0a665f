"""Publishing everything again and rebuilding what others keep of it, in an order that works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

from deploy.cli.access import Opened
from deploy.supervisor.topology import SERVICES
from shared.relay import Relay
from shared.snapshot import publish_snapshot, rebuild

GATEWAY: Final = "gateway"
ORDER: Final = (GATEWAY, *SERVICES)
"""Publish in this order: each service's events use names it has from those before it."""


async def renew(
    services: Mapping[str, Opened],
    publishers: Collection[str],
    consumers: Collection[str],
    aggregate: str | None = None,
) -> tuple[dict[str, int], Counter[str]]:
    """Publish the state of every record again, then rebuild; records told, rows changed per table.

    The gateway's projections come last: one table holds what all of them told.
    """
    told: dict[str, int] = {}
    changed: Counter[str] = Counter()
    for name in (each for each in ORDER if each in publishers):
        told[name] = await _tell(services[name], aggregate)
        for consumer in consumers:
            if consumer != GATEWAY:
                changed.update(await _rebuild(services[consumer], name))
    if GATEWAY in consumers:
        for name in publishers:
            changed.update(await _rebuild(services[GATEWAY], name))
    return told, changed


async def _tell(publisher: Opened, aggregate: str | None) -> int:
    """Until all of it is in the stream, where a rebuild looks for it."""
    name, published = publisher.service.name, publisher.service.published
    count = await publish_snapshot(publisher.database, published, aggregate=aggregate)
    relay = Relay(publisher.database, publisher.bus, publisher=name)
    while await relay.publish_lot():
        continue
    return count


async def _rebuild(consumer: Opened, publisher: str) -> dict[str, int]:
    service = consumer.service
    follows = service.subscriptions
    if all(each.state.publisher != publisher for each in follows if each.tables):
        return {}
    rows = await rebuild(consumer.database, consumer.bus, follows, publisher, consumer=service.name)
    return {f"{service.name}.{table}": number for table, number in rows.items()}
