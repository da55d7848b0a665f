"""The route that grades a client; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.clients.grades.actions import grade_client
from services.clients.grades.schemas import GradeIn
from services.clients.registry.api import answer_client
from services.clients.routing import ZoneDep
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(prefix="/clients", tags=["clients"], route_class=IdempotentRoute)


@router.post(
    "/{id}/grade", dependencies=[allowed("client:grade")], responses=answer_client.document()
)
async def grade(client_id: RecordId, body: GradeIn, session: SessionDep, zone: ZoneDep) -> Response:
    """Grade a client A, B or C with a reason, or take the grade away."""
    await grade_client(session, client_id, body, zone)
    return await answer_client(session, client_id)
