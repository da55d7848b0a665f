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
from shared.privacy import TOMBSTONE
from shared.writing import execute

_MOST: Final = 20
"""Imports of a status at once: staged rows are many."""
_USED: Final = text("SELECT EXISTS (SELECT 1 FROM imports WHERE file_key = :key)")

# Rows whose person was written, and rows that stayed out: those say the same number or address, or
# name the person under the same client.
_PERSON: Final = """
    WITH gone AS (
        SELECT p.id, p.name, p.mobile, lower(p.email) AS email, p.wechat, c.id AS client_id,
            c.credit_code, c.comparison_name
        FROM contacts p JOIN clients c ON c.id = p.client_id WHERE p.id = $1
    ), named AS (
        SELECT r.import_id, r.number FROM import_rows r, gone g WHERE r.contact_id = g.id
            OR r.contact_id IS NULL AND (r.person ->> 'mobile' = g.mobile
                OR lower(r.person ->> 'email') = g.email OR r.person ->> 'wechat' = g.wechat
                OR (r.person ->> 'name' = g.name AND (r.client_id = g.client_id
                    OR r.credit_code = g.credit_code OR r.comparison_name = g.comparison_name)))
        UNION SELECT import_id, number FROM import_changes WHERE contact_id = $1
    ), said AS (
        UPDATE import_problems p SET value = NULL, sentence = CASE WHEN code = 'kept_as_edited'
            THEN jsonb_build_object('en', $2::text, 'zh', $2::text) ELSE sentence END
        FROM named n WHERE (p.import_id, p.number) = (n.import_id, n.number)
    )
    UPDATE import_rows r SET cells = '{}', person = '{}' FROM named n
    WHERE (r.import_id, r.number) = (n.import_id, n.number)
"""


async def forget_person(session: AsyncSession, contact_id: UUID) -> None:
    """Forget what imports hold of a contact person who is being erased, while their card says who
    they are: in the rows that wrote them, in those that stayed out, and in what was said of both.

    A row that was not applied yet brings its client alone. The file is kept for `KEPT_DAYS`.
    """
    await execute(session, _PERSON, contact_id, TOMBSTONE)


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
