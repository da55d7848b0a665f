"""New clients and their people, from the rows of one lot."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.contacts.store import state_of as contact_state
from services.clients.imports import writing
from services.clients.imports.merging import DERIVED, PERSON, Record, new_client
from services.clients.imports.tables import Import
from services.clients.imports.words import Words, number_words
from services.clients.registry.store import state_of as client_state
from shared import audit
from shared.contracts.clients import ClientRegistered, ContactAdded
from shared.database import context_of
from shared.ids import new_id
from shared.outbox_bulk import emit_all

Row = Mapping[str, Any]
_UNTOLD: Final = {*DERIVED, "own_words", "contact_words", "search", "created_at", "updated_at"}
Written = tuple[UUID, UUID | None]
"""The ids of a row's client and person."""


async def create_clients(
    session: AsyncSession,
    batch: Import,
    rows: Sequence[tuple[Row, Words]],
    owners: Mapping[str, UUID],
) -> dict[int, Written]:
    """Write new clients with their people; answers their ids by row.

    A row whose credit code was taken this very moment is missing in the answer. Emits
    `ClientRegistered` and `ContactAdded`.
    """
    numbers = await writing.next_numbers(session, len(rows))
    records = {
        row["number"]: new_client(row, owners)
        | _written(session, batch)
        | _found_by(row, words, number)
        for (row, words), number in zip(rows, numbers, strict=True)
    }
    written = await writing.insert_clients(session, list(records.values()))
    clients = {number: r for number, r in records.items() if r["id"] in written}
    people = [
        (
            row["number"],
            new_person(session, batch, row["person"], words.person, clients[row["number"]]["id"]),
        )
        for row, words in rows
        if row["number"] in clients and "name" in row["person"]
    ]
    await writing.insert_contacts(session, [person for _, person in people])
    await writing.log_changes(session, batch.id, _changes(clients, people))
    await writing.add_entries(session, "imported", list(clients.values()), batch.file_name)
    await emit_all(session, [ClientRegistered(state=client_state(c)) for c in clients.values()])
    await emit_all(session, [ContactAdded(state=contact_state(p)) for _, p in people])
    await _audit(session, clients, people)
    persons = {number: person["id"] for number, person in people}
    return {number: (client["id"], persons.get(number)) for number, client in clients.items()}


async def _audit(
    session: AsyncSession, clients: Mapping[int, Record], people: Sequence[tuple[int, Record]]
) -> None:
    for client in clients.values():
        await audit.record(session, "import:apply", ("client", client["id"]), after=told(client))
    for _, person in people:
        await audit_person(session, person["id"], after=told(person))


async def audit_person(
    session: AsyncSession,
    person_id: UUID,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Say in the trail what an import did to a person."""
    subject = ("contact", person_id)
    about = [person_id]
    await audit.record(session, "import:apply", subject, before=before, after=after, about=about)


def told(record: Record) -> Record:
    """What a new record says, without what was computed from it and without empty fields."""
    return {
        name: value
        for name, value in record.items()
        if name not in _UNTOLD and value not in (None, "", [])
    }


def _changes(
    clients: Mapping[int, Record], people: Sequence[tuple[int, Record]]
) -> list[dict[str, Any]]:
    made = [
        {"number": number, "act": "client_created", "client_id": client["id"]}
        for number, client in clients.items()
    ]
    made += [
        {
            "number": number,
            "act": "contact_created",
            "client_id": person["client_id"],
            "contact_id": person["id"],
        }
        for number, person in people
    ]
    return made


def _found_by(row: Row, words: Words, number: str) -> Record:
    return {
        "number": number,
        "contacts_count": int("name" in row["person"]),
        "own_words": f"{words.client} {number_words(number)}",
        "contact_words": words.people,
    }


def new_person(
    session: AsyncSession, batch: Import, person: Mapping[str, Any], words: str, client_id: UUID
) -> Record:
    """The record of a person that a row tells of for the first time."""
    record: Record = {name: person.get(name) for name in ("name", *PERSON)}
    return (
        record
        | _written(session, batch)
        | {"client_id": client_id, "do_not_contact": False, "search": words}
        | dict.fromkeys(("decision_role", "archived_at"))
    )


def _written(session: AsyncSession, batch: Import) -> Record:
    context = context_of(session)
    return {
        "id": new_id(),
        "import_id": batch.id,
        "created_by": context.actor.user_id,
        "created_at": context.now,
        "updated_at": context.now,
        "version": 1,
    }
