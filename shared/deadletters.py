"""Dead letters: events that failed six times, kept for a person to replay or discard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.ids import new_id
from shared.privileges import worker_table

DDL: list[str] = [
    """CREATE TABLE dead_letters (
        id uuid PRIMARY KEY,
        publisher text NOT NULL,
        type text NOT NULL,
        aggregate_id uuid,
        event_id uuid,
        message text,
        subject_ids uuid[] NOT NULL DEFAULT '{}',
        error text NOT NULL,
        died_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE NULLS NOT DISTINCT (publisher, event_id, type)
    )""",
    *worker_table("dead_letters"),
]


@dataclass(frozen=True)
class DeadLetter:
    """One event that was given up on, and why."""

    id: UUID
    publisher: str
    type: str
    aggregate_id: UUID | None
    error: str
    died_at: datetime


async def bury(
    session: AsyncSession,
    *,
    publisher: str,
    type_: str,
    aggregate_id: UUID | None,
    event_id: UUID | None,
    message: bytes,
    error: str,
) -> None:
    """Keep a message that cannot be handled; the same event is kept once."""
    await session.execute(
        text(
            "INSERT INTO dead_letters (id, publisher, type, aggregate_id, event_id, message,"
            " error) VALUES (:id, :publisher, :type, :aggregate_id, :event_id, :message, :error)"
            " ON CONFLICT (publisher, event_id, type) DO UPDATE SET error = excluded.error,"
            " died_at = now()"
        ),
        {
            "id": new_id(),
            "publisher": publisher,
            "type": type_,
            "aggregate_id": aggregate_id,
            "event_id": event_id,
            "message": message.decode(errors="replace"),
            "error": error[:2000],
        },
    )


async def dead_letters(session: AsyncSession, limit: int = 200) -> Sequence[DeadLetter]:
    """What is waiting for a decision, newest first."""
    rows = await session.execute(
        text(
            "SELECT id, publisher, type, aggregate_id, error, died_at FROM dead_letters"
            " ORDER BY died_at DESC LIMIT :limit"
        ),
        {"limit": limit},
    )
    return [DeadLetter(*row) for row in rows]


async def count_dead_letters(session: AsyncSession) -> int:
    """How many are waiting."""
    return int(await session.scalar(text("SELECT count(*) FROM dead_letters")) or 0)


async def take(session: AsyncSession, letter_id: UUID) -> bytes | None:
    """Remove a dead letter and return its message, to be handled again in the same transaction."""
    message = await session.scalar(
        text("DELETE FROM dead_letters WHERE id = :id RETURNING message"), {"id": letter_id}
    )
    return message.encode() if message is not None else None


async def discard(session: AsyncSession, letter_id: UUID) -> bool:
    """Give a dead letter up for good. False where there is none."""
    return await take(session, letter_id) is not None
