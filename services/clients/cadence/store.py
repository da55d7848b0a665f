"""Every statement about the clocks of calls and visits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.cadence.rules import CALLING, VISITING
from services.clients.way import WAY

_LATEST: Final = (
    "(SELECT max(occurred_at) FROM interactions i"
    " WHERE i.client_id = c.id AND i.kind = ANY(CAST(:{kinds} AS text[])))"
)
_DAY: Final = "CAST({moment} AT TIME ZONE CAST(:zone AS text) AS date)"
_REFRESH: Final = text(
    "UPDATE clients c SET last_call_on = "
    + _DAY.format(moment=f"greatest(other_touch_at, {_LATEST.format(kinds='calling')})")
    + ", last_visit_on = "
    + _DAY.format(moment=_LATEST.format(kinds="visiting"))
    + ", last_contact_at = greatest(other_touch_at, "
    + _LATEST.format(kinds="calling")
    + ") WHERE id = :id"
)
_TOUCH_ELSEWHERE: Final = text(
    "UPDATE clients c SET other_touch_at = greatest(other_touch_at, t.at) FROM"
    " (SELECT max(each.at) AS at FROM"
    " unnest(CAST(:moments AS timestamptz[]), CAST(:people AS uuid[])) AS each (at, person_id)"
    " JOIN user_refs u ON u.id = each.person_id AND u.side = 'firm') t"
    " WHERE c.id = :id AND t.at IS NOT NULL"
    " AND (c.other_touch_at IS NULL OR c.other_touch_at < t.at)"
)
_STANDING: Final = text(
    WAY.format(key="id = :id") + " SELECT id FROM way WHERE merged_into_id IS NULL"
)
_CADENCE: Final = text("SELECT call_days, visit_days FROM cadences WHERE grade = :grade")


async def refresh_clocks(session: AsyncSession, client_id: UUID, zone: str) -> None:
    """Count the client's clocks anew from its contact records and touches in other services.

    A moment's day is the day in the firm's `zone`; due days follow in the table.
    """
    await session.execute(
        _REFRESH,
        {"id": client_id, "zone": zone, "calling": list(CALLING), "visiting": list(VISITING)},
    )


async def standing_client(session: AsyncSession, client_id: UUID) -> UUID:
    """The client that a touch counts for: the one that this one became part of, or itself."""
    return (await session.execute(_STANDING, {"id": client_id})).scalar_one_or_none() or client_id


async def touch_elsewhere(
    session: AsyncSession, client_id: UUID, touches: Sequence[tuple[datetime, UUID]]
) -> bool:
    """Remember the latest touch another service tells of, by people of the firm alone.

    True when it is later than what was known.
    """
    done = await session.execute(
        _TOUCH_ELSEWHERE,
        {
            "id": client_id,
            "moments": [at for at, _ in touches],
            "people": [person_id for _, person_id in touches],
        },
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


async def cadence_of(session: AsyncSession, grade: str) -> tuple[int, int]:
    """Days between calls and between visits of a grade."""
    row = (await session.execute(_CADENCE, {"grade": grade})).one()
    return row.call_days, row.visit_days
