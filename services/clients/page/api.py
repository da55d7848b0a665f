"""The route of the client page."""

from fastapi import APIRouter, Response

from services.clients.page.store import client_page
from shared.edge import ActorDep, RuntimeDep, allowed
from shared.inputs import RecordId
from shared.reading.reader import Moved

router = APIRouter(prefix="/clients", tags=["clients"])


@router.get(
    "/{id}/page",
    dependencies=[allowed("client:view")],
    responses={308: {"description": "The client became part of another: see Location"}},
)
async def read_page(client_id: RecordId, actor: ActorDep, runtime: RuntimeDep) -> Response:
    """All about a client: archive, people, open cases, timeline; one query.

    One that became part of another is found there (308).
    """
    try:
        async with runtime.database.read(actor, exclusions=True) as connection:
            page = await client_page(connection, client_id, actor)
    except Moved as moved:
        return Response(status_code=308, headers={"Location": f"/api/v1/clients/{moved.key}/page"})
    return Response(page, media_type="application/json", headers={"Cache-Control": "no-store"})
