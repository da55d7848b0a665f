"""Routes that end a case or open it again."""

from fastapi import APIRouter, Response

from services.desk.cases.api import answer_case
from services.desk.outcomes import actions
from services.desk.outcomes.schemas import CloseIn, ReasonIn, ResolveIn
from services.desk.routing import FollowUpDaysDep, ZoneDep
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(prefix="/cases", tags=["cases"], route_class=IdempotentRoute)


@router.post(
    "/{id}/resolve", dependencies=[allowed("case:resolve")], responses=answer_case.document()
)
async def resolve_case(
    case_id: RecordId, body: ResolveIn, session: SessionDep, zone: ZoneDep, days: FollowUpDaysDep
) -> Response:
    """Say what was done; a follow-up is planned."""
    await actions.resolve_case(
        session, case_id, resolution=body.resolution, follow_up_after=days, zone=zone
    )
    return await answer_case(session, case_id)


@router.post("/{id}/close", dependencies=[allowed("case:close")], responses=answer_case.document())
async def close_case(
    case_id: RecordId, session: SessionDep, body: CloseIn | None = None
) -> Response:
    """Close a resolved case."""
    await actions.close_case(session, case_id, waive_reason=body.waive_reason if body else None)
    return await answer_case(session, case_id)


@router.post(
    "/{id}/reopen", dependencies=[allowed("case:reopen")], responses=answer_case.document()
)
async def reopen_case(case_id: RecordId, body: ReasonIn, session: SessionDep) -> Response:
    """Open a resolved or closed case again."""
    await actions.reopen(session, case_id, reason=body.reason)
    return await answer_case(session, case_id)


@router.post(
    "/{id}/withdraw",
    dependencies=[allowed("case:withdraw")],
    responses=answer_case.document(),
)
async def withdraw_case(
    case_id: RecordId, body: ReasonIn, session: SessionDep, zone: ZoneDep
) -> Response:
    """The client does not want it pursued."""
    await actions.withdraw_case(session, case_id, reason=body.reason, zone=zone)
    return await answer_case(session, case_id)
