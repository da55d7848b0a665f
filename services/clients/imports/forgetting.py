"""What an import leaves behind is kept for a while, as `KEPT_DAYS` says, and then forgotten."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.clients.imports import store
from services.clients.imports.announce import announce
from services.clients.imports.rules import KEPT_DAYS, ImportExpired, Status, move_to
from services.clients.imports.tables import Import
from services.clients.imports.wording import in_both
from shared.background import JobRun
from shared.contracts import clients as events
from shared.database import context_of
from shared.files import FileStore

_MOST: Final = 20
"""Imports of a status at once: staged rows are many."""
_USED: Final = text("SELECT EXISTS (SELECT 1 FROM imports WHERE file_key = :key)")


async def forget_old_imports(session: AsyncSession, *, files: FileStore) -> None:
    """Forget the file, the staged rows and their problems of imports at rest for long enough.

    What an import was and what it changed stay, so that it can still be undone. One that was never
    applied cannot be any more: emits `ImportFailed`.
    """
    now = context_of(session).now
    for status, days in KEPT_DAYS.items():
        old = select(Import).where(
            col(Import.status) == status,
            col(Import.updated_at) < now - timedelta(days=days),
            col(Import.file_key) != "",
        )
        found = await session.scalars(old.limit(_MOST).with_for_update(skip_locked=True))
        for batch in found.all():
            await _forget(session, files, batch)
            if batch.status == Status.READY:
                batch.status = move_to(batch.status, Status.FAILED)
                batch.problem = in_both(ImportExpired())
                await announce(session, batch, events.ImportFailed)


async def forget_discarded(job: JobRun, *, files: FileStore) -> None:
    """Forget at once the file, the staged rows and their problems of the import that was given
    up."""
    async with job.step() as session:
        batch = await store.lock_import(session, UUID(job.payload["import_id"]))
        await _forget(session, files, batch)


async def _forget(session: AsyncSession, files: FileStore, batch: Import) -> None:
    await store.clear(session, batch.id)
    key, batch.file_key = batch.file_key, ""
    await session.flush()
    # Before the commit: a file deleted too early is missed by nobody, one left behind stays.
    if not await session.scalar(_USED, {"key": key}):
        await files.delete(key)
