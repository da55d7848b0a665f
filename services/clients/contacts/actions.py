"""Writes on contact persons."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.contacts import rules, store
from services.clients.contacts.schemas import ContactIn, ContactPatch
from services.clients.contacts.tables import Contact
from services.clients.registry import store as clients
from services.clients.registry.actions import require_live
from services.clients.timeline.store import note
from shared import audit
from shared.contracts import clients as events
from shared.contracts.clients import ContactState
from shared.database import context_of
from shared.errors import Field, NotFound, Unprocessable
from shared.events import Event
from shared.ids import new_id
from shared.outbox import emit


async def add_contact(session: AsyncSession, body: ContactIn) -> Contact:
    """Add a person to a client.

    Raises `NotFound` (404) for an unknown client, `ClientArchived` (409), `ReasonNeeded` (422).
    Emits `ContactAdded`.
    """
    context = context_of(session)
    client = await clients.lock_named_client(session, body.client_id)
    require_live(client)
    rules.check_do_not_contact(body.do_not_contact, body.do_not_contact_reason)
    contact = Contact(
        id=new_id(),
        **body.model_dump(),
        created_by=context.actor.user_id,
        created_at=context.now,
        updated_at=context.now,
    )
    session.add(contact)
    await _note(session, contact, "added")
    await _announce(session, contact, events.ContactAdded, "contact:create", {})
    return contact


async def change_contact(session: AsyncSession, contact: Contact, body: ContactPatch) -> None:
    """Change what the body names; the version was checked by the caller.

    Raises `ClientArchived` (409), `ReasonNeeded` (422). Emits `ContactChanged`.
    """
    if contact.archived_at is not None:
        raise NotFound()
    require_live(await clients.lock_client(session, contact.client_id))
    before = contact.model_dump(mode="json")
    values = body.model_dump(include=body.model_fields_set)
    if "name" in values and values["name"] is None:
        raise Unprocessable(errors=[Field("/name", en="must not be null", zh="不能为空")])
    for name, value in values.items():
        setattr(contact, name, value)
    rules.check_do_not_contact(contact.do_not_contact, contact.do_not_contact_reason)
    if contact.model_dump(mode="json") != before:
        await _announce(session, contact, events.ContactChanged, "contact:edit", before)


async def archive_contact(session: AsyncSession, contact_id: UUID) -> None:
    """Take a person out of the working lists; does nothing twice.

    Raises `ClientArchived` (409). Emits `ContactArchived`.
    """
    contact = await store.lock_contact(session, contact_id)
    if contact.archived_at is not None:
        return
    require_live(await clients.lock_client(session, contact.client_id))
    before = contact.model_dump(mode="json")
    contact.archived_at = context_of(session).now
    await _note(session, contact, "archived")
    await _announce(session, contact, events.ContactArchived, "contact:archive", before)


async def _note(session: AsyncSession, contact: Contact, kind: str) -> None:
    await note(
        session,
        contact.client_id,
        source="contact",
        kind=kind,
        record_id=contact.id,
        title=contact.name,
        name=contact.name,
    )


async def _announce(
    session: AsyncSession,
    contact: Contact,
    event: type[Event[ContactState]],
    action: str,
    before: dict[str, Any],
) -> None:
    contact.updated_at = context_of(session).now
    await session.flush()
    await store.reindex(session, contact)
    await clients.reindex_contacts(session, contact.client_id)
    old, new = audit.changes(before, contact.model_dump(mode="json"))
    await audit.record(
        session, action, ("contact", contact.id), before=old, after=new, about=[contact.id]
    )
    await emit(session, event(state=store.state_of(contact.model_dump())))
