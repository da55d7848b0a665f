"""Clocks that other services' events reset."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.cadence import rules, store
from services.clients.refs.store import require_known
from shared.contracts.desk import CaseState
from shared.contracts.engagements import EngagementState
from shared.events import Envelope

Handler = Callable[[AsyncSession, Envelope[Any]], Awaitable[None]]


def resetting_clocks(zone: str) -> Handler:
    """The handler that lets what the firm does elsewhere count as a touch, in the firm's zone.

    Who acted may be heard of later than their act, and until then nobody knows whether they are of
    the firm: the handler raises `NotKnownYet`.
    """

    async def reset_clocks(
        session: AsyncSession, envelope: Envelope[CaseState | EngagementState]
    ) -> None:
        touches = rules.touches(envelope.state.steps)  # those of this act, or all said again
        if not touches:
            return
        await require_known(session, {person_id for _, person_id in touches})
        client_id = await store.standing_client(session, envelope.state.client_id)
        if await store.touch_elsewhere(session, client_id, touches):
            await store.refresh_clocks(session, client_id, zone)

    return reset_clocks
