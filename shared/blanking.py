"""Erasing a person from events: stored, parked, given up on, and in the stream itself.

What is left are tombstones: events without data that keep their place in the order. A replay
sends them; subscribers pass over them. The stream is cleaned by the publisher's eraser: a
message may lie there more than once (replays, lost acknowledgements): it is searched, not trusted
to a remembered position.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.bus import Bus, eraser_of
from shared.database import context_of
from shared.events import RawEnvelope, decode
from shared.pull import Delivery, Pull, acknowledge
from shared.writing import write_out

_LOT: Final = 500
_ABOUT: Final = "subject_ids @> ARRAY[CAST(:person AS uuid)]"
_TOMBSTONE: Final = "jsonb_set(message::jsonb, '{data}', 'null')::text"
_BLANKS: Final = (
    text(f"UPDATE outbox SET data = NULL WHERE {_ABOUT}"),
    text(f"UPDATE parked SET message = {_TOMBSTONE} WHERE {_ABOUT}"),
    text(f"UPDATE dead_letters SET message = {_TOMBSTONE}, error = '' WHERE {_ABOUT}"),
)
_ASK: Final = text(
    "INSERT INTO stream_erasures (person_id) VALUES (:person)"
    " ON CONFLICT (person_id) DO UPDATE SET asked_at = now()"
)


async def blank_payloads(session: AsyncSession, person_id: UUID) -> int:
    """Blank every stored payload about a person and ask the eraser to clean the stream.

    Answers how many rows changed. Repeatable.
    """
    await write_out(session)
    changed = 0
    for statement in _BLANKS:
        result = await session.execute(statement, {"person": person_id})
        changed += result.rowcount  # type: ignore[attr-defined]
    await session.execute(_ASK, {"person": person_id})
    context_of(session).emitted = True
    return changed


async def erase_from_stream(bus: Bus, publisher: str, people: Collection[UUID]) -> int:
    """Overwrite every message of a publisher's stream about these people; how many there were.

    One at a time per publisher: the consumer's name is the one that a service has the right to.
    """
    name = eraser_of(publisher)
    await bus.delete_consumer(publisher, name)  # an eraser that died left it half-way
    await bus.ensure_consumer(publisher, name, [f"{publisher}.>"])
    pull = Pull(bus, publisher, name)
    erased = 0
    try:
        await pull.open()
        while True:
            lot = await pull.lot(_LOT)
            for delivery in lot:
                if _tells_about(delivery, people):
                    await bus.erase(publisher, delivery.sequence)
                    erased += 1
            await acknowledge(bus, lot)
            if not lot and await _searched(bus, publisher, name):
                return erased
    finally:
        await pull.close()
        await bus.delete_consumer(publisher, name)


async def _searched(bus: Bus, publisher: str, name: str) -> bool:
    info = await bus.consumer_info(publisher, name)
    return not info["num_pending"] and not info["num_ack_pending"]


def _tells_about(delivery: Delivery, people: Collection[UUID]) -> bool:
    try:
        envelope: RawEnvelope = decode(delivery.data)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False  # no event of ours
    return not envelope.erased and not {*people}.isdisjoint(envelope.subject_ids)
