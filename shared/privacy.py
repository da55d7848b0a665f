"""Erasing and exporting a person: which columns hold personal data, as data.

    PERSONAL = [
        PersonalColumns("contacts", "id", ("name",), How.TOMBSTONE),
        PersonalColumns("contacts", "id", ("mobile", "email", "wechat"), How.NULL),
        PersonalColumns("contact_drafts", "contact_id", (), How.DELETE_ROW),
    ]
    await erase_person(session, person_id, PERSONAL, ledger, blank=[...])

`erase_person` also blanks what the shared tables hold: audit values, stored answers, mail, job
payloads; `blank` adds other modules' (the outbox, dead letters, the stream). Erasures are kept in
a table and, since a restored backup has neither the table's newest rows nor the erasure, in a file
outside the database; `shared/erasing.py` repeats them all.
Sessions must be on the worker role.
"""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.answers import erase_from_answers
from shared.audit import audit_of_person, erase_from_audit
from shared.background import erase_from_jobs
from shared.blanking import blank_payloads
from shared.database import context_of
from shared.mail import erase_from_mail
from shared.privileges import worker_table
from shared.restating import restate
from shared.snapshot import Snapshots
from shared.timers import Fired, schedule
from shared.writing import write_out

TOMBSTONE: Final = "[erased]"
ERASE_AGAIN: Final = "privacy.erase_again"
AGAIN_AFTER: Final = timedelta(minutes=2)
"""By then whatever read a name before the erasure has ended: a token lives for a minute, a request
for less."""
_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*")

DDL: list[str] = [
    """CREATE TABLE erasures (
        person_id uuid PRIMARY KEY,
        requested_by uuid NOT NULL,
        reason text NOT NULL,
        erased_at timestamptz NOT NULL
    )""",
    *worker_table("erasures"),
]


class How(StrEnum):
    """What erasing leaves in a column."""

    NULL = "null"
    TOMBSTONE = "tombstone"
    EMPTY_TEXT = "empty_text"
    SENTENCE = "sentence"
    """The tombstone as a sentence by language."""
    EMPTY_ARRAY = "empty_array"
    FALSE = "false"
    DEACTIVATED = "deactivated"
    """The status of an account that nobody can use."""
    DELETE_ROW = "delete_row"


_LEFT: Final = {
    How.NULL: "NULL",
    How.TOMBSTONE: f"'{TOMBSTONE}'",
    How.EMPTY_TEXT: "''",
    How.SENTENCE: f"jsonb_build_object('en', '{TOMBSTONE}', 'zh', '{TOMBSTONE}')",
    How.EMPTY_ARRAY: "'{}'",
    How.FALSE: "false",
    How.DEACTIVATED: "'deactivated'",
}


@dataclass(frozen=True)
class PersonalColumns:
    """Columns of a table that hold data of the person whose id is in `key` (a uuid or uuid[])."""

    table: str
    key: str
    columns: tuple[str, ...]
    how: How
    many: bool = False
    """True when `key` is an array of ids."""
    of: tuple[str, str] | None = None
    """(table, column): `key` names rows of that table, whose column is an array with the person."""
    firm_eyes: bool | str = False
    """True where the firm writes for itself; or the column that marks such rows."""

    def __post_init__(self) -> None:
        marks = (self.firm_eyes,) if isinstance(self.firm_eyes, str) else ()
        # These become SQL identifiers: they are written in code and look like it.
        for name in (self.table, self.key, *self.columns, *(self.of or ()), *marks):
            if not _NAME.fullmatch(name):
                raise ValueError(f"not a plain SQL name: {name!r}")
        if bool(self.columns) == (self.how is How.DELETE_ROW):
            raise ValueError("name columns to blank, or none to delete the row")

    def condition(self) -> str:
        """SQL that finds the person's rows."""
        if self.of is not None:
            table, people = self.of
            named = f"{people} @> ARRAY[CAST(:person AS uuid)]"
            return f"{self.key} IN (SELECT id FROM {table} WHERE {named})"
        return (
            f"{self.key} @> ARRAY[CAST(:person AS uuid)]" if self.many else f"{self.key} = :person"
        )

    def erasure(self) -> str:
        """The statement that erases the person's data here."""
        if self.how is How.DELETE_ROW:
            return f"DELETE FROM {self.table} WHERE {self.condition()}"
        blanked = ", ".join(f"{column} = {_LEFT[self.how]}" for column in self.columns)
        return f"UPDATE {self.table} SET {blanked} WHERE {self.condition()}"

    def reading(self, *, firm_eyes: bool) -> str:
        """The statement that reads the person's data here, one JSON object a row."""
        columns = ", ".join(self.columns) or "*"
        open_rows = f" AND NOT {self.firm_eyes}" if self.firm_eyes and not firm_eyes else ""
        return (
            f"SELECT to_json(r) FROM (SELECT {columns} FROM {self.table}"
            f" WHERE {self.condition()}{open_rows}) r"
        )


_REMEMBER: Final = text(
    "INSERT INTO erasures (person_id, requested_by, reason, erased_at)"
    " VALUES (:person, :by, :reason, :now) ON CONFLICT (person_id) DO NOTHING"
)
Blank = Callable[[AsyncSession, UUID], Awaitable[int]]
"""Blanks a person in tables of a shared module; answers the number of rows."""
Parting = Callable[[AsyncSession, UUID], Awaitable[None]]
"""Ends what an erased person still holds in a service: done again it finds nothing."""

SHARED_BLANKS: Final[tuple[Blank, ...]] = (
    erase_from_audit,
    erase_from_answers,
    erase_from_mail,
    erase_from_jobs,
    blank_payloads,
)


class ErasureLedger:
    """The ids of erased people in a file outside the database; ids only, nothing personal."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, person_id: UUID) -> None:
        """Add an id; durable when this returns. An id that is there already changes nothing."""
        if person_id in self.people():
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="ascii") as file:
            # A line of its own, also after one that a crash cut short.
            file.write(f"\n{person_id}\n")
            file.flush()
            os.fsync(file.fileno())

    def people(self) -> list[UUID]:
        """All ids, oldest first. A line cut short by a crash is no id and is left out."""
        if not self.path.exists():
            return []
        lines = self.path.read_text(encoding="ascii").splitlines()
        return [UUID(line) for line in lines if len(line) == 36]


async def erase_person(
    session: AsyncSession,
    person_id: UUID,
    personal: Iterable[PersonalColumns],
    ledger: ErasureLedger,
    *,
    reason: str,
    published: Snapshots | None = None,
    parting: Parting | None = None,
    blank: Sequence[Blank] = (),
    again: bool = False,
) -> int:
    """Erase a person from this service's database; answers how many rows changed. Repeatable.

    First `parting` ends what the person still holds. With `published`, records of others whose
    events named the person tell their state again. The first time sets the timer of
    `erasing_again`, which is the second, `again`.
    """
    context = context_of(session)
    changed = 0
    if parting is not None:
        await parting(session, person_id)
        await write_out(session)
    for columns in personal:
        result = await session.execute(text(columns.erasure()), {"person": person_id})
        changed += result.rowcount  # type: ignore[attr-defined]
    for work in (*SHARED_BLANKS, *blank):
        changed += await work(session, person_id)
    who = {"person": person_id, "by": context.actor.user_id, "now": context.now}
    new: Any = await session.execute(_REMEMBER, who | {"reason": reason})
    first = new.rowcount == 1
    await restate(session, person_id, published or {}, first=first or again)
    if first:
        await schedule(session, ERASE_AGAIN, str(person_id), context.now + AGAIN_AFTER, {})
    context.after_commit.append(lambda: ledger.append(person_id))
    return changed


def erasing_again(
    personal: Sequence[PersonalColumns],
    ledger: ErasureLedger,
    published: Snapshots,
    parting: Parting | None = None,
) -> Callable[[AsyncSession, Fired], Awaitable[None]]:
    """The timer that erases once more what was being written while the person was erased."""

    async def erase_again(session: AsyncSession, fired: Fired) -> None:
        await erase_person(
            session, UUID(fired.key), personal, ledger,
            reason="again", published=published, parting=parting, again=True,
        )  # fmt: skip

    return erase_again


async def export_person(
    session: AsyncSession,
    person_id: UUID,
    personal: Iterable[PersonalColumns],
    *,
    firm_eyes: bool = False,
) -> dict[str, list[Any]]:
    """What this service holds about a person: rows by table, and the audit's.

    Without `firm_eyes` it may be given to the person: what the firm writes for itself, and the
    audit of what others did, stay out.
    """
    found: dict[str, list[Any]] = {}
    for columns in personal:
        statement = text(columns.reading(firm_eyes=firm_eyes))
        rows = await session.execute(statement, {"person": person_id})
        if kept := list(rows.scalars()):
            found.setdefault(columns.table, []).extend(kept)
    if history := await audit_of_person(session, person_id, about=firm_eyes):
        found["audit"] = history
    return found
