"""Routes that change follow-ups; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.desk.followups import actions
from services.desk.followups.readings import FOLLOW_UP
from services.desk.followups.schemas import FollowUpIn, RecordIn, WaiveIn
from services.desk.routing import ZoneDep
from shared.answering import Answer
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(prefix="/follow-ups", tags=["follow-ups"], route_class=IdempotentRoute)
answer_follow_up = Answer(FOLLOW_UP)


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("follow-up:plan"), visible_on_replay(answer_follow_up.still_visible)],
    responses=answer_follow_up.document(201),
)
async def plan_follow_up(body: FollowUpIn, session: SessionDep, zone: ZoneDep) -> Response:
    """Plan a second follow-up of a resolved case."""
    planned = await actions.plan_follow_up(session, body, zone)
    return await answer_follow_up(
        session, planned.id, status=201, location=f"/api/v1/follow-ups/{planned.id}"
    )


@router.post(
    "/{id}/record",
    dependencies=[allowed("follow-up:record")],
    responses=answer_follow_up.document(),
)
async def record_follow_up(follow_up_id: RecordId, body: RecordIn, session: SessionDep) -> Response:
    """Record what the client said; a bad answer may open the case again."""
    await actions.record_follow_up(session, follow_up_id, body)
    return await answer_follow_up(session, follow_up_id)


@router.post(
    "/{id}/waive",
    dependencies=[allowed("follow-up:waive")],
    responses=answer_follow_up.document(),
)
async def waive_follow_up(follow_up_id: RecordId, body: WaiveIn, session: SessionDep) -> Response:
    """Do without this follow-up, for a reason."""
    await actions.waive_follow_up(session, follow_up_id, reason=body.reason)
    return await answer_follow_up(session, follow_up_id)
