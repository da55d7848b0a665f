"""The outbox: events commit with the change they tell of, in one statement.

`emit` allocates the aggregate's next (epoch, version) and appends the event. The row lock on the
aggregate's version serialises writers of one aggregate, so versions follow commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared import locks
from shared.database import context_of
from shared.events import Event, State, snapshot_type
from shared.ids import new_id
from shared.privileges import definer_function, worker_table
from shared.writing import RowKind, append

RETENTION_DAYS: Final = 30

_EMIT_PARAMETERS: Final = (
    "p_id uuid, p_aggregate text, p_aggregate_id uuid, p_type text, p_data text, "
    "p_subject_ids uuid[], p_occurred_at timestamptz, p_actor_id uuid, p_historical boolean, "
    "p_traceparent text"
)
_EMIT_BODY: Final = """
    WITH allocated AS (
        INSERT INTO aggregate_versions (aggregate, aggregate_id, epoch, version, epoch_from)
        VALUES (p_aggregate, p_aggregate_id, (SELECT epoch FROM publisher_epoch), 1, 1)
        ON CONFLICT (aggregate, aggregate_id) DO UPDATE
            SET version = aggregate_versions.version + 1, epoch = excluded.epoch,
                epoch_from = CASE WHEN aggregate_versions.epoch = excluded.epoch
                    THEN aggregate_versions.epoch_from ELSE aggregate_versions.version + 1 END
        RETURNING epoch, version, version = epoch_from AS starts_epoch
    )
    INSERT INTO outbox (id, aggregate, aggregate_id, epoch, version, starts_epoch, type, data,
                        subject_ids, occurred_at, actor_id, historical, traceparent)
    SELECT p_id, p_aggregate, p_aggregate_id, epoch, version, starts_epoch, p_type, p_data,
           p_subject_ids, p_occurred_at, p_actor_id, p_historical, p_traceparent
    FROM allocated RETURNING version
"""

# Statement by statement, so that rows are read behind the lock; one round trip.
_CLAIM: Final = f"""
    CREATE FUNCTION rapport_claim(p_limit integer) RETURNS SETOF outbox
    LANGUAGE sql VOLATILE AS $$
        SELECT pg_advisory_xact_lock({locks.RELAY});
        SELECT * FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT p_limit;
    $$
"""

DDL: list[str] = [
    """CREATE TABLE publisher_epoch (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        epoch integer NOT NULL DEFAULT 1,
        stream_created text
    )""",
    "INSERT INTO publisher_epoch DEFAULT VALUES",
    """CREATE TABLE aggregate_versions (
        aggregate text NOT NULL,
        aggregate_id uuid NOT NULL,
        epoch integer NOT NULL,
        version bigint NOT NULL,
        epoch_from bigint NOT NULL,
        PRIMARY KEY (aggregate, aggregate_id)
    )""",
    """CREATE TABLE outbox (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL,
        aggregate text NOT NULL,
        aggregate_id uuid NOT NULL,
        epoch integer NOT NULL,
        version bigint NOT NULL,
        starts_epoch boolean NOT NULL DEFAULT false,
        type text NOT NULL,
        data text,
        subject_ids uuid[] NOT NULL DEFAULT '{}',
        occurred_at timestamptz NOT NULL,
        committed_at timestamptz NOT NULL DEFAULT now(),
        actor_id uuid,
        historical boolean NOT NULL DEFAULT false,
        traceparent text,
        message_id text,
        published_at timestamptz,
        stream_seq bigint
    )""",
    "CREATE INDEX outbox_unpublished ON outbox (seq) WHERE published_at IS NULL",
    "CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL",
    "CREATE INDEX outbox_aggregate ON outbox (aggregate_id, version)",
    "CREATE INDEX outbox_subjects ON outbox USING gin (subject_ids) WHERE subject_ids <> '{}'",
    """CREATE TABLE stream_erasures (
        person_id uuid PRIMARY KEY,
        asked_at timestamptz NOT NULL DEFAULT now()
    )""",
    *worker_table("publisher_epoch"),
    *worker_table("aggregate_versions"),
    *worker_table("outbox"),
    *worker_table("stream_erasures"),
    _CLAIM,
    *definer_function(f"rapport_emit({_EMIT_PARAMETERS})", _EMIT_BODY, returns="bigint"),
]

_EMITTED: Final = RowKind(
    "SELECT rapport_emit(id, aggregate, aggregate_id, type, data, subjects, occurred_at, actor_id,"
    " historical, traceparent) FROM json_to_recordset({rows}) AS r (id uuid, aggregate text,"
    " aggregate_id uuid, type text, data text, subjects uuid[], occurred_at timestamptz,"
    " actor_id uuid, historical boolean, traceparent text)",
    calls=True,
)
_EMIT_SNAPSHOTS: Final = text(
    "INSERT INTO outbox (id, aggregate, aggregate_id, epoch, version, type, data, subject_ids,"
    " occurred_at) SELECT n.id, v.aggregate, v.aggregate_id, v.epoch, v.version, :type, n.data,"
    " CAST(string_to_array(n.subjects, ' ') AS uuid[]), coalesce((SELECT o.occurred_at"
    " FROM outbox o WHERE o.aggregate_id = v.aggregate_id AND o.version = v.version"
    " AND o.aggregate = v.aggregate ORDER BY o.seq LIMIT 1), :forgotten)"
    " FROM unnest(CAST(:ids AS uuid[]), CAST(:aggregate_ids AS uuid[]), CAST(:data AS text[]),"
    " CAST(:subjects AS text[])) AS n (id, aggregate_id, data, subjects)"
    " JOIN aggregate_versions v ON v.aggregate = :aggregate AND v.aggregate_id = n.aggregate_id"
)


async def emit(session: AsyncSession, event: Event[Any]) -> None:
    """Append the event to the outbox in the session's transaction.

    It gets its version with the transaction's other rows, and is published after the commit, at
    least once, in order per aggregate.
    """
    context = context_of(session)
    state: State = event.state
    row = {
        "id": new_id(),
        "aggregate": state.aggregate,
        "aggregate_id": state.id,
        "type": event.type(),
        "data": state.model_dump_json(),
        "subjects": state.subject_ids(),
        "occurred_at": context.now,
        "actor_id": context.actor.user_id,
        "historical": context.historical,
        "traceparent": context.traceparent,
    }
    append(session, _EMITTED, row)
    context.emitted = True


async def emit_snapshots(session: AsyncSession, states: Sequence[State]) -> int:
    """Publish the current states of aggregates of one kind again, at the versions they have.

    Each event has the time of the act that made the state; if the outbox no longer holds that act,
    the start of the days it is kept. Returns how many; what never emitted anything is left out.
    """
    if not states:
        return 0
    result: Any = await session.execute(
        _EMIT_SNAPSHOTS,
        {
            "ids": [new_id() for _ in states],
            "aggregate_ids": [state.id for state in states],
            "data": [state.model_dump_json() for state in states],
            "subjects": [" ".join(map(str, state.subject_ids())) for state in states],
            "type": snapshot_type(type(states[0])),
            "aggregate": states[0].aggregate,
            "forgotten": context_of(session).now - timedelta(days=RETENTION_DAYS),
        },
    )
    context_of(session).emitted = True
    return int(result.rowcount)


async def raise_epoch(session: AsyncSession) -> int:
    """After a restore: what is emitted from now on, snapshots too, is newer than what was lost.

    Every record keeps its version under the new epoch, and its next event starts it. New epoch.
    """
    epoch = await session.scalar(
        text("UPDATE publisher_epoch SET epoch = epoch + 1 RETURNING epoch")
    )
    assert isinstance(epoch, int)
    await session.execute(
        text("UPDATE aggregate_versions SET epoch = :epoch, epoch_from = version + 1"),
        {"epoch": epoch},
    )
    return epoch


async def replay(session: AsyncSession, *, since: Any = None) -> int:
    """Publish stored events again with fresh message ids and the same event ids; returns how many.

    Fresh message ids, because the stream silently swallows a repeated one inside its window.
    """
    result = await session.execute(
        text(
            "UPDATE outbox SET published_at = NULL, stream_seq = NULL,"
            " message_id = gen_random_uuid()::text"
            " WHERE published_at IS NOT NULL"
            " AND (CAST(:since AS timestamptz) IS NULL OR committed_at >= :since)"
        ),
        {"since": since},
    )
    context_of(session).emitted = True
    return int(result.rowcount)  # type: ignore[attr-defined]


async def purge_outbox(session: AsyncSession) -> None:
    """Forget what was published more than 30 days ago; inbox rows outlive it."""
    await session.execute(
        text("DELETE FROM outbox WHERE published_at < now() - make_interval(days => :days)"),
        {"days": RETENTION_DAYS},
    )
