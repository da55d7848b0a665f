"""Who did what to which record, before and after: appended by the transaction that does it.

    await record(session, "case:close", ("case", case.id), before={...}, after={...})

The values and the actor's name are summed, each with a salt of its own, so that erasing them and
their salt later leaves the sums, and with them the chain, intact and what was there unguessable.
Rows are chained after the commit by `shared/sealer.py`; appending inside the transaction takes no
lock, because a chain written there would serialise all writers. Never pass secrets in `before` or
`after`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from shared.database import WriteContext, context_of
from shared.identity import Side
from shared.ids import new_id
from shared.privileges import PEOPLE, worker_table
from shared.writing import RowKind, append, write_out

DDL: list[str] = [
    """CREATE TABLE audit (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL,
        actor_id uuid NOT NULL,
        actor_side text NOT NULL,
        action text NOT NULL,
        subject_kind text NOT NULL,
        subject_id uuid NOT NULL,
        request_id text NOT NULL,
        about uuid[] NOT NULL,
        actor_name text,
        actor_salt bytea,
        actor_digest bytea NOT NULL,
        before json,
        after json,
        salt bytea,
        values_digest bytea NOT NULL,
        seq bigint UNIQUE,
        link bytea
    )""",
    "CREATE INDEX audit_unsealed ON audit (id) WHERE seq IS NULL",
    "CREATE INDEX audit_subject ON audit (subject_id, id)",
    "CREATE INDEX audit_actor ON audit (actor_id, id)",
    "CREATE INDEX audit_about ON audit USING gin (about)",
    *worker_table("audit", appended_by=PEOPLE),
]

_ENTRIES: Final = RowKind(
    "INSERT INTO audit (id, at, actor_id, actor_side, action, subject_kind, subject_id,"
    " request_id, about, actor_name, actor_salt, actor_digest, before, after, salt, values_digest)"
    " SELECT id, at, actor_id, actor_side, action, subject_kind, subject_id, request_id, about,"
    " actor_name, actor_salt, actor_digest, CAST(before AS json), CAST(after AS json), salt,"
    " values_digest FROM json_to_recordset({rows}) AS r (id uuid, at timestamptz, actor_id uuid,"
    " actor_side text, action text, subject_kind text, subject_id uuid, request_id text,"
    " about uuid[], actor_name text, actor_salt bytea, actor_digest bytea, before text, after text,"
    " salt bytea, values_digest bytea)"
)


_WHICH: Final = frozenset({"id", "name", "title", "kind", "role"})
"""What tells a reader which part of a record it was."""


async def record(
    session: AsyncSession,
    action: str,
    subject: tuple[str, UUID],
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    about: Sequence[UUID] = (),
) -> None:
    """Append one audit row for the session's actor.

    `action` is the policy's name of the act, `subject` the record as (kind, id). `about` are the
    people whose data the values hold, so that erasing such a person finds the row; whom the values
    name beside an id (`owner_id`, `owner_name`) are found by themselves. Imported history stands
    under the administrator who entered it, at the time of entering.
    """
    context = context_of(session)
    people = {*about, *_named(before or {}), *_named(after or {})}
    if context.actor.importer is not None:
        after = {**(after or {}), **_imported(context)}
        people.add(context.actor.user_id)
    salt, old, new = os.urandom(16), _json(before), _json(after)
    row = {
        "id": new_id(),
        "action": action,
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "about": sorted(people),
        "before": old,
        "after": new,
        "salt": salt,
        "values_digest": salted_digest(salt, old, new),
    }
    append(session, _ENTRIES, row | _who(context))


def _named(values: Mapping[str, Any]) -> Iterator[UUID]:
    """The ids of those whose names stand beside them."""
    for key, name in values.items():
        if name and key.endswith("_name"):
            who = key.removesuffix("_name")
            id_ = values.get(f"{who}_id") or values.get(who)
            if isinstance(id_, UUID):
                yield id_
            elif isinstance(id_, str) and len(id_) == 36:
                yield UUID(id_)


def _imported(context: WriteContext) -> dict[str, Any]:
    """Whose history was entered, and of when."""
    actor = context.actor
    return {
        "on_behalf_of": {"id": str(actor.user_id), "name": actor.name},
        "occurred_at": context.now,
    }


def _who(context: WriteContext) -> dict[str, Any]:
    salt = os.urandom(16)
    who = context.actor.importer or context.actor
    return {
        "at": context.entered_at if context.historical else context.now,
        "actor_id": who.user_id,
        "actor_side": str(Side.FIRM if context.actor.importer else context.actor.side),
        "request_id": context.request_id,
        "actor_name": who.name,
        "actor_salt": salt,
        "actor_digest": salted_digest(salt, who.name),
    }


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, as (before, after): what an edit's audit row should hold."""
    differing = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in differing}, {name: after[name] for name in differing}


def remember(session: AsyncSession, row: SQLModel) -> None:
    """Keep a row as it stands, so that the audit can tell what an act changes of it."""
    values = row.model_dump(mode="json")
    session.info.setdefault("as_it_was", {})[values["id"]] = values


def changes_of(
    session: AsyncSession, row: SQLModel, part: SQLModel | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What an act changed of a record since it was remembered, as (before, after).

    Of a new record it is everything. What it changed of a `part` stands under the part's kind,
    beside which one it was; a new one is told whole, after.
    """
    values = row.model_dump(mode="json")
    before, after = changes(_as_it_was(session, values), values)
    if part is None:
        return before, after
    old, new = _changes_of_part(session, part)
    return before | old, after | new


def _changes_of_part(
    session: AsyncSession, part: SQLModel
) -> tuple[dict[str, Any], dict[str, Any]]:
    kind, values = type(part).__name__.lower(), part.model_dump(mode="json")
    known = _as_it_was(session, values)
    remember(session, part)
    if not known:
        return {}, {kind: values}
    which = {name: value for name, value in values.items() if name in _WHICH}
    before, after = changes(known, values)
    return {kind: which | before}, {kind: which | after}


def _as_it_was(session: AsyncSession, values: Mapping[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = session.info.get("as_it_was", {}).get(values["id"], {})
    return known


def _json(values: Mapping[str, Any] | None) -> str | None:
    if values is None:
        return None
    return orjson.dumps(dict(values), default=str, option=orjson.OPT_SORT_KEYS).decode()


def salted_digest(salt: bytes, *values: str | None) -> bytes:
    """The salted sum of what may be erased later: the actor's name, or the JSON texts as stored."""
    return hashlib.sha256(salt + orjson.dumps(values)).digest()


_ABOUT: Final = "subject_id = :person OR about @> ARRAY[CAST(:person AS uuid)]"
_ERASE_NAME: Final = text(
    "UPDATE audit SET actor_name = NULL, actor_salt = NULL"
    " WHERE actor_salt IS NOT NULL AND actor_id = :person"
)
_ERASE_VALUES: Final = text(
    "UPDATE audit SET before = NULL, after = NULL, salt = NULL WHERE salt IS NOT NULL"
    f" AND ({_ABOUT} OR (actor_id = :person AND actor_side = 'client'))"
)


async def erase_from_audit(session: AsyncSession, person_id: UUID) -> int:
    """Blank the name of a person who acted, and the values about them; answers how many rows.

    What firm-side people did to other records stays; what client-side people wrote goes with them.
    The digests stay, so the chain still verifies.
    """
    await write_out(session)
    changed = 0
    for statement in (_ERASE_NAME, _ERASE_VALUES):
        result = await session.execute(statement, {"person": person_id})
        changed += result.rowcount  # type: ignore[attr-defined]
    return changed


async def audit_of_person(
    session: AsyncSession, person_id: UUID, *, about: bool
) -> list[dict[str, Any]]:
    """The audit rows of what a person did, and what others did `about` them, oldest first."""
    concerned = f"actor_id = :person OR {_ABOUT}" if about else "actor_id = :person"
    rows = await session.execute(
        text(
            "SELECT at, action, subject_kind, subject_id, actor_name, before, after FROM audit"
            f" WHERE {concerned} ORDER BY id"
        ),
        {"person": person_id},
    )
    return [dict(row) for row in rows.mappings()]
