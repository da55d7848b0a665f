"""Routes that change contact persons; reading is declared in `readings.py`."""

from fastapi import APIRouter, Response

from services.clients.contacts import actions, store
from services.clients.contacts.readings import CONTACT
from services.clients.contacts.schemas import ContactIn, ContactPatch
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId

router = APIRouter(prefix="/contacts", tags=["contacts"], route_class=IdempotentRoute)
answer_contact = Answer(CONTACT)


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("contact:create"), visible_on_replay(answer_contact.still_visible)],
    responses=answer_contact.document(201),
)
async def add_contact(body: ContactIn, session: SessionDep) -> Response:
    """Add a person to a client."""
    contact = await actions.add_contact(session, body)
    location = f"/api/v1/contacts/{contact.id}"
    return await answer_contact(session, contact.id, status=201, location=location)


@router.patch("/{id}", dependencies=[allowed("contact:edit")], responses=answer_contact.document())
async def change_contact(
    contact_id: RecordId, body: ContactPatch, expected: IfMatch, session: SessionDep
) -> Response:
    """Change a person as they were read."""
    contact = await store.lock_contact(session, contact_id)
    await require_version(expected, contact.version, answer_contact.theirs(session, contact_id))
    await actions.change_contact(session, contact, body)
    return await answer_contact(session, contact_id)


@router.delete("/{id}", status_code=204, dependencies=[allowed("contact:archive")])
async def archive_contact(contact_id: RecordId, session: SessionDep) -> None:
    """Archive a person; what was written with them stays."""
    await actions.archive_contact(session, contact_id)
