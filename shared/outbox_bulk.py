"""Many events at once, for bulk work: the outbox's `emit` by set, on the worker role only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import context_of
from shared.events import Event, State, moved_type, restated_type
from shared.ids import new_id

_ALL: Final = text("""
    WITH given AS (
        SELECT * FROM json_to_recordset(CAST(:events AS json))
            AS g (place integer, id uuid, aggregate_id uuid, data text, subjects uuid[])
    ), allocated AS (
        INSERT INTO aggregate_versions AS kept (aggregate, aggregate_id, epoch, version, epoch_from)
        SELECT :aggregate, aggregate_id, (SELECT epoch FROM publisher_epoch), 1, 1
        FROM given ORDER BY aggregate_id
        ON CONFLICT (aggregate, aggregate_id) DO UPDATE
            SET version = kept.version + 1, epoch = excluded.epoch,
                epoch_from = CASE WHEN kept.epoch = excluded.epoch
                    THEN kept.epoch_from ELSE kept.version + 1 END
        RETURNING aggregate_id, epoch, version, version = epoch_from AS starts_epoch
    )
    INSERT INTO outbox (id, aggregate, aggregate_id, epoch, version, starts_epoch, type, data,
                        subject_ids, occurred_at, actor_id, historical, traceparent)
    SELECT g.id, :aggregate, g.aggregate_id, a.epoch, a.version, a.starts_epoch, :type, g.data,
           g.subjects, :now, :actor_id, :historical, :traceparent
    FROM given g JOIN allocated a USING (aggregate_id) ORDER BY g.place
""")


async def emit_all(session: AsyncSession, events: Sequence[Event[Any]]) -> None:
    """Append events of one type, of as many different aggregates, in the session's transaction.

    Aggregates are locked in the order of their ids, so that two lots cannot wait for each other.
    """
    if events:
        assert len({event.type() for event in events}) == 1, "one type at a time"
        states = [event.state for event in events]
        subjects = [state.subject_ids() for state in states]
        await _append_all(session, events[0].type(), states, subjects)


async def emit_restated(
    session: AsyncSession, states: Sequence[State], erased: Collection[UUID]
) -> None:
    """Append the states of aggregates of one kind as they are without the people in `erased`."""
    if states:
        await _append_again(session, restated_type(type(states[0])), states, erased)


async def emit_moved(
    session: AsyncSession, states: Sequence[State], erased: Collection[UUID]
) -> None:
    """Append the states of aggregates of one kind that went to another client."""
    if states:
        await _append_again(session, moved_type(type(states[0])), states, erased)


async def _append_again(
    session: AsyncSession, type_: str, states: Sequence[State], erased: Collection[UUID]
) -> None:
    subjects = [tuple(sorted({*state.subject_ids()} - {*erased})) for state in states]
    await _append_all(session, type_, states, subjects)


async def _append_all(
    session: AsyncSession,
    type_: str,
    states: Sequence[State],
    subjects: Sequence[tuple[UUID, ...]],
) -> None:
    context = context_of(session)
    given = [
        {
            "place": place,
            "id": new_id(),
            "aggregate_id": state.id,
            "data": state.model_dump_json(),
            "subjects": people,
        }
        for place, (state, people) in enumerate(zip(states, subjects, strict=True))
    ]
    await session.execute(
        _ALL,
        {
            "events": orjson.dumps(given, default=str).decode(),
            "aggregate": states[0].aggregate,
            "type": type_,
            "now": context.now,
            "actor_id": context.actor.user_id,
            "historical": context.historical,
            "traceparent": context.traceparent,
        },
    )
    context.emitted = True
