"""Routes of a deliverable's chain; reading is declared in `readings.py`."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.engagements.deliverables import actions
from services.engagements.deliverables.planning import add_deliverable as add
from services.engagements.deliverables.readings import COMMENT, DELIVERABLE
from services.engagements.deliverables.schemas import (
    CheckIn,
    CommentIn,
    DecideIn,
    DeliverableIn,
    VersionIn,
)
from services.engagements.routing import ZoneDep
from shared.answering import Answer
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(prefix="/deliverables", tags=["deliverables"], route_class=IdempotentRoute)
answer_deliverable = Answer(DELIVERABLE)
answer_comment = Answer(COMMENT)
_ANSWER = answer_deliverable.document()


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("deliverable:add"), visible_on_replay(answer_deliverable.still_visible)],
    responses=answer_deliverable.document(201),
)
async def add_deliverable(body: DeliverableIn, session: SessionDep) -> Response:
    """Owe another deliverable."""
    added = await add(session, body)
    return await answer_deliverable(
        session, added.id, status=201, location=f"/api/v1/deliverables/{added.id}"
    )


@router.post("/{id}/submit", dependencies=[allowed("deliverable:submit")], responses=_ANSWER)
async def submit_version(
    deliverable_id: RecordId, body: VersionIn, session: SessionDep, zone: ZoneDep
) -> Response:
    """Put a version forward: for comments, or straight to the first check."""
    await actions.submit_version(session, deliverable_id, body, zone)
    return await answer_deliverable(session, deliverable_id)


@router.post(
    "/{deliverable_id}/comments",
    status_code=201,
    dependencies=[allowed("deliverable:comment")],
    responses=answer_comment.document(201),
)
async def add_comment(deliverable_id: UUID, body: CommentIn, session: SessionDep) -> Response:
    """Say something about the version in review."""
    comment = await actions.comment_on(session, deliverable_id, body=body.body)
    return await answer_comment(
        session,
        comment.id,
        status=201,
        location=f"/api/v1/deliverables/{deliverable_id}/comments/{comment.id}",
        deliverable_id=deliverable_id,
    )


@router.post("/{id}/take-back", dependencies=[allowed("deliverable:take-back")], responses=_ANSWER)
async def take_back(deliverable_id: RecordId, session: SessionDep, zone: ZoneDep) -> Response:
    """Take a commented version back to work the comments in."""
    await actions.take_back(session, deliverable_id, zone)
    return await answer_deliverable(session, deliverable_id)


@router.post(
    "/{id}/request-check", dependencies=[allowed("deliverable:request-check")], responses=_ANSWER
)
async def request_check(deliverable_id: RecordId, session: SessionDep, zone: ZoneDep) -> Response:
    """End the comments and ask the client PM for the first check."""
    await actions.request_check(session, deliverable_id, zone)
    return await answer_deliverable(session, deliverable_id)


@router.post("/{id}/check", dependencies=[allowed("deliverable:check")], responses=_ANSWER)
async def check(
    deliverable_id: RecordId, body: CheckIn, session: SessionDep, zone: ZoneDep
) -> Response:
    """The client PM's first check: on to the decision, or back to the draft."""
    await actions.check(session, deliverable_id, passed=body.passed, reason=body.reason, zone=zone)
    return await answer_deliverable(session, deliverable_id)


@router.post("/{id}/decide", dependencies=[allowed("deliverable:decide")], responses=_ANSWER)
async def decide(
    deliverable_id: RecordId, body: DecideIn, session: SessionDep, zone: ZoneDep
) -> Response:
    """An executive's decision: accepted, or back to the draft."""
    await actions.decide(
        session, deliverable_id, accepted=body.accepted, reason=body.reason, zone=zone
    )
    return await answer_deliverable(session, deliverable_id)


@router.post(
    "/{id}/start-rollout", dependencies=[allowed("deliverable:start-rollout")], responses=_ANSWER
)
async def start_rollout(deliverable_id: RecordId, session: SessionDep, zone: ZoneDep) -> Response:
    """Begin to introduce what was decided."""
    await actions.start_rollout(session, deliverable_id, zone)
    return await answer_deliverable(session, deliverable_id)


@router.post(
    "/{id}/finish-rollout", dependencies=[allowed("deliverable:finish-rollout")], responses=_ANSWER
)
async def finish_rollout(deliverable_id: RecordId, session: SessionDep, zone: ZoneDep) -> Response:
    """The introduction is complete."""
    await actions.finish_rollout(session, deliverable_id, zone)
    return await answer_deliverable(session, deliverable_id)
