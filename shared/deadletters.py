"""Dead letters: events that failed six times, kept for a person to replay or discard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events import RawEnvelope
from shared.ids import new_id
from shared.privileges import worker_table

DDL: list[str] = [
    """CREATE TABLE dead_letters (
        id uuid PRIMARY KEY,
        publisher text NOT NULL,
        subscription text,
        type text NOT NULL,
        aggregate_id uuid,
        event_id uuid,
        message text,
        subject_ids uuid[] NOT NULL DEFAULT '{}',
        error text NOT NULL,
        died_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (subscription, event_id)
    )""",
    "CREATE INDEX dead_letters_subjects ON dead_letters USING gin (subject_ids)",
    *worker_table("dead_letters"),
]


@dataclass(frozen=True)
class DeadLetter:
    """An event that a subscription gave up on, and why; without one it is a message, no event."""

    id: UUID
    publisher: str
    subscription: str | None
    type: str
    aggregate_id: UUID | None
    error: str
    died_at: datetime
    message: bytes


BEFORE_ALL: Final = (datetime.max.replace(tzinfo=UTC), UUID(int=2**128 - 1))
"""The time and id that the newest letter comes after."""
_LETTER: Final = (
    "id, publisher, subscription, type, aggregate_id, error, died_at,"
    " convert_to(coalesce(message, ''), 'UTF8')"
)


async def bury(
    session: AsyncSession,
    *,
    publisher: str,
    subscription: str | None,
    type_: str,
    envelope: RawEnvelope | None,
    message: bytes,
    error: str,
) -> None:
    """Keep a message that cannot be handled; the same event is kept once per subscription."""
    await session.execute(
        text(
            "INSERT INTO dead_letters (id, publisher, subscription, type, aggregate_id, event_id,"
            " message, subject_ids, error) VALUES (:id, :publisher, :subscription, :type,"
            " :aggregate_id, :event_id, :message, CAST(:subjects AS uuid[]), :error)"
            " ON CONFLICT (subscription, event_id) DO UPDATE SET error = excluded.error,"
            " died_at = now()"
        ),
        {
            "id": new_id(),
            "publisher": publisher,
            "subscription": subscription,
            "type": type_,
            "aggregate_id": envelope.aggregate_id if envelope else None,
            "event_id": envelope.id if envelope else None,
            # A text cannot hold NUL, which bytes that are no event may contain.
            "message": message.decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}"),
            "subjects": list(envelope.subject_ids) if envelope else [],
            "error": error[:2000],
        },
    )


async def dead_letters(
    session: AsyncSession, limit: int = 200, after: tuple[datetime, UUID] = BEFORE_ALL
) -> Sequence[DeadLetter]:
    """What is waiting for a decision, newest first; after the letter of this time and id."""
    rows = await session.execute(
        text(
            f"SELECT {_LETTER} FROM dead_letters WHERE (died_at, id) < (:died_at, :id)"
            " ORDER BY died_at DESC, id DESC LIMIT :limit"
        ),
        {"died_at": after[0], "id": after[1], "limit": limit},
    )
    return [DeadLetter(*row) for row in rows]


async def letters_naming(session: AsyncSession, person_id: UUID) -> Sequence[DeadLetter]:
    """Those whose message has this person's id anywhere in it."""
    rows = await session.execute(
        text(f"SELECT {_LETTER} FROM dead_letters WHERE position(:person IN message) > 0"),
        {"person": str(person_id)},
    )
    return [DeadLetter(*row) for row in rows]


async def count_dead_letters(session: AsyncSession) -> int:
    """How many are waiting."""
    return int(await session.scalar(text("SELECT count(*) FROM dead_letters")) or 0)


async def find(session: AsyncSession, letter_id: UUID) -> DeadLetter | None:
    """One letter; None where there is none."""
    return await _one(session, f"SELECT {_LETTER} FROM dead_letters WHERE id = :id", letter_id)


async def take(session: AsyncSession, letter_id: UUID) -> DeadLetter | None:
    """Remove a letter, to be dealt with in this transaction; None where there is none."""
    statement = f"DELETE FROM dead_letters WHERE id = :id RETURNING {_LETTER}"
    return await _one(session, statement, letter_id)


async def _one(session: AsyncSession, statement: str, letter_id: UUID) -> DeadLetter | None:
    row = (await session.execute(text(statement), {"id": letter_id})).one_or_none()
    return DeadLetter(*row) if row is not None else None
