"""Acts on imports: take a file in, say what its columns are, apply, undo, discard."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.imports import rules, store
from services.clients.imports.analysis import set_columns
from services.clients.imports.announce import announce
from services.clients.imports.headings import FIELDS
from services.clients.imports.rules import (
    BadMapping,
    Mode,
    NothingToApply,
    Status,
    Task,
    move_to,
    start_apply,
    start_undo,
)
from services.clients.imports.schemas import ApplyIn
from services.clients.imports.sheet import look_at
from services.clients.imports.tables import Import
from services.clients.imports.wording import TEXTS
from shared import audit
from shared.background import enqueue
from shared.contracts import clients as events
from shared.database import context_of
from shared.errors import Field
from shared.files import FileStore, TakenIn
from shared.ids import new_id

READ_AT_ONCE: Final = 1_000_000
"""Bytes up to which a workbook is read whole before it is taken in; a larger one while analysed."""
KINDS: Final = {Task.ANALYSE: "clients.import.analyse", Task.APPLY: "clients.import.apply",
                Task.UNDO: "clients.import.undo"}  # fmt: skip
FORGET: Final = "clients.import.forget"


async def take_file(
    session: AsyncSession, files: FileStore, taken: TakenIn, *, name: str
) -> Import:
    """Keep a file and queue its dry run.

    Raises `UnreadableSpreadsheet` (422) with the place for a damaged file; a large workbook is
    only found to be damaged by the dry run, whose import then fails with the same problem.
    """
    context = context_of(session)
    batch = Import(
        id=new_id(),
        file_name=name[:200],
        file_key="",
        file_kind=taken.kind,
        file_bytes=taken.size,
        status=Status.ANALYSING,
        task=Task.ANALYSE,
        created_by=context.actor.user_id,
        created_by_name=context.actor.name,
        created_at=context.now,
        updated_at=context.now,
    )
    if taken.size <= READ_AT_ONCE or taken.kind == "csv":
        look = await asyncio.to_thread(look_at, taken.file, taken.kind, whole=True)
        await set_columns(session, batch, look)
    batch.file_key = await files.put(taken)
    session.add(batch)
    await session.flush()
    after = {"file_name": batch.file_name, "sha256": taken.sha256}
    await audit.record(session, "import:create", ("import", batch.id), after=after)
    await _queue(session, batch)
    return batch


async def map_columns(
    session: AsyncSession, import_id: UUID, mapping: Mapping[str, str | None]
) -> None:
    """Say which columns are which fields, remember it for these headings, and check all rows anew.

    Raises `BadMapping` (422), `IllegalTransition` (409) while the import is at work.
    """
    batch = await store.lock_import(session, import_id)
    batch.status = move_to(batch.status, Status.ANALYSING)
    before = {column["heading"]: column["field"] for column in batch.columns}
    after = before | dict(mapping)
    _check_mapping(batch.headings, mapping, after)
    batch.columns = [column | {"field": after[column["heading"]]} for column in batch.columns]
    batch.task = Task.ANALYSE
    batch.problem = None
    if batch.signature is not None:
        await store.save_mapping(session, batch.signature, after)
    await audit.record(session, "import:create", ("import", batch.id), before=before, after=after)
    await _queue(session, batch)


async def apply(session: AsyncSession, import_id: UUID, choice: ApplyIn) -> None:
    """Queue the writing of the checked rows.

    Raises `IllegalTransition` (409), `NothingToApply` (422) when no column says who the client is.
    """
    batch = await store.lock_import(session, import_id)
    batch.status = start_apply(batch.status)
    key_only = choice.mode is Mode.UPDATE_ONLY and choice.key in batch.fields
    if "legal_name" not in batch.fields and not key_only:
        raise NothingToApply(errors=[Field("/mapping", **TEXTS["no_name_column"])])
    batch.task = Task.APPLY
    batch.mode, batch.match_key = choice.mode, choice.key
    batch.similar_rows = choice.similar
    batch.created = batch.updated = batch.skipped = 0
    batch.done, batch.total = 0, batch.rows
    after = choice.model_dump(mode="json")
    await audit.record(session, "import:apply", ("import", batch.id), after=after)
    await _queue(session, batch)


async def undo(session: AsyncSession, import_id: UUID) -> None:
    """Queue taking the import back. Raises `IllegalTransition`, `NothingToUndo` (409)."""
    batch = await store.lock_import(session, import_id)
    batch.status = start_undo(batch.status, batch.task)
    batch.task = Task.UNDO
    batch.problem = None
    batch.done, batch.total = 0, await store.changes_left(session, import_id)
    await audit.record(session, "import:undo", ("import", batch.id))
    await _queue(session, batch)


async def discard(session: AsyncSession, import_id: UUID) -> None:
    """Give up a file that wrote nothing and queue that it is forgotten with all that was read from
    it; emits `ImportDiscarded`.

    Raises `IllegalTransition` (409) while it is at work or after it was applied, `SomethingToUndo`
    (409) when it failed in the middle.
    """
    batch = await store.lock_import(session, import_id)
    batch.status = rules.discard(batch.status, batch.task)
    batch.columns, batch.problem = [], None
    await enqueue(session, FORGET, {"import_id": str(batch.id)})
    await audit.record(session, "import:discard", ("import", batch.id))
    await announce(session, batch, events.ImportDiscarded)


async def _queue(session: AsyncSession, batch: Import) -> None:
    batch.updated_at = context_of(session).now
    payload = {"import_id": str(batch.id)}
    await enqueue(session, KINDS[Task(batch.task)], payload, total=batch.total or None)


def _check_mapping(
    headings: Sequence[str], given: Mapping[str, str | None], whole: Mapping[str, str | None]
) -> None:
    errors = []
    for heading, field in given.items():
        place = f"/mapping/{heading}"
        if heading not in headings:
            errors.append(Field(place, en="the file has no such heading", zh="文件中没有此列"))
        elif field is not None and field not in FIELDS:
            errors.append(Field(place, en=f"unknown field “{field}”", zh=f"未知字段“{field}”"))
        elif field is not None and list(whole.values()).count(field) > 1:
            errors.append(
                Field(place, en=f"“{field}” is taken by two columns", zh=f"“{field}”对应了两列")
            )
    if errors:
        raise BadMapping(errors=errors)
