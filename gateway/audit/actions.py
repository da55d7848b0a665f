"""Gathers what every service tells of its sealed audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.audit import store
from shared.audit_lots import AuditLot, AuditRow
from shared.contracts.desk import CaseState
from shared.contracts.surveys import ResponseState
from shared.events import Envelope


async def gather(session: AsyncSession, envelopes: Sequence[Envelope[AuditLot]]) -> None:
    """Put lots of sealed rows beside those of the other services."""
    for envelope in envelopes:
        lot = envelope.state
        await store.save_rows(session, [_row(lot.publisher, row) for row in lot.rows])


async def keep_apart(
    session: AsyncSession, envelope: Envelope[CaseState] | Envelope[ResponseState]
) -> None:
    """Remember whom a case is about: they do not read what was done with it, or with an answer
    to the survey about it."""
    state = envelope.state
    await store.exclude(session, state.id, state.visibility.excluded)


def _row(service: str, row: AuditRow) -> dict[str, Any]:
    told = row.model_dump(exclude={"about"})
    return told | {"service": service, "people": sorted(row.people())}
