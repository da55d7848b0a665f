"""What states are made of: a part of its own, and an entry of a record's history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a state that has fields of its own."""

    model_config = ConfigDict(frozen=True)


class HistoryStep(Part):
    """One entry of a history; `firm_only` steps never reach the client side."""

    id: UUID
    at: datetime
    kind: str
    actor_id: UUID | None = None
    actor_name: str = ""
    person_id: UUID | None = None
    """Whom the sentence names besides the actor."""
    firm_only: bool = False
    params: dict[str, Any] = {}
    text: dict[str, str] = {}
    """The step as a sentence, by language: en, zh."""


S = TypeVar("S", bound=HistoryStep)


def as_told(kind: type[S], rows: Iterable[Mapping[str, Any]]) -> tuple[S, ...]:
    """Rows of a history as an event tells them."""
    return tuple(kind(**{name: row[name] for name in kind.model_fields}) for row in rows)


def people_named(steps: Iterable[HistoryStep], *others: UUID | None) -> tuple[UUID, ...]:
    """Everybody whom the steps name, and these."""
    named = {person for step in steps for person in (step.actor_id, step.person_id)}
    return tuple(sorted(person for person in named.union(others) if person is not None))
