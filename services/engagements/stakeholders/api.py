"""Routes of stakeholder profiles, for the firm; reading is declared in `readings.py`."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.engagements.routing import ZoneDep
from services.engagements.stakeholders import actions, store
from services.engagements.stakeholders.readings import ACTION, STAKEHOLDER
from services.engagements.stakeholders.schemas import ActionIn, StakeholderIn, StakeholderPatch
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.database import context_of
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(prefix="/stakeholders", tags=["stakeholders"], route_class=IdempotentRoute)
answer_stakeholder = Answer(STAKEHOLDER)
answer_action = Answer(ACTION)


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("stakeholder:add"), visible_on_replay(answer_stakeholder.still_visible)],
    responses=answer_stakeholder.document(201),
)
async def add_stakeholder(body: StakeholderIn, session: SessionDep) -> Response:
    """Note what the firm makes of a person of the client."""
    profile = await actions.add_profile(session, body)
    return await answer_stakeholder(
        session, profile.id, status=201, location=f"/api/v1/stakeholders/{profile.id}"
    )


@router.patch(
    "/{id}", dependencies=[allowed("stakeholder:edit")], responses=answer_stakeholder.document()
)
async def change_stakeholder(
    stakeholder_id: RecordId, body: StakeholderPatch, expected: IfMatch, session: SessionDep
) -> Response:
    """Change a profile as it was read."""
    profile = await store.lock_profile(session, stakeholder_id)
    await require_version(
        expected, profile.version, answer_stakeholder.theirs(session, stakeholder_id)
    )
    await actions.change_profile(session, profile, body)
    return await answer_stakeholder(session, stakeholder_id)


@router.post(
    "/{stakeholder_id}/actions",
    status_code=201,
    dependencies=[allowed("stakeholder:plan")],
    responses=answer_action.document(201),
)
async def plan_action(stakeholder_id: UUID, body: ActionIn, session: SessionDep) -> Response:
    """Plan what somebody of the firm does about a stakeholder."""
    action = await actions.plan_action(session, stakeholder_id, body)
    return await answer_action(
        session,
        action.id,
        status=201,
        location=f"/api/v1/stakeholders/{stakeholder_id}/actions/{action.id}",
        stakeholder_id=stakeholder_id,
    )


@router.post(
    "/{stakeholder_id}/actions/{id}/finish",
    dependencies=[allowed("stakeholder:plan")],
    responses=answer_action.document(),
)
async def finish_action(
    stakeholder_id: UUID, action_id: RecordId, session: SessionDep, zone: ZoneDep
) -> Response:
    """Record that an action was done today."""
    today = context_of(session).now.astimezone(zone).date()
    await actions.finish_action(session, stakeholder_id, action_id, today)
    return await answer_action(session, action_id, stakeholder_id=stakeholder_id)
