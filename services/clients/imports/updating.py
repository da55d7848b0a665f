"""Known clients and their people, changed by the rows of one lot."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.contacts.store import state_of as contact_state
from services.clients.imports import writing
from services.clients.imports.creating import (
    Written,
    audit_person,
    new_person,
    told,
)
from services.clients.imports.merging import Record, merge, merge_person
from services.clients.imports.tables import Import
from services.clients.imports.words import client_words, people_words, person_words
from services.clients.registry.store import hold_opportunities, rename
from services.clients.registry.store import state_of as client_state
from shared import audit
from shared.contracts.clients import ClientChanged, ContactAdded, ContactChanged
from shared.database import context_of
from shared.outbox_bulk import emit_all

Row = Mapping[str, Any]


@dataclass
class Touched:
    """What a lot changed, by id."""

    clients: dict[UUID, Record] = field(default_factory=dict)
    new_people: dict[UUID, Record] = field(default_factory=dict)
    people: dict[UUID, Record] = field(default_factory=dict)
    renamed: set[UUID] = field(default_factory=set)
    log: list[dict[str, Any]] = field(default_factory=list)


async def update_known(
    session: AsyncSession,
    batch: Import,
    rows: Sequence[tuple[Row, UUID]],
    owners: Mapping[str, UUID],
) -> dict[int, Written]:
    """Change known clients and their people by what rows say of them; answers ids by row.

    Every change keeps the values before and after, so that it can be taken back. Emits
    `ClientChanged`, `ContactAdded`, `ContactChanged`.
    """
    ids = sorted({client_id for _, client_id in rows})
    names = [(id_, row["client"].get("legal_name")) for row, id_ in rows]
    await hold_opportunities(session, [(id_, name) for id_, name in names if name])
    clients = await writing.load_clients(session, ids)
    people = await writing.contacts_of(session, ids)
    touched = Touched()
    written: dict[int, Written] = {}
    for row, client_id in rows:
        _merge_client(touched, clients[client_id], row, owners)
        fresh = new_person(session, batch, row["person"], person_words(row["person"]), client_id)
        person_id = _merge_person(touched, people[client_id], row, fresh)
        written[row["number"]] = (client_id, person_id)
    await save_clients(session, touched.clients.values(), touched.renamed)
    await writing.insert_contacts(session, list(touched.new_people.values()))
    await save_people(session, touched.people.values())
    await recount(session, {p["client_id"]: people[p["client_id"]]
                            for p in touched.new_people.values()})  # fmt: skip
    await writing.log_changes(session, batch.id, touched.log)
    changed = list(touched.clients.values())
    await writing.add_entries(session, "updated_by_import", changed, batch.file_name)
    await _emit(session, touched)
    await _audit(session, touched)
    return written


async def _emit(session: AsyncSession, touched: Touched) -> None:
    changed, added, edited = touched.clients, touched.new_people, touched.people
    await emit_all(session, [ClientChanged(state=client_state(c)) for c in changed.values()])
    await emit_all(session, [ContactAdded(state=contact_state(p)) for p in added.values()])
    await emit_all(session, [ContactChanged(state=contact_state(p)) for p in edited.values()])


async def _audit(session: AsyncSession, touched: Touched) -> None:
    """One entry for each client and person that changed, and for each new person."""
    for change in touched.log:
        before, after = change.get("before"), change.get("after")
        if change["act"] == "client_updated":
            subject = ("client", change["client_id"])
            await audit.record(session, "import:apply", subject, before=before, after=after)
        elif change["act"] == "contact_updated":
            await audit_person(session, change["contact_id"], before=before, after=after)
    for person in touched.new_people.values():
        await audit_person(session, person["id"], after=told(person))


def _merge_client(touched: Touched, client: Record, row: Row, owners: Mapping[str, UUID]) -> None:
    after = merge(client, row, owners)
    if not after:
        return
    touched.log.append(
        {
            "number": row["number"],
            "act": "client_updated",
            "client_id": client["id"],
            "before": {name: client[name] for name in after},
            "after": after,
        }
    )
    client.update(after)
    touched.clients[client["id"]] = client
    if "legal_name" in after:
        touched.renamed.add(client["id"])


def _merge_person(touched: Touched, known: list[Record], row: Row, fresh: Record) -> UUID | None:
    """Change the person of that name, or add `fresh`; answers whom the row is about."""
    if "name" not in row["person"]:
        return None
    same = next((each for each in known if each["name"] == fresh["name"]), None)
    if same is None:
        same = fresh
        known.append(same)
        touched.new_people[same["id"]] = same
        act: dict[str, Any] = {"act": "contact_created"}
    else:
        after = merge_person(same, row["person"])
        if not after:
            return UUID(str(same["id"]))
        act = {
            "act": "contact_updated",
            "before": {name: same[name] for name in after},
            "after": after,
        }
        same.update(after)
        if same["id"] not in touched.new_people:
            touched.people[same["id"]] = same
    place = {"number": row["number"], "client_id": same["client_id"], "contact_id": same["id"]}
    touched.log.append(act | place)
    return UUID(str(same["id"]))


async def save_clients(session: AsyncSession, clients: Any, renamed: Container[UUID]) -> None:
    """Write changed clients as their next versions, findable by what they are called now."""
    now = context_of(session).now
    await writing.update_clients(
        session,
        [c | {"updated_at": now, "own_words": client_words(c, c["number"])} for c in clients],
    )
    await rename(session, {c["id"]: c["legal_name"] for c in clients if c["id"] in renamed})


async def save_people(session: AsyncSession, people: Any) -> None:
    """Write changed people as their next versions."""
    now = context_of(session).now
    await writing.update_contacts(
        session, [p | {"updated_at": now, "search": person_words(p)} for p in people]
    )


async def recount(session: AsyncSession, people: Mapping[UUID, Sequence[Record]]) -> None:
    """Write how many live people clients have, given those they have now."""
    await writing.count_people(
        session,
        [
            {
                "id": client_id,
                "contacts_count": len(each),
                "contact_words": people_words([person["name"] for person in each][:200]),
            }
            for client_id, each in people.items()
        ],
    )
