"""The route by which an administrator enters answers of the past."""

from fastapi import APIRouter, Response

from services.surveys.history.actions import import_response
from services.surveys.history.schemas import ResponseIn
from services.surveys.responses.readings import RESPONSE
from services.surveys.responses.rules import OnlyHistory
from shared.answering import Answer
from shared.database import context_of
from shared.edge import RuntimeDep, SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay

router = APIRouter(prefix="/responses", tags=["responses"], route_class=IdempotentRoute)
answer_response = Answer(RESPONSE)


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("response:import"), visible_on_replay(answer_response.still_visible)],
    responses=answer_response.document(201),
)
async def enter_response(body: ResponseIn, runtime: RuntimeDep, session: SessionDep) -> Response:
    """Enter a personal answer of the past; importing history is an administrator's."""
    context = context_of(session)
    if not context.historical:
        raise OnlyHistory()
    async with runtime.database.worker_session(now=context.now, historical=True) as worker:
        response_id = await import_response(worker, body, context.now)
    location = f"/api/v1/responses/{response_id}"
    return await answer_response(session, response_id, status=201, location=location)
