"""Histories: append-only steps of a record, each with its sentence fixed for ever.

A table of steps names its record in a column of its own, besides `id, at, kind, firm_only,
actor_id, actor_name, person_id, params, text`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from shared.audience import EVERYONE, FIRM
from shared.database import context_of
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.reading import ANY_OF, Column, Scope
from shared.reading.specification import ScopeFor
from shared.sentences import Named, Sentences, flat


def new_step(
    session: AsyncSession,
    record_id: UUID,
    sentences: Sentences,
    kind: str,
    params: Named,
    *,
    at: datetime | None,
    person_id: UUID | None,
) -> dict[str, Any]:
    """The columns of a step of a record by the acting person, now or at `at`.

    `person_id` is whom the sentence names besides the actor. The record's next event in this
    transaction must tell it (`untold_steps`). Raises KeyError for an unknown kind.
    """
    context = context_of(session)
    named = {"actor": context.actor.name, **params}
    step = {
        "id": new_id(),
        "at": at or context.now,
        "kind": kind,
        "firm_only": sentences.firm_only(kind),
        "actor_id": context.actor.user_id,
        "actor_name": context.actor.name,
        "person_id": person_id,
        "params": flat(named),
        "text": sentences.said(kind, named),
    }
    context.untold.setdefault(record_id, []).append(step)
    return step


def untold_steps(session: AsyncSession, record_id: UUID) -> list[dict[str, Any]]:
    """What this transaction added to the record's history and no event has told; now one does."""
    return context_of(session).untold.pop(record_id, [])


PART: Final = 2000
"""Steps that one event holds at most: about a fifth of what the bus takes (4 MB)."""


def in_parts(steps: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    """A whole history in the parts that are told one after the other; an empty one in one."""
    for start in range(0, len(steps) or 1, PART):
        yield steps[start : start + PART]


class StepText(BaseModel):
    """A step's sentence in both languages."""

    en: str
    zh: str


def step_columns(record_id: str) -> tuple[Column, ...]:
    """What may be read of steps, over the alias `t`; `record_id` names whose they are."""
    return (
        Column("id", "t.id", UUID, audience=EVERYONE),
        Column(record_id, f"t.{record_id}", UUID, audience=EVERYONE),
        Column("at", "t.at", datetime, audience=EVERYONE, sortable=True),
        Column("position", "t.position", int, audience=EVERYONE, sortable=True),
        Column("kind", "t.kind", str, audience=EVERYONE, filters=ANY_OF),
        Column("firm_only", "t.firm_only", bool, audience=FIRM),
        Column("actor_name", "t.actor_name", str, audience=EVERYONE),
        Column("params", "t.params", dict[str, str], audience=EVERYONE),
        Column("text", "t.text", StepText, audience=EVERYONE),
    )


def steps_of(records: ScopeFor) -> ScopeFor:
    """The steps of records in reach; of those the client side reads the public ones."""

    def scope(actor: Actor) -> Scope:
        reach = records(actor)
        if actor.side is Side.CLIENT:
            return Scope(f"({reach.sql}) AND NOT t.firm_only", reach.params)
        return reach

    return scope
