"""Routes of bulk changes and of the jobs they start."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from services.clients.bulk import actions
from services.clients.registry.schemas import BulkIn
from shared.background import JobStatus, job_status
from shared.edge import ActorDep, RuntimeDep, SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(tags=["clients"], route_class=IdempotentRoute)


class JobStarted(BaseModel):
    """A job that was queued; its progress is at `/jobs/{id}`."""

    id: UUID
    total: int


@router.post("/clients/bulk", status_code=202, dependencies=[allowed("client:bulk")])
async def change_many_clients(
    body: BulkIn, session: SessionDep, actor: ActorDep, runtime: RuntimeDep
) -> JobStarted:
    """Change many clients in the background; by ids, or all that match a filter."""
    ids = await actions.chosen_ids(runtime.database, actor, body)
    job_id = await actions.enqueue_bulk(session, ids, body.change)
    return JobStarted(id=job_id, total=len(ids))


@router.get("/jobs/{id}", dependencies=[allowed("job:view")])
async def read_job(job_id: RecordId, session: SessionDep) -> JobStatus:
    """How far a job of the caller's is."""
    return await job_status(session, job_id)
