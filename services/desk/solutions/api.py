"""Routes that change solutions; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.desk.cases.api import answer_case
from services.desk.routing import ZoneDep
from services.desk.solutions import actions
from services.desk.solutions.readings import SOLUTION
from services.desk.solutions.schemas import DeclineIn, SolutionIn
from shared.answering import Answer
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(tags=["solutions"], route_class=IdempotentRoute)
answer_solution = Answer(SOLUTION)


@router.post(
    "/solutions",
    status_code=201,
    dependencies=[allowed("solution:offer"), visible_on_replay(answer_solution.still_visible)],
    responses=answer_solution.document(201),
)
async def offer_solution(body: SolutionIn, session: SessionDep, zone: ZoneDep) -> Response:
    """Offer the requester an alternative."""
    offered = await actions.offer_solution(session, body, zone)
    return await answer_solution(
        session, offered.id, status=201, location=f"/api/v1/solutions/{offered.id}"
    )


@router.post(
    "/solutions/{id}/accept",
    dependencies=[allowed("solution:accept")],
    responses=answer_solution.document(),
)
async def accept_solution(solution_id: RecordId, session: SessionDep) -> Response:
    """The requester chooses this one."""
    await actions.accept_solution(session, solution_id)
    return await answer_solution(session, solution_id)


@router.post(
    "/solutions/{id}/decline",
    dependencies=[allowed("solution:decline")],
    responses=answer_solution.document(),
)
async def decline_solution(solution_id: RecordId, body: DeclineIn, session: SessionDep) -> Response:
    """The requester refuses this one."""
    await actions.decline_solution(session, solution_id, reason=body.reason)
    return await answer_solution(session, solution_id)


@router.post(
    "/solutions/{id}/withdraw",
    dependencies=[allowed("solution:withdraw")],
    responses=answer_solution.document(),
)
async def withdraw_solution(solution_id: RecordId, session: SessionDep) -> Response:
    """The firm takes this offer back."""
    await actions.withdraw_solution(session, solution_id)
    return await answer_solution(session, solution_id)


@router.post(
    "/cases/{id}/start",
    tags=["cases"],
    dependencies=[allowed("case:start")],
    responses=answer_case.document(),
)
async def start_case(case_id: RecordId, session: SessionDep) -> Response:
    """Start work; never before a solution on offer is accepted."""
    await actions.start_case(session, case_id)
    return await answer_case(session, case_id)
