"""Attempts to join anonymous answers to people, over everything that is kept of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from services.surveys.responses.rules import SMALLEST_GROUP

TIMED: Final = frozenset({1, 6, 7})
"""Versions of ids that say when they were made."""


@dataclass(frozen=True)
class Kept:
    """A row: what it says by column, where it lies, which transaction wrote it."""

    values: Mapping[str, Any]
    position: int
    written_by: int

    def text(self) -> str:
        """All it says."""
        return " ".join(_text(value) for value in self.values.values())


@dataclass(frozen=True)
class Answerer:
    """Somebody who answered, by everything that names them or their call, and their words."""

    words: str
    ways: frozenset[str]


@dataclass
class Evidence:
    """What is kept after people answered: the answers, everything else, and every text beside."""

    people: Sequence[Answerer]
    """In the order in which they answered."""
    answers: Sequence[Kept]
    tables: Mapping[str, Sequence[Kept]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    """Logs and stream files, by name."""


def joins(evidence: Evidence) -> list[str]:
    """Every way found from an answer to whoever gave it."""
    return [
        *_elsewhere(evidence),
        *_by_name(evidence),
        *_by_time(evidence),
        *_by_order(evidence),
        *_by_group(evidence),
    ]


def _elsewhere(evidence: Evidence) -> list[str]:
    """The words of an answer, kept anywhere but with the answers."""
    texts = dict(evidence.texts)
    for name, rows in evidence.tables.items():
        texts[name] = "\n".join(row.text() for row in rows)
    words = [person.words for person in evidence.people]
    return [f"words in {name}" for name, text in texts.items() if any(w in text for w in words)]


def _by_name(evidence: Evidence) -> list[str]:
    """An answer that holds a person's id, name, address, token, its hash, or a call of theirs."""
    found = []
    for row in evidence.answers:
        text = row.text()
        for person in evidence.people:
            found += [f"{way} in an answer" for way in person.ways if way in text]
    return found


def _by_time(evidence: Evidence) -> list[str]:
    """A time in the answers that tells one from another."""
    found = []
    for name in _columns(evidence):
        values = {row.values[name] for row in evidence.answers}
        if len(values) == 1:
            continue  # it tells none from another
        if any(isinstance(value, date) for value in values):
            found.append(f"time in {name}")
        if any(isinstance(value, UUID) and value.version in TIMED for value in values):
            found.append(f"time in the ids of {name}")
    return found


def _by_order(evidence: Evidence) -> list[str]:
    """Anything by which the answers stand in the order in which people answered."""
    place = {person.words: at for at, person in enumerate(evidence.people)}
    came = {
        at: place[words]
        for at, row in enumerate(evidence.answers)
        for words in place
        if words in row.text()
    }
    keys: dict[str, list[Any]] = {
        name: [_text(row.values[name]) for row in evidence.answers] for name in _columns(evidence)
    }
    keys["position"] = [row.position for row in evidence.answers]
    keys["transaction"] = [row.written_by for row in evidence.answers]
    found = []
    for name, values in keys.items():
        if len(set(values)) < len(values):
            continue  # it tells not even all answers apart
        order = [came[at] for at in sorted(range(len(values)), key=values.__getitem__)]
        if order in (sorted(order), sorted(order, reverse=True)):
            found.append(f"order by {name}")
    if len(set(keys["transaction"])) > 1:
        found.append("answers apart by transaction")
    return found


def _by_group(evidence: Evidence) -> list[str]:
    """A role, or the lack of one, that fewer answers have than nobody could be told among."""
    roles = Counter(row.values["role"] for row in evidence.answers if "role" in row.values)
    return [f"a group of {count} by role" for count in roles.values() if count < SMALLEST_GROUP]


def _columns(evidence: Evidence) -> list[str]:
    return list(evidence.answers[0].values) if evidence.answers else []


def _text(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
