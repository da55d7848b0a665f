"""The routes that draft an engagement and correct it."""

from fastapi import APIRouter, Response

from services.engagements.drafting import actions
from services.engagements.drafting.schemas import EngagementIn
from services.engagements.engagement import store
from services.engagements.engagement.actions import change_engagement
from services.engagements.engagement.api import answer_engagement
from services.engagements.engagement.schemas import EngagementPatch
from services.engagements.plan.actions import cascade
from services.engagements.routing import ZoneDep
from shared.concurrency import IfMatch, require_version
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(prefix="/engagements", tags=["engagements"], route_class=IdempotentRoute)


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("engagement:draft"), visible_on_replay(answer_engagement.still_visible)],
    responses=answer_engagement.document(201),
)
async def draft_engagement(body: EngagementIn, session: SessionDep, zone: ZoneDep) -> Response:
    """Draft an engagement, with a plan from the built-in template."""
    engagement = await actions.draft_engagement(session, body, zone)
    return await answer_engagement(
        session, engagement.id, status=201, location=f"/api/v1/engagements/{engagement.id}"
    )


@router.patch(
    "/{id}", dependencies=[allowed("engagement:edit")], responses=answer_engagement.document()
)
async def change(
    engagement_id: RecordId,
    body: EngagementPatch,
    expected: IfMatch,
    session: SessionDep,
    zone: ZoneDep,
) -> Response:
    """Correct a live engagement as it was read; another first day moves the plan.

    What moves the plan or the team it needs takes back both confirmations.
    """
    engagement = await store.lock_engagement(session, engagement_id)
    await require_version(
        expected, engagement.version, answer_engagement.theirs(session, engagement_id)
    )
    if "starts_on" in await change_engagement(session, engagement, body):
        await cascade(session, engagement, zone)
    return await answer_engagement(session, engagement_id)
