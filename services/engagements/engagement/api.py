"""Routes that change an engagement; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.engagements.engagement import actions
from services.engagements.engagement.readings import ENGAGEMENT
from services.engagements.engagement.schemas import ReasonIn
from shared.answering import Answer
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(prefix="/engagements", tags=["engagements"], route_class=IdempotentRoute)
answer_engagement = Answer(ENGAGEMENT)
_ANSWER = answer_engagement.document()


@router.post("/{id}/propose", dependencies=[allowed("engagement:propose")], responses=_ANSWER)
async def propose_engagement(engagement_id: RecordId, session: SessionDep) -> Response:
    """Put the draft to the client."""
    await actions.walk(session, engagement_id, actions.PROPOSE)
    return await answer_engagement(session, engagement_id)


@router.post("/{id}/activate", dependencies=[allowed("engagement:activate")], responses=_ANSWER)
async def activate_engagement(engagement_id: RecordId, session: SessionDep) -> Response:
    """Let the work begin."""
    await actions.walk(session, engagement_id, actions.ACTIVATE)
    return await answer_engagement(session, engagement_id)


@router.post("/{id}/hold", dependencies=[allowed("engagement:hold")], responses=_ANSWER)
async def hold_engagement(engagement_id: RecordId, body: ReasonIn, session: SessionDep) -> Response:
    """Let the work rest, for a reason."""
    await actions.walk(session, engagement_id, actions.HOLD, reason=body.reason)
    return await answer_engagement(session, engagement_id)


@router.post("/{id}/resume", dependencies=[allowed("engagement:resume")], responses=_ANSWER)
async def resume_engagement(engagement_id: RecordId, session: SessionDep) -> Response:
    """Take up resting or closing work again."""
    await actions.walk(session, engagement_id, actions.RESUME)
    return await answer_engagement(session, engagement_id)


@router.post(
    "/{id}/start-closing", dependencies=[allowed("engagement:start-closing")], responses=_ANSWER
)
async def start_closing_engagement(engagement_id: RecordId, session: SessionDep) -> Response:
    """Begin to close: acceptance and lessons remain."""
    await actions.walk(session, engagement_id, actions.START_CLOSING)
    return await answer_engagement(session, engagement_id)


@router.post("/{id}/close", dependencies=[allowed("engagement:close")], responses=_ANSWER)
async def close_engagement(engagement_id: RecordId, session: SessionDep) -> Response:
    """End the engagement."""
    await actions.walk(session, engagement_id, actions.CLOSE)
    return await answer_engagement(session, engagement_id)


@router.post("/{id}/cancel", dependencies=[allowed("engagement:cancel")], responses=_ANSWER)
async def cancel_engagement(
    engagement_id: RecordId, body: ReasonIn, session: SessionDep
) -> Response:
    """Give the engagement up, for a reason."""
    await actions.walk(session, engagement_id, actions.CANCEL, reason=body.reason)
    return await answer_engagement(session, engagement_id)
