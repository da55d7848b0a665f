"""Routes of the conversation: public messages and internal notes never share one."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.desk.messages import actions
from services.desk.messages.readings import MESSAGE, NOTE
from services.desk.messages.schemas import MessageIn, NoteIn
from services.desk.routing import ZoneDep
from shared.answering import Answer
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute

router = APIRouter(prefix="/cases", tags=["cases"], route_class=IdempotentRoute)
answer_message = Answer(MESSAGE)
answer_note = Answer(NOTE)


@router.post(
    "/{case_id}/messages",
    status_code=201,
    dependencies=[allowed("message:post")],
    responses=answer_message.document(201),
)
async def post_message(
    case_id: UUID, body: MessageIn, session: SessionDep, zone: ZoneDep
) -> Response:
    """Say something both sides read."""
    message = await actions.post_message(session, case_id, body=body.body, zone=zone)
    return await answer_message(
        session,
        message.id,
        status=201,
        location=f"/api/v1/cases/{case_id}/messages/{message.id}",
        case_id=case_id,
    )


@router.post(
    "/{case_id}/notes",
    status_code=201,
    dependencies=[allowed("note:add")],
    responses=answer_note.document(201),
)
async def add_note(case_id: UUID, body: NoteIn, session: SessionDep) -> Response:
    """Keep something for the firm alone."""
    note = await actions.add_note(session, case_id, body=body.body)
    return await answer_note(
        session,
        note.id,
        status=201,
        location=f"/api/v1/cases/{case_id}/notes/{note.id}",
        case_id=case_id,
    )
