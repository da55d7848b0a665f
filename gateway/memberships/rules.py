"""From stored places to the memberships an actor carries, and back to one line per place; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import orjson

from shared.identity import Membership


def memberships_of(stored: str) -> tuple[Membership, ...]:
    """The memberships in a JSON list of [engagement, client, role, [domain, ...]].

    A place in several domains is several memberships, one without a domain is one.
    """
    places: list[tuple[str, str, str, Sequence[str | None]]] = orjson.loads(stored)
    return tuple(
        Membership(UUID(engagement), UUID(client), role, domain)
        for engagement, client, role, domains in places
        for domain in (domains or [None])
    )


def listed(memberships: Iterable[Membership]) -> list[dict[str, Any]]:
    """One entry per engagement and role, with its domains."""
    places: dict[tuple[UUID, str], dict[str, Any]] = {}
    for one in memberships:
        place = places.setdefault(
            (one.engagement_id, one.role),
            {
                "engagement_id": one.engagement_id,
                "client_id": one.client_id,
                "role": one.role,
                "domains": [],
            },
        )
        if one.domain is not None:
            place["domains"].append(one.domain)
    return list(places.values())
