"""Applying an import lot after lot, each one transaction; a run broken off goes on where it was."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from services.clients.imports import store
from services.clients.imports.announce import announce
from services.clients.imports.lot import write_lot
from services.clients.imports.rules import RowStatus, Status, Task, move_to
from services.clients.imports.words import Words, words_of_row
from shared.background import JobRun
from shared.contracts import clients as events
from shared.database import context_of

LOT: Final = 2_000
Row = Mapping[str, Any]
Prepared = list[tuple[Row, Words | None]]


async def apply_import(job: JobRun) -> None:
    """Write an import's rows as its person chose.

    Emits `ClientRegistered`, `ClientChanged`, `ContactAdded`, `ContactChanged` per record,
    `ImportProgressed` per lot and `ImportApplied` at the end.
    """
    import_id = UUID(job.payload["import_id"])
    coming = asyncio.create_task(_prepare(job, import_id, job.checkpoint.get("after", 0)))
    try:
        while lot := await coming:
            last = int(lot[-1][0]["number"])
            coming = asyncio.create_task(_prepare(job, import_id, last))
            if not await _write(job, import_id, lot, last):
                return
    finally:
        await asyncio.wait([coming])
    await _conclude(job, import_id)


async def _prepare(job: JobRun, import_id: UUID, after: int) -> Prepared:
    """The next rows, with the words their clients will be found by, found while others are written.

    The words are what costs most; they are made in a thread while PostgreSQL works.
    """
    async with job.database.worker_session() as session:
        rows = await store.next_rows(session, import_id, after, LOT)
    return await asyncio.to_thread(_with_words, rows)


def _with_words(rows: Sequence[Row]) -> Prepared:
    fresh = (RowStatus.OK, RowStatus.SIMILAR)
    return [(row, words_of_row(row) if row["status"] in fresh else None) for row in rows]


async def _write(job: JobRun, import_id: UUID, lot: Prepared, last: int) -> bool:
    """One lot in one transaction; False when the import is no longer being applied."""
    async with job.step() as session:
        batch = await store.lock_import(session, import_id)
        if batch.status != Status.APPLYING or batch.task != Task.APPLY:
            return False
        result = await write_lot(session, batch, lot)
        batch.created += result["created"]
        batch.updated += result["updated"]
        batch.skipped += result["skipped"]
        batch.done += len(lot)
        await job.progress(session, done=batch.done, checkpoint={"after": last})
        await announce(session, batch, events.ImportProgressed)
    return True


async def _conclude(job: JobRun, import_id: UUID) -> None:
    async with job.step() as session:
        batch = await store.lock_import(session, import_id)
        if batch.status != Status.APPLYING or batch.task != Task.APPLY:
            return
        batch.status = move_to(batch.status, Status.APPLIED)
        batch.applied_at = context_of(session).now
        await announce(session, batch, events.ImportApplied)
        job.result = {
            "import_id": str(import_id),
            "created": batch.created,
            "updated": batch.updated,
            "skipped": batch.skipped,
        }
