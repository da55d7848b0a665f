"""Routes of channels: shown before a touch is planned, noted when bypassed."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.engagements.channel import actions
from services.engagements.channel.readings import BYPASS
from services.engagements.channel.rules import NobodyAsked, Occasion
from services.engagements.channel.schemas import BypassIn, Channel
from shared.answering import Answer
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId
from shared.openapi import may_fail

router = APIRouter(prefix="/engagements", tags=["channel"], route_class=IdempotentRoute)
answer_bypass = Answer(BYPASS)


@router.get(
    "/{id}/channel",
    dependencies=[allowed("channel:view")],
    responses=may_fail(NobodyAsked),
)
async def view_channel(
    engagement_id: RecordId,
    session: SessionDep,
    user_id: UUID | None = None,
    contact_id: UUID | None = None,
    occasion: Occasion = Occasion.ROUTINE,
) -> Channel:
    """How to reach a person of the client now: directly, or through whom."""
    return await actions.channel_to(
        session, engagement_id, user_id=user_id, contact_id=contact_id, occasion=occasion
    )


@router.post(
    "/{engagement_id}/bypasses",
    status_code=201,
    dependencies=[allowed("bypass:record")],
    responses=answer_bypass.document(201),
)
async def record_bypass(engagement_id: UUID, body: BypassIn, session: SessionDep) -> Response:
    """Note that somebody was contacted past the channel, and why."""
    bypass = await actions.record_bypass(session, engagement_id, body)
    return await answer_bypass(
        session,
        bypass.id,
        status=201,
        location=f"/api/v1/engagements/{engagement_id}/bypasses/{bypass.id}",
        engagement_id=engagement_id,
    )
