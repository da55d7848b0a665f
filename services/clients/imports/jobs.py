"""The background work of imports, as data."""

from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

from services.clients.imports import store
from services.clients.imports.actions import FORGET, KINDS
from services.clients.imports.analysis import analyse
from services.clients.imports.announce import announce
from services.clients.imports.applying import apply_import
from services.clients.imports.forgetting import forget_discarded, forget_old_imports
from services.clients.imports.rules import Status, Task, move_to
from services.clients.imports.undoing import undo_import
from services.clients.imports.wording import in_both
from services.clients.settings import ClientsSettings
from shared.background import Background, JobRun, LeaseLost
from shared.background_runner import MAX_ATTEMPTS
from shared.contracts import clients as events
from shared.errors import Problem
from shared.files import FileStore
from shared.jobs import Every, Job, Periodic

Run = Callable[[JobRun], Awaitable[None]]


def import_jobs(settings: ClientsSettings) -> tuple[Job, ...]:
    """What does the work that imports queue."""
    files = FileStore(settings.files_dir / "clients")
    return (
        Background(KINDS[Task.ANALYSE], _watched(partial(analyse, files=files))),
        Background(KINDS[Task.APPLY], _watched(apply_import)),
        Background(KINDS[Task.UNDO], _watched(undo_import)),
        Background(FORGET, partial(forget_discarded, files=files)),
        Periodic("forget_old_imports", Every(hours=1), partial(forget_old_imports, files=files)),
    )


def _watched(run: Run) -> Run:
    """The work, with its end written on the import when it cannot go on."""

    async def watched(job: JobRun) -> None:
        try:
            await run(job)
        except LeaseLost:
            raise
        except Problem as problem:
            await _fail(job, problem)
            raise
        except Exception:
            # Raised again below: the runner tries once more, and after the last try the import
            # must say that it failed instead of showing progress for ever.
            if job.attempts >= MAX_ATTEMPTS:
                await _fail(job, Problem())
            raise

    return watched


async def _fail(job: JobRun, problem: Problem) -> None:
    """Mark the import as failed, with the reason. Emits `ImportFailed`."""
    async with job.step() as session:
        batch = await store.lock_import(session, UUID(job.payload["import_id"]))
        batch.status = move_to(batch.status, Status.FAILED)
        batch.problem = in_both(problem)
        await announce(session, batch, events.ImportFailed)
