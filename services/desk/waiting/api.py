"""Routes for waiting on the client."""

from fastapi import APIRouter, Response

from services.desk.cases.api import answer_case
from services.desk.routing import ZoneDep
from services.desk.waiting import actions
from services.desk.waiting.schemas import WaitIn
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(prefix="/cases", tags=["cases"], route_class=IdempotentRoute)


@router.post("/{id}/wait", dependencies=[allowed("case:wait")], responses=answer_case.document())
async def wait(case_id: RecordId, body: WaitIn, session: SessionDep, zone: ZoneDep) -> Response:
    """Wait for the client: the clocks stand still until they answer."""
    await actions.wait_for_client(session, case_id, reason=body.reason, zone=zone)
    return await answer_case(session, case_id)


@router.post(
    "/{id}/resume", dependencies=[allowed("case:resume")], responses=answer_case.document()
)
async def resume(case_id: RecordId, session: SessionDep, zone: ZoneDep) -> Response:
    """Take a waiting case up again."""
    await actions.resume_case(session, case_id, zone)
    return await answer_case(session, case_id)
