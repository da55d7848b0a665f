"""Routes that change clients; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.clients.registry import actions, store
from services.clients.registry.readings import CLIENT
from services.clients.registry.schemas import ClientIn, ClientPatch, StageIn
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(prefix="/clients", tags=["clients"], route_class=IdempotentRoute)
answer_client = Answer(CLIENT)


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("client:create"), visible_on_replay(answer_client.still_visible)],
    responses=answer_client.document(201),
)
async def register_client(body: ClientIn, session: SessionDep) -> Response:
    """Register a client; 409 with candidates when it may exist already."""
    client = await actions.register_client(session, body)
    location = f"/api/v1/clients/{client.id}"
    return await answer_client(session, client.id, status=201, location=location)


@router.patch("/{id}", dependencies=[allowed("client:edit")], responses=answer_client.document())
async def change_client(
    client_id: RecordId, body: ClientPatch, expected: IfMatch, session: SessionDep
) -> Response:
    """Change a client as it was read."""
    if body.legal_name is not None:
        await store.hold_opportunities(session, [(client_id, body.legal_name)])
    client = await store.lock_client(session, client_id)
    await require_version(expected, client.version, answer_client.theirs(session, client_id))
    await actions.change_client(session, client, body)
    return await answer_client(session, client_id)


@router.delete("/{id}", status_code=204, dependencies=[allowed("client:archive")])
async def archive_client(client_id: RecordId, session: SessionDep) -> None:
    """Archive a client; its history stays."""
    await actions.archive_client(session, client_id)


@router.post(
    "/{id}/restore",
    dependencies=[allowed("client:archive")],
    responses=answer_client.document(),
)
async def restore_client(client_id: RecordId, session: SessionDep) -> Response:
    """Bring an archived client back."""
    await actions.restore_client(session, client_id)
    return await answer_client(session, client_id)


@router.post(
    "/{id}/stage",
    dependencies=[allowed("client:stage")],
    responses=answer_client.document(),
)
async def move_client(client_id: RecordId, body: StageIn, session: SessionDep) -> Response:
    """Move a client along its lifecycle."""
    await actions.move_client(session, client_id, body)
    return await answer_client(session, client_id)
