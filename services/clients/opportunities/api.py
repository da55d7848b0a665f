"""Routes that change opportunities; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.clients.opportunities import actions, store
from services.clients.opportunities.readings import OPPORTUNITY
from services.clients.opportunities.schemas import MoveIn, OpportunityIn, OpportunityPatch
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(prefix="/opportunities", tags=["opportunities"], route_class=IdempotentRoute)
answer_opportunity = Answer(OPPORTUNITY)


@router.post(
    "",
    status_code=201,
    dependencies=[
        allowed("opportunity:create"),
        visible_on_replay(answer_opportunity.still_visible),
    ],
    responses=answer_opportunity.document(201),
)
async def open_opportunity(body: OpportunityIn, session: SessionDep) -> Response:
    """Write down what a client may buy."""
    opportunity = await actions.open_opportunity(session, body)
    location = f"/api/v1/opportunities/{opportunity.id}"
    return await answer_opportunity(session, opportunity.id, status=201, location=location)


@router.patch(
    "/{id}",
    dependencies=[allowed("opportunity:edit")],
    responses=answer_opportunity.document(),
)
async def change_opportunity(
    opportunity_id: RecordId, body: OpportunityPatch, expected: IfMatch, session: SessionDep
) -> Response:
    """Change an opportunity as it was read."""
    opportunity = await store.lock_opportunity(session, opportunity_id)
    theirs = answer_opportunity.theirs(session, opportunity_id)
    await require_version(expected, opportunity.version, theirs)
    await actions.change_opportunity(session, opportunity, body)
    return await answer_opportunity(session, opportunity_id)


@router.post(
    "/{id}/move",
    dependencies=[allowed("opportunity:move")],
    responses=answer_opportunity.document(),
)
async def move_opportunity(opportunity_id: RecordId, body: MoveIn, session: SessionDep) -> Response:
    """Move an opportunity to another stage; a win makes a draft engagement, a loss says why."""
    await actions.move_opportunity(session, opportunity_id, body)
    return await answer_opportunity(session, opportunity_id)
