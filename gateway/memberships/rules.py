"""From stored places to the memberships an actor carries; pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from shared.identity import Membership


def memberships_of(stored: Iterable[str]) -> tuple[Membership, ...]:
    """The memberships written as "role engagement", in their order."""
    pairs = (one.split(" ") for one in stored)
    return tuple(Membership(UUID(engagement), role) for role, engagement in pairs)
