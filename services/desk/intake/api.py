"""The route that opens a case."""

from fastapi import APIRouter, Response

from services.desk.cases.api import answer_case
from services.desk.intake.actions import open_case
from services.desk.intake.schemas import CaseIn
from services.desk.routing import ZoneDep
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay

router = APIRouter(prefix="/cases", tags=["cases"], route_class=IdempotentRoute)


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("case:open"), visible_on_replay(answer_case.still_visible)],
    responses=answer_case.document(201),
)
async def open_new_case(body: CaseIn, session: SessionDep, zone: ZoneDep) -> Response:
    """Open a case: numbered and acknowledged at once."""
    case = await open_case(session, body, zone)
    return await answer_case(session, case.id, status=201, location=f"/api/v1/cases/{case.id}")
