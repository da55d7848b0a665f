"""Telling others how an import goes on."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.imports.tables import Import
from shared.contracts.clients import ImportState
from shared.database import context_of
from shared.events import Event
from shared.outbox import emit


def state_of(batch: Import) -> ImportState:
    """The public state of an import."""
    return ImportState(
        id=batch.id,
        file_name=batch.file_name,
        status=batch.status,
        rows=batch.rows,
        done=batch.done,
        created=batch.created,
        updated=batch.updated,
        skipped=batch.skipped,
    )


async def announce(session: AsyncSession, batch: Import, event: type[Event[ImportState]]) -> None:
    """Save the import as its new version and emit the event."""
    batch.updated_at = context_of(session).now
    await session.flush()
    await emit(session, event(state=state_of(batch)))
