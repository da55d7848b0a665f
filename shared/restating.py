"""After an erasure: what the blanked events told of other people's records is said again.

Blanking an event takes away everything it says, not only of whom was erased. So each record whose
newest event was blanked tells its state once more, as a newer version that no longer holds the
person: a projection takes it like any other, and a rebuild finds it in the stream. A record with a
history (`Growing`) does so wherever the history names the person: an event tells only what its act
added, and the one that named them may be older than the outbox's memory.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events import State
from shared.outbox_bulk import emit_restated
from shared.snapshot import Growing, Snapshots

_LOT: Final = 200
_SILENCED: Final = text(
    "SELECT DISTINCT o.aggregate_id FROM outbox o WHERE o.aggregate = :aggregate"
    " AND o.subject_ids @> ARRAY[CAST(:person AS uuid)] AND o.data IS NULL AND NOT EXISTS ("
    " SELECT 1 FROM outbox n WHERE n.aggregate_id = o.aggregate_id AND n.aggregate = o.aggregate"
    " AND n.data IS NOT NULL AND (n.epoch, n.version) > (o.epoch, o.version))"
)


async def restate(
    session: AsyncSession, person_id: UUID, published: Snapshots, *, first: bool = True
) -> int:
    """Tell the state of every record that fell silent when the person was erased; how many.

    Repeatable: a record that has spoken since is left alone. Histories are asked the `first` time.
    """
    count = 0
    erased = set((await session.execute(text("SELECT person_id FROM erasures"))).scalars())
    for kind, states in published.items():
        asked: dict[str, Any] = {"aggregate": kind.aggregate, "person": person_id}
        found = set((await session.execute(_SILENCED, asked)).scalars())
        if first and isinstance(states, Growing):
            named = await session.execute(text(states.naming), {"person": person_id})
            found.update(named.scalars())
        silenced = sorted(found)
        for start in range(0, len(silenced), _LOT):
            lot: list[State] = []
            async for state in states(session, silenced[start : start + _LOT]):
                if lot and lot[-1].id == state.id:  # the next part of a long history
                    await emit_restated(session, lot, erased)
                    lot = []
                lot.append(state)
            await emit_restated(session, lot, erased)
        count += len(silenced)
    return count
