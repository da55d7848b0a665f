"""Routes that make one client of two, and two of one again."""

from typing import Any, Final

from fastapi import APIRouter, Response

from services.clients.merges import actions
from services.clients.merges.schemas import MergeIn, MergePreview, SplitIn
from services.clients.registry.api import answer_client
from services.clients.routing import ZoneDep
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(prefix="/clients", tags=["clients"], route_class=IdempotentRoute)


def _either() -> dict[int | str, dict[str, Any]]:
    """The kept client, or with `preview` what would become of both."""
    documented = answer_client.document()
    content = documented[200]["content"]["application/json"]
    shown: dict[str, Any] = {"type": "object", "required": [*MergePreview.model_fields]}
    content["schema"] = {"anyOf": [content["schema"], shown]}
    return documented


_ANSWERS: Final = _either()


@router.post("/{id}/merge", dependencies=[allowed("client:merge")], responses=_ANSWERS)
async def merge_clients(
    client_id: RecordId, body: MergeIn, session: SessionDep, zone: ZoneDep
) -> Response:
    """Let another client become part of this one, or with `preview` only say what would happen."""
    if body.preview:
        found = await actions.preview_merge(session, client_id, body.source_id)
        preview = MergePreview.model_validate(found, from_attributes=True)
        return Response(preview.model_dump_json(), media_type="application/json")
    await actions.merge_clients(session, client_id, body.source_id, zone)
    return await answer_client(session, client_id)


@router.post(
    "/{id}/split", dependencies=[allowed("client:split")], responses=answer_client.document()
)
async def split_client(
    client_id: RecordId, body: SplitIn, session: SessionDep, zone: ZoneDep
) -> Response:
    """Undo the last merge into this client; what was written since stays."""
    await actions.split_client(session, client_id, body.source_id, body.reason, zone)
    return await answer_client(session, client_id)
