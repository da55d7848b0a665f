"""The audit of every service as a reader has it, and what an entry of it fails to say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from deploy.supervisor.home import Home
from deploy.supervisor.topology import PROCESSES
from tests.loop.test_rebuilding import connect

Values = Mapping[str, Any]
BOOKKEEPING: Final = {"version", "updated_at"}
"""Moves with every act and says nothing of it."""
WHICH: Final = {"id", "name", "title", "kind", "role"}
"""Says which part of the record it was, beside what changed of it."""
_UNLIKE: Final = {
    "an id": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "a moment": re.compile(r"\d{4}-\d\d-\d\dT.*"),
    "a day": re.compile(r"\d{4}-\d\d-\d\d"),
}
"""What is another in every run."""
_ENTRIES: Final = """
    SELECT at, actor_id, action, subject_kind, before::text AS before, after::text AS after
    FROM audit WHERE at >= $1 ORDER BY id"""


@dataclass(frozen=True)
class Entry:
    """One act in the trail."""

    at: datetime
    who: str
    action: str
    kind: str
    before: Values
    after: Values

    @property
    def silent(self) -> bool:
        """Whether it says no value at all."""
        return not self.before and not self.after


async def trail(home: Home, since: datetime) -> list[Entry]:
    """Every entry of every service from a moment on."""
    found = []
    for service in PROCESSES:
        connection = await connect(home, service)
        found += [
            Entry(
                at=row["at"],
                who=str(row["actor_id"]),
                action=row["action"],
                kind=row["subject_kind"],
                before=_values(row["before"]),
                after=_values(row["after"]),
            )
            for row in await connection.fetch(_ENTRIES, since)
        ]
        await connection.close()
    return found


def _values(stored: str | None) -> Values:
    said = orjson.loads(stored) if stored else {}
    return {name: value for name, value in said.items() if name not in BOOKKEEPING}


def fault_of_change(entry: Entry, part: str | None) -> str:
    """What is wrong with the values of an act that changes fields, beside the `part` it makes."""
    old, new = _flat(entry.before), _flat(entry.after)
    if part is not None:
        if f"{part}.id" not in new or f"{part}.id" in old:
            return f"does not say which {part} it made"
        new = {name: value for name, value in new.items() if not name.startswith(f"{part}.")}
    elif all(_says_which(name) for name in old):
        return "does not say what was before"
    if old.keys() != new.keys() - {"reason"}:
        return f"says other fields before than after: {sorted(old.keys() ^ new.keys())}"
    same = sorted(name for name in old if old[name] == new[name] and not _says_which(name))
    return f"says as changed what did not: {same}" if same else ""


def fault_of_making(entry: Entry) -> str:
    """What is wrong with the values of an act that makes the record."""
    if any(value is not None for value in entry.before.values()):
        return "says that there was something before"
    made = any(value is not None for value in entry.after.values())
    return "" if made else "says nothing of what it made"


def _flat(values: Values) -> dict[str, Any]:
    """The values, and those of a part of the record by the names of both."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict) and "id" in value:
            fields = value.keys() - BOOKKEEPING
            found |= {f"{name}.{field}": value[field] for field in fields}
        else:
            found[name] = value
    return found


def _says_which(name: str) -> bool:
    part, _, field = name.rpartition(".")
    return bool(part) and field in WHICH


def likened(value: Any, names: Mapping[str, str]) -> Any:
    """A value with the ids of `names` said by name, and whatever else differs in each run alike."""
    if isinstance(value, Mapping):
        return {k: likened(v, names) for k, v in value.items() if k not in BOOKKEEPING}
    if isinstance(value, list):
        return [likened(each, names) for each in value]
    if not isinstance(value, str):
        return value
    alike = (said for said, pattern in _UNLIKE.items() if pattern.fullmatch(value))
    return names.get(value) or next(alike, value)
