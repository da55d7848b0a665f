"""Which tables of a service are projections: told by what it follows."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from shared.subscriber import Subscription


def subscriptions_of(service: str) -> Sequence[Subscription]:
    """What a service follows in order to keep it; what only has effects is left out."""
    package = "gateway" if service == "gateway" else f"services.{service}"
    found: Sequence[Subscription] = importlib.import_module(f"{package}.subscribers").SUBSCRIPTIONS
    return found


def projections_of(service: str) -> list[str]:
    """The tables it writes from that alone."""
    return sorted({table for each in subscriptions_of(service) for table in each.tables})
