"""From events to notifications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.live import store
from shared.events import MOVED, Envelope


async def announce(session: AsyncSession, envelopes: Sequence[Envelope[Any]]) -> None:
    """Tell the hubs that records changed; history imports and what is said again are no news.

    That a record went to another client is.
    """
    told = [each for each in envelopes if not each.again or each.action == MOVED]
    news = [each for each in told if not each.historical]
    if news:
        await store.append(session, news)
