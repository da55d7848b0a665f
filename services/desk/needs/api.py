"""Routes for the restated need."""

from fastapi import APIRouter, Response

from services.desk.cases.api import answer_case
from services.desk.needs import actions
from services.desk.needs.schemas import ConfirmNeedIn, RestateIn
from services.desk.routing import ZoneDep
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(prefix="/cases", tags=["cases"], route_class=IdempotentRoute)


@router.post(
    "/{id}/restate", dependencies=[allowed("case:restate")], responses=answer_case.document()
)
async def restate_need(case_id: RecordId, body: RestateIn, session: SessionDep) -> Response:
    """Put the need into the firm's words."""
    await actions.restate_need(session, case_id, text=body.text)
    return await answer_case(session, case_id)


@router.post(
    "/{id}/confirm-need",
    dependencies=[allowed("case:confirm-need")],
    responses=answer_case.document(),
)
async def confirm_need(
    case_id: RecordId, body: ConfirmNeedIn, session: SessionDep, zone: ZoneDep
) -> Response:
    """The requester confirms or corrects the restated need."""
    await actions.confirm_need(
        session, case_id, confirmed=body.confirmed, comment=body.comment, zone=zone
    )
    return await answer_case(session, case_id)
