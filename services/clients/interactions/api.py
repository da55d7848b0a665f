"""Routes that change contact records; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.clients.interactions import actions, store
from services.clients.interactions.readings import INTERACTION
from services.clients.interactions.schemas import AmendmentIn, InteractionIn, InteractionPatch
from services.clients.routing import ZoneDep
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(prefix="/interactions", tags=["interactions"], route_class=IdempotentRoute)
answer_interaction = Answer(INTERACTION)


@router.post(
    "",
    status_code=201,
    dependencies=[
        allowed("interaction:create"),
        visible_on_replay(answer_interaction.still_visible),
    ],
    responses=answer_interaction.document(201),
)
async def record_interaction(body: InteractionIn, session: SessionDep, zone: ZoneDep) -> Response:
    """Write down a contact with a client."""
    interaction = await actions.record_interaction(session, body, zone)
    location = f"/api/v1/interactions/{interaction.id}"
    return await answer_interaction(session, interaction.id, status=201, location=location)


@router.patch(
    "/{id}",
    dependencies=[allowed("interaction:edit")],
    responses=answer_interaction.document(),
)
async def correct_interaction(
    interaction_id: RecordId,
    body: InteractionPatch,
    expected: IfMatch,
    session: SessionDep,
    zone: ZoneDep,
) -> Response:
    """Correct a contact record within its first day."""
    interaction = await store.lock_interaction(session, interaction_id)
    await require_version(
        expected, interaction.version, answer_interaction.theirs(session, interaction_id)
    )
    await actions.correct_interaction(session, interaction, body, zone)
    return await answer_interaction(session, interaction_id)


@router.post(
    "/{id}/amend",
    dependencies=[allowed("interaction:amend")],
    responses=answer_interaction.document(),
)
async def amend_interaction(
    interaction_id: RecordId, body: AmendmentIn, session: SessionDep
) -> Response:
    """Add to a locked contact record."""
    await actions.amend_interaction(session, interaction_id, body)
    return await answer_interaction(session, interaction_id)
