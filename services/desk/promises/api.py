"""Routes that change promises; reading is declared in `readings.py`."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.desk.promises import actions, store
from services.desk.promises.readings import PROMISE
from services.desk.promises.schemas import KeepIn, KeptRate, PromiseIn, RenegotiateIn
from services.desk.routing import ZoneDep
from shared.answering import Answer
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(prefix="/promises", tags=["promises"], route_class=IdempotentRoute)
answer_promise = Answer(PROMISE)


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("promise:make"), visible_on_replay(answer_promise.still_visible)],
    responses=answer_promise.document(201),
)
async def make_promise(body: PromiseIn, session: SessionDep, zone: ZoneDep) -> Response:
    """Promise the client something by a time."""
    made = await actions.make_promise(session, body, zone)
    return await answer_promise(
        session, made.id, status=201, location=f"/api/v1/promises/{made.id}"
    )


@router.post(
    "/{id}/renegotiate",
    status_code=201,
    dependencies=[allowed("promise:renegotiate")],
    responses=answer_promise.document(201),
)
async def renegotiate_promise(
    promise_id: RecordId, body: RenegotiateIn, session: SessionDep, zone: ZoneDep
) -> Response:
    """Agree another time before the promised one has passed: answers the new promise."""
    new = await actions.renegotiate_promise(
        session, promise_id, due_at=body.due_at, reason=body.reason, zone=zone
    )
    return await answer_promise(session, new.id, status=201, location=f"/api/v1/promises/{new.id}")


@router.post(
    "/{id}/keep",
    dependencies=[allowed("promise:keep")],
    responses=answer_promise.document(),
)
async def keep_promise(
    promise_id: RecordId, session: SessionDep, zone: ZoneDep, body: KeepIn | None = None
) -> Response:
    """Record that an open promise was kept."""
    note = body.note if body else None
    await actions.keep_promise(session, promise_id, note=note, zone=zone)
    return await answer_promise(session, promise_id)


@router.get("/kept-rate", dependencies=[allowed("promise:rate")])
async def kept_rate(
    session: SessionDep, made_by: UUID | None = None, client_id: UUID | None = None
) -> KeptRate:
    """How many of the promises that came due were kept, by person or client."""
    counts = await store.settled_counts(session, made_by=made_by, client_id=client_id)
    return KeptRate.of(*counts)
