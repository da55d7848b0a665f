"""From the engagements' events to the memberships people act with."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.memberships import store
from shared.contracts.engagements import MemberState
from shared.events import Envelope


async def take_over_member(session: AsyncSession, envelope: Envelope[MemberState]) -> None:
    """Remember a place in a team; whoever is believed for seconds is asked anew after them."""
    await store.save(session, envelope.state)
