"""Steps of other services' records on a client's timeline: one table per kind of record.

An entry shows its record (title, client) and is kept from whom the record is kept from, as it is
now. So the record's newest state decides that for all its entries, wherever they come from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.steps import HistoryStep
from shared.events import Envelope

_STEP: Final = {"id", "at", "kind", "actor_id", "actor_name", "text"}
_TYPES: Final = {"title": "text", "client_id": "uuid", "roles": "text[]"}


@dataclass(frozen=True)
class Entries:
    """The entries of one kind of record: where they stand, and what they share with the record.

    `shared` names columns of the entries and, as values, those of the record's own projection.
    """

    source: str
    table: str
    records: str
    shared: Mapping[str, str] = field(hash=False)

    @cached_property
    def follow(self) -> str:
        """The update that lets entries follow their record, unless it stays as it was; `:id`."""
        moved = ", ".join(f"{name} = {_value(name)}" for name in self.shared)
        same = " AND ".join(f"{kept} = {_value(name)}" for name, kept in self.shared.items())
        return (
            f"UPDATE {self.table} SET {moved} WHERE record_id = :id"
            f" AND NOT EXISTS (SELECT FROM {self.records} WHERE id = :id AND {same})"
        )

    async def tell(
        self, session: AsyncSession, told: Iterable[tuple[Envelope[Any], Mapping[str, Any]]]
    ) -> None:
        """Put the steps of these events on the timeline, once each.

        Each event comes with its record's `number` and what the entries share with it. What is
        said again replaces the sentences: a person may have been erased from them.
        """
        rows: dict[bool, dict[UUID, dict[str, Any]]] = {False: {}, True: {}}
        for envelope, record in told:
            steps: Iterable[HistoryStep] = envelope.state.steps
            for step in steps:
                entry = step.model_dump(mode="json", include=_STEP)
                rows[envelope.again][step.id] = entry | {**record, "record_id": envelope.state.id}
        for again, entries in rows.items():
            if entries:
                given = orjson.dumps([*entries.values()]).decode()
                await session.execute(text(self._insert(again)), {"rows": given})

    def _insert(self, again: bool) -> str:
        names = ", ".join(self.shared)
        newest = ", ".join(f"coalesce(r.{kept}, e.{n})" for n, kept in self.shared.items())
        types = ", ".join(f"{name} {_type(name)}" for name in self.shared)
        settled = "UPDATE SET sentence = excluded.sentence" if again else "NOTHING"
        return (
            f"INSERT INTO {self.table} (id, at, source, kind, record_id, record_number, actor_id,"
            f" actor_name, sentence, {names}) SELECT e.id, e.at, '{self.source}', e.kind,"
            f" e.record_id, e.number, e.actor_id, e.actor_name, e.text, {newest}"
            " FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS e (id uuid, at timestamptz,"
            " kind text, actor_id uuid, actor_name text, text jsonb, record_id uuid, number text,"
            f" {types}) LEFT JOIN {self.records} r ON r.id = e.record_id"
            f" ON CONFLICT (id) DO {settled}"
        )


def _type(name: str) -> str:
    return _TYPES.get(name, "uuid[]")


def _value(name: str) -> str:
    return f"CAST(:{name} AS {_type(name)})"
