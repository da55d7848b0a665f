"""A made-up publisher with one aggregate, its subscriptions, and the tables they write.

`things` is a projection: the newest state of each thing. `steps` is a ledger of effects: one row
each time an ordered handler ran, so that a doubled, lost or misordered effect is plain to see.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.audience import EVERYONE, FIRM
from shared.events import Envelope, Event, State
from shared.subscriber import Subscription
from shared.writing import RowKind, append

SERVICE = "sample"


class ThingState(State):
    """A thing with a value that only grows."""

    publisher = SERVICE
    aggregate = "thing"

    value: Annotated[int, EVERYONE]
    owner_id: Annotated[UUID | None, FIRM] = None
    remark: Annotated[str, FIRM] = ""

    def subject_ids(self) -> tuple[UUID, ...]:
        return (self.owner_id,) if self.owner_id else ()


class ThingChanged(Event[ThingState]):
    """The value grew."""

    action = "changed"


TABLES = [
    """CREATE TABLE things (
        id uuid PRIMARY KEY, value int NOT NULL, remark text NOT NULL,
        epoch int NOT NULL, version bigint NOT NULL
    )""",
    """CREATE TABLE steps (
        position bigint GENERATED ALWAYS AS IDENTITY, thing_id uuid NOT NULL,
        epoch int NOT NULL, version bigint NOT NULL, value int NOT NULL
    )""",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON things, steps TO sample_worker",
]

_KEEP = RowKind(
    "INSERT INTO things (id, value, remark, epoch, version)"
    " SELECT id, value, remark, epoch, version"
    " FROM json_populate_recordset(NULL::things, {rows}) ON CONFLICT (id) DO UPDATE"
    " SET value = excluded.value, remark = excluded.remark, epoch = excluded.epoch,"
    " version = excluded.version"
)


class Poison(Exception):
    """What the handlers raise on a negative value."""


def _row(envelope: Envelope[ThingState]) -> dict[str, Any]:
    if envelope.state.value < 0:
        raise Poison("no value may be negative")
    return {
        "id": envelope.aggregate_id,
        "value": envelope.state.value,
        "remark": envelope.state.remark,
        "epoch": envelope.epoch,
        "version": envelope.version,
    }


async def keep_thing(session: AsyncSession, envelope: Envelope[ThingState]) -> None:
    """The newest state of one thing."""
    append(session, _KEEP, _row(envelope))


async def keep_things(session: AsyncSession, envelopes: Sequence[Envelope[ThingState]]) -> None:
    """The newest states of many things."""
    for envelope in envelopes:
        append(session, _KEEP, _row(envelope))


async def note_step(session: AsyncSession, envelope: Envelope[ThingState]) -> None:
    """An effect that must happen once for every step."""
    await session.execute(
        text(
            "INSERT INTO steps (thing_id, epoch, version, value)"
            " VALUES (:id, :epoch, :version, :value)"
        ),
        _row(envelope),
    )


KEEP = Subscription(ThingState, keep_thing, tables=("things",))
KEEP_MANY = Subscription(ThingState, keep_things, many=True, tables=("things",))
NOTE = Subscription(ThingState, note_step, ordered=True)
