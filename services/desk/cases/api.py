"""Routes that change a case; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.desk.cases import actions, store
from services.desk.cases.readings import CASE
from services.desk.cases.schemas import AboutIn, AssignIn, CasePatch
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(prefix="/cases", tags=["cases"], route_class=IdempotentRoute)
answer_case = Answer(CASE)


@router.patch("/{id}", dependencies=[allowed("case:edit")], responses=answer_case.document())
async def change_case(
    case_id: RecordId,
    body: CasePatch,
    expected: IfMatch,
    session: SessionDep,
) -> Response:
    """Correct a live case as it was read."""
    case = await store.lock_case(session, case_id)
    await require_version(expected, case.version, answer_case.theirs(session, case_id))
    await actions.change_case(session, case, body)
    return await answer_case(session, case_id)


@router.post(
    "/{id}/assign", dependencies=[allowed("case:assign")], responses=answer_case.document()
)
async def assign_case(case_id: RecordId, body: AssignIn, session: SessionDep) -> Response:
    """Give the case to an agent, or take it back."""
    await actions.assign_case(session, case_id, body)
    return await answer_case(session, case_id)


@router.post("/{id}/about", dependencies=[allowed("case:about")], responses=answer_case.document())
async def set_about(case_id: RecordId, body: AboutIn, session: SessionDep) -> Response:
    """Say whom of the firm the case is about."""
    await actions.set_about(session, case_id, body)
    return await answer_case(session, case_id)
