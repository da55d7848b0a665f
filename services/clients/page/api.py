"""The route of the client page."""

from fastapi import APIRouter, Response

from services.clients.page.store import client_page
from shared.edge import ActorDep, RuntimeDep, allowed
from shared.inputs import RecordId

router = APIRouter(prefix="/clients", tags=["clients"])


@router.get("/{id}/page", dependencies=[allowed("client:view")])
async def read_page(client_id: RecordId, actor: ActorDep, runtime: RuntimeDep) -> Response:
    """All about a client: archive, people, open cases, timeline; one query."""
    async with runtime.database.read(actor, exclusions=True) as connection:
        page = await client_page(connection, client_id, actor)
    return Response(page, media_type="application/json", headers={"Cache-Control": "no-store"})
