"""The dry run: every row read, judged and compared; nothing written to the registry."""

import asyncio
from collections.abc import Generator
from typing import IO
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.imports import store
from services.clients.imports.announce import announce
from services.clients.imports.forecast import forecast
from services.clients.imports.headings import apply_saved, guess, labelled, signature
from services.clients.imports.matching import compare, match_alike, match_rows
from services.clients.imports.rules import Status, finds_clients, move_to
from services.clients.imports.sheet import Look, Lot, look_at, lots, of_the_headings
from services.clients.imports.tables import Import
from services.clients.imports.validation import RowReader
from shared.background import JobRun
from shared.contracts import clients as events
from shared.database import context_of
from shared.files import FileStore


async def analyse(job: JobRun, *, files: FileStore) -> None:
    """Read an import's file anew and report on every row. Emits `ImportAnalysed`.

    Starts from nothing each time, so that a run that was broken off leaves no half behind. Raises
    `UnreadableSpreadsheet` (422), which ends the import as failed.
    """
    import_id = UUID(job.payload["import_id"])
    async with job.step() as session:
        batch = await store.lock_import(session, import_id)
        if batch.status != Status.ANALYSING:
            return
        await store.clear(session, import_id)
        batch.done = 0
    file = await files.local_copy(batch.file_key)
    try:
        reader = await _prepare(job, import_id, file)
        await _stage(job, import_id, lots(file, batch.file_kind, reader))
    finally:
        file.close()
    await _conclude(job, import_id)


async def _prepare(job: JobRun, import_id: UUID, file: IO[bytes]) -> RowReader:
    """Decide what each column is, unless that was decided when the file was taken in."""
    async with job.step() as session:
        batch = await store.lock_import(session, import_id)
        if not batch.columns:
            look = await asyncio.to_thread(look_at, file, batch.file_kind, whole=False)
            await set_columns(session, batch, look)
        return RowReader(batch.headings, batch.fields)


async def set_columns(session: AsyncSession, batch: Import, look: Look) -> None:
    """The sheet's columns by the mapping saved for its headings, else by their words."""
    labels = labelled(look.headings)
    batch.signature = signature(labels)
    batch.encoding = look.encoding
    saved = await store.saved_mapping(session, batch.signature)
    fields = apply_saved(labels, saved) if saved is not None else guess(labels)
    batch.columns = look.columns(labels, fields)


async def _stage(job: JobRun, import_id: UUID, found: Generator[Lot, None, None]) -> None:
    """Keep the rows lot by lot; the next lot is read while one is written."""
    done = 0
    coming = asyncio.create_task(asyncio.to_thread(next, found, None))
    try:
        while (lot := await coming) is not None:
            coming = asyncio.create_task(asyncio.to_thread(next, found, None))
            done += lot.count
            async with job.step() as session:
                await store.stage(session, import_id, lot.rows)
                await store.add_problems(session, import_id, lot.problems)
                batch = await store.lock_import(session, import_id)
                batch.done = done
                await job.progress(session, done=done)
    finally:
        # The thread reads the file that the caller closes: let it come back first.
        await asyncio.wait([coming])
        found.close()


async def _conclude(job: JobRun, import_id: UUID) -> None:
    async with job.step() as session:
        batch = await store.lock_import(session, import_id)
        places = {name: at for at, name in enumerate(batch.fields) if name is not None}
        names = await match_rows(session, import_id, places)
    found = await compare(names)  # no transaction is open as long as this takes
    async with job.step() as session:
        batch = await store.lock_import(session, import_id)
        await match_alike(session, import_id, places, names, found)
        if "legal_name" not in places:
            code = "only_known" if finds_clients(batch.fields) else "no_name_column"
            await store.add_problems(session, import_id, of_the_headings(code))
        for name, count in (await store.counts(session, import_id)).items():
            setattr(batch, name, count)
        batch.forecast = await forecast(session, import_id)
        if not finds_clients(batch.fields):
            batch.ready, batch.problems = 0, batch.rows
        batch.status = move_to(batch.status, Status.READY)
        batch.done = batch.total = batch.rows
        batch.analysed_at = context_of(session).now
        await announce(session, batch, events.ImportAnalysed)
        job.result = {"import_id": str(import_id), "rows": batch.rows}
