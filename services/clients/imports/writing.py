"""Clients and people written by the lot: a few statements for thousands of rows."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.imports.merging import BLANK, DERIVED, NOT_IN_SHEETS, PERSON, Record
from services.clients.registry.rules import client_number
from services.clients.timeline.wording import sentence
from shared.database import context_of
from shared.ids import new_id

EDITED: Final = (*BLANK, *DERIVED)
_CLIENT: Final = ", ".join(
    (*EDITED, "id", "number", "stage", "contacts_count", "import_id", "own_words",
     "contact_words", "created_by", "created_at", "updated_at", "version")
)  # fmt: skip
_CONTACT: Final = ", ".join(
    ("id", "client_id", "name", *PERSON, "do_not_contact", "search", "import_id", "created_by",
     "created_at", "updated_at", "version")
)  # fmt: skip
_NUMBERS: Final = text("SELECT nextval('client_numbers') FROM generate_series(1, :count)")
_INSERT_CLIENTS: Final = text(
    f"INSERT INTO clients ({_CLIENT}) SELECT {_CLIENT}"
    " FROM json_populate_recordset(NULL::clients, CAST(:records AS json))"
    # In one order everywhere, so that two imports of the same codes cannot wait for each other.
    " ORDER BY credit_code, id"
    " ON CONFLICT (credit_code) WHERE credit_code IS NOT NULL AND archived_at IS NULL"
    " DO NOTHING RETURNING id"
)
_LOAD_CLIENTS: Final = text(
    f"SELECT id, number, stage, {', '.join(NOT_IN_SHEETS)}, import_id, version,"
    f" {', '.join(EDITED)} FROM clients"
    " WHERE id = ANY(:ids) ORDER BY id FOR UPDATE"
)
_UPDATE_CLIENTS: Final = text(
    f"UPDATE clients c SET ({', '.join(EDITED)}, archived_at, own_words, updated_at, version) ="
    f" ({', '.join(f'n.{name}' for name in EDITED)}, n.archived_at, n.own_words, n.updated_at,"
    " c.version + 1)"
    " FROM json_populate_recordset(NULL::clients, CAST(:records AS json)) n WHERE c.id = n.id"
)
_INSERT_CONTACTS: Final = text(
    f"INSERT INTO contacts ({_CONTACT}) SELECT {_CONTACT}"
    " FROM json_populate_recordset(NULL::contacts, CAST(:records AS json))"
)
_CONTACTS_OF: Final = text(
    f"SELECT id, client_id, name, {', '.join(PERSON)}, decision_role, do_not_contact, archived_at,"
    " import_id, version FROM contacts WHERE client_id = ANY(:ids) AND archived_at IS NULL"
    " ORDER BY id FOR UPDATE"
)
_UPDATE_CONTACTS: Final = text(
    f"UPDATE contacts c SET ({', '.join(PERSON)}, archived_at, search, updated_at, version) ="
    f" ({', '.join(f'n.{name}' for name in PERSON)}, n.archived_at, n.search, n.updated_at,"
    " c.version + 1)"
    " FROM json_populate_recordset(NULL::contacts, CAST(:records AS json)) n WHERE c.id = n.id"
)
_COUNT_PEOPLE: Final = text(
    "UPDATE clients c SET contacts_count = n.contacts_count, contact_words = n.contact_words"
    " FROM json_populate_recordset(NULL::clients, CAST(:records AS json)) n WHERE c.id = n.id"
)
_CHANGES: Final = text(
    "INSERT INTO import_changes (import_id, number, act, client_id, contact_id, before, after)"
    " SELECT :id, r.* FROM json_to_recordset(CAST(:records AS json)) AS r (number integer,"
    " act text, client_id uuid, contact_id uuid, before jsonb, after jsonb)"
)
_ENTRIES: Final = text(
    "INSERT INTO own_entries (id, client_id, at, source, kind, record_id, record_number, title,"
    " actor_id, actor_name, sentence) SELECT r.id, r.client_id, :now, 'client', :kind, r.client_id,"
    " r.number, r.title, :actor_id, :actor_name, CAST(:sentence AS jsonb)"
    " FROM json_to_recordset(CAST(:records AS json))"
    " AS r (id uuid, client_id uuid, number text, title text)"
)


async def next_numbers(session: AsyncSession, count: int) -> list[str]:
    """As many fresh client numbers."""
    values = (await session.execute(_NUMBERS, {"count": count})).scalars()
    return [client_number(value) for value in values]


async def insert_clients(session: AsyncSession, records: Sequence[Record]) -> set[UUID]:
    """Write new clients; answers the ids written: a credit code taken meanwhile is left out."""
    return set((await session.execute(_INSERT_CLIENTS, _json(records))).scalars())


async def load_clients(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Record]:
    """The clients as they stand, locked in the order of their ids; dates as text."""
    rows = await session.execute(_LOAD_CLIENTS, {"ids": list(ids)})
    return {row["id"]: _loaded(dict(row)) for row in rows.mappings()}


async def update_clients(session: AsyncSession, records: Sequence[Record]) -> None:
    """Write clients that were loaded and changed, each as its next version."""
    await session.execute(_UPDATE_CLIENTS, _json(records))


async def insert_contacts(session: AsyncSession, records: Sequence[Record]) -> None:
    """Write new people."""
    await session.execute(_INSERT_CONTACTS, _json(records))


async def contacts_of(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Record]]:
    """The live people of clients, locked."""
    found: dict[UUID, list[Record]] = {client_id: [] for client_id in ids}
    for row in (await session.execute(_CONTACTS_OF, {"ids": list(ids)})).mappings():
        found[row["client_id"]].append(dict(row))
    return found


async def update_contacts(session: AsyncSession, records: Sequence[Record]) -> None:
    """Write people that were loaded and changed, each as its next version."""
    await session.execute(_UPDATE_CONTACTS, _json(records))


async def count_people(session: AsyncSession, records: Sequence[Record]) -> None:
    """Write how many live people clients have, and the words clients are found by through them."""
    await session.execute(_COUNT_PEOPLE, _json(records))


async def log_changes(
    session: AsyncSession, import_id: UUID, changes: Sequence[Mapping[str, Any]]
) -> None:
    """Remember what an import did, so that it can be taken back."""
    await session.execute(_CHANGES, _json(changes) | {"id": import_id})


async def add_entries(
    session: AsyncSession, kind: str, clients: Sequence[Record], file_name: str
) -> None:
    """Put an import's act on the timeline of each client."""
    context = context_of(session)
    records = [
        {"id": new_id(), "client_id": c["id"], "number": c["number"], "title": c["legal_name"]}
        for c in clients
    ]
    await session.execute(
        _ENTRIES,
        _json(records)
        | {
            "now": context.now,
            "kind": kind,
            "actor_id": context.actor.user_id,
            "actor_name": context.actor.name,
            "sentence": orjson.dumps(sentence("client", kind, {"file_name": file_name})).decode(),
        },
    )


def _loaded(row: Record) -> Record:
    day = row["first_contact_on"]
    return row | {"first_contact_on": day.isoformat() if day else None}


def _json(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"records": orjson.dumps(list(records), default=str).decode()}
