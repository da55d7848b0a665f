"""Taking an import back, the last rows first; what was edited or used since stays, reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.contacts.store import state_of as contact_state
from services.clients.imports import store, writing
from services.clients.imports.announce import announce
from services.clients.imports.merging import Record, taken_back
from services.clients.imports.rules import Status, Task, move_to
from services.clients.imports.tables import Import
from services.clients.imports.updating import recount, save_clients, save_people
from services.clients.imports.wording import sentence, severity
from services.clients.registry.rules import derived
from services.clients.registry.store import hold_opportunities
from services.clients.registry.store import state_of as client_state
from shared import audit
from shared.background import JobRun
from shared.contracts import clients as events
from shared.database import context_of
from shared.outbox_bulk import emit_all

LOT: Final = 1_000
# Whole rows: a client that is kept keeps the people that came with it.
_NEXT: Final = text(
    "SELECT * FROM (SELECT seq, number, act, client_id, contact_id, before, after"
    " FROM import_changes WHERE import_id = :id AND undone_at IS NULL"
    " ORDER BY number DESC FETCH FIRST :most ROWS WITH TIES) c ORDER BY number DESC, seq DESC"
)
_DONE: Final = text(
    "UPDATE import_changes SET undone_at = :now WHERE import_id = :id AND seq = ANY(:seqs)"
)
_IN_USE: Final = text(
    "SELECT c.id FROM clients c WHERE c.id = ANY(:ids) AND (c.version > 1"
    " OR EXISTS (SELECT 1 FROM interactions n WHERE n.client_id = c.id)"
    " OR EXISTS (SELECT 1 FROM case_refs k WHERE k.client_id = c.id)"
    " OR EXISTS (SELECT 1 FROM contacts p WHERE p.client_id = c.id AND p.archived_at IS NULL"
    " AND (p.import_id IS DISTINCT FROM :import_id OR p.version > 1))"
    " OR EXISTS (SELECT 1 FROM opportunities o WHERE o.client_id = c.id)"
    " OR EXISTS (SELECT 1 FROM engagement_refs e WHERE e.client_id = c.id)"
    " OR EXISTS (SELECT 1 FROM user_refs u WHERE u.client_id = c.id))"
)


@dataclass
class Undone:
    """What a lot takes back, and what it leaves."""

    clients: dict[UUID, Record] = field(default_factory=dict)
    archived: dict[UUID, Record] = field(default_factory=dict)
    people: dict[UUID, Record] = field(default_factory=dict)
    kept: dict[int, str] = field(default_factory=dict)
    """Row number to what stays."""
    back: set[UUID] = field(default_factory=set)
    log: list[tuple[str, UUID, Record, Record]] = field(default_factory=list)
    """What the trail says: kind and id of a record, values before and after."""


async def undo_import(job: JobRun) -> None:
    """Take an import back.

    Clients it created are archived, values it changed are restored, unless somebody edited or used
    them since. Emits `ClientArchived`, `ClientChanged`, `ContactArchived`, `ContactChanged` and
    `ImportUndone`.
    """
    import_id = UUID(job.payload["import_id"])
    more = True
    while more:
        async with job.step() as session:
            batch = await store.lock_import(session, import_id)
            if batch.status != Status.APPLYING or batch.task != Task.UNDO:
                return
            more = await _undo_lot(session, batch, job)
            if not more:
                batch.status = move_to(batch.status, Status.UNDONE)
                batch.undone_at = context_of(session).now
                await announce(session, batch, events.ImportUndone)
                job.result = {"undone": batch.undone, "kept": batch.kept}


async def _undo_lot(session: AsyncSession, batch: Import, job: JobRun) -> bool:
    values = {"id": batch.id, "most": LOT}
    changes = [dict(row) for row in (await session.execute(_NEXT, values)).mappings()]
    if not changes:
        return False
    undone = await _decide(session, batch, changes)
    await _save(session, batch, undone)
    seqs = [change["seq"] for change in changes]
    await session.execute(_DONE, {"id": batch.id, "seqs": seqs, "now": context_of(session).now})
    await _report(session, batch.id, undone.kept)
    batch.undone += len(undone.back)
    batch.kept += len(undone.kept)
    batch.done += len(changes)
    await job.progress(session, done=batch.done)
    await announce(session, batch, events.ImportProgressed)
    return True


async def _decide(
    session: AsyncSession, batch: Import, changes: Sequence[Mapping[str, Any]]
) -> Undone:
    ids = sorted({change["client_id"] for change in changes})
    former = [(each["client_id"], (each["before"] or {}).get("legal_name")) for each in changes]
    await hold_opportunities(session, [(id_, name) for id_, name in former if name])
    clients = await writing.load_clients(session, ids)
    people = await writing.contacts_of(session, ids)
    used = await session.execute(_IN_USE, {"ids": ids, "import_id": batch.id})
    in_use = set(used.scalars())
    undone, now = Undone(), context_of(session).now
    for change in changes:
        client = clients[change["client_id"]]
        if change["act"].startswith("client"):
            _take_back_client(undone, change, client, now, in_use=client["id"] in in_use)
        else:
            stays = client["import_id"] == batch.id and client["id"] in in_use
            if not stays:
                _take_back_person(undone, change, client, people[client["id"]], now)
    touched = {p["client_id"] for p in undone.people.values()}
    await recount(
        session,
        {id_: [p for p in people[id_] if p["archived_at"] is None] for id_ in touched},
    )
    return undone


def _take_back_client(
    undone: Undone, change: Mapping[str, Any], client: Record, now: datetime, *, in_use: bool
) -> None:
    if client["archived_at"] is not None or (change["act"] == "client_created" and in_use):
        # Archived: by hand or as part of another one, for an undo archives behind all else.
        undone.kept[change["number"]] = _called(client)
        return
    if change["act"] == "client_created":
        client["archived_at"] = now
        undone.archived[client["id"]] = client
        undone.log.append(("client", client["id"], {}, {"archived_at": now}))
    else:
        restored, edited = taken_back(client, change["before"], change["after"])
        if edited:
            undone.kept[change["number"]] = f"{client['number']} ({', '.join(sorted(edited))})"
        if not restored:
            return
        before = {name: client[name] for name in restored}
        undone.log.append(("client", client["id"], before, restored))
        client.update(restored)
        client.update(derived(client))
        undone.clients[client["id"]] = client
    undone.back.add(client["id"])


def _called(client: Record) -> str:
    return f"{client['number']} {client['legal_name']}"


def _take_back_person(
    undone: Undone,
    change: Mapping[str, Any],
    client: Record,
    people: Sequence[Record],
    now: datetime,
) -> None:
    person = next((each for each in people if each["id"] == change["contact_id"]), None)
    if person is None:  # archived, or of another client since
        undone.kept.setdefault(change["number"], _called(client))
        return
    if change["act"] == "contact_created":
        if person["version"] > 1:
            undone.kept.setdefault(change["number"], person["name"])
            return
        person["archived_at"] = now
        undone.log.append(("contact", person["id"], {}, {"archived_at": now}))
    else:
        restored, edited = taken_back(person, change["before"], change["after"])
        if edited:
            undone.kept.setdefault(change["number"], f"{person['name']} ({', '.join(edited)})")
        if not restored:
            return
        before = {name: person[name] for name in restored}
        undone.log.append(("contact", person["id"], before, restored))
        person.update(restored)
    undone.people[person["id"]] = person


async def _save(session: AsyncSession, batch: Import, undone: Undone) -> None:
    clients = undone.clients | undone.archived
    renamed = {id_ for what, id_, _, new in undone.log if what == "client" and "legal_name" in new}
    await save_clients(session, clients.values(), renamed)
    await save_people(session, undone.people.values())
    await writing.add_entries(session, "import_undone", list(clients.values()), batch.file_name)
    for kind, found in (
        (events.ClientArchived, undone.archived),
        (events.ClientChanged, {k: v for k, v in undone.clients.items()
                                if k not in undone.archived}),
    ):  # fmt: skip
        await emit_all(session, [kind(state=client_state(c)) for c in found.values()])
    gone = [p for p in undone.people.values() if p["archived_at"] is not None]
    left = [p for p in undone.people.values() if p["archived_at"] is None]
    await emit_all(session, [events.ContactArchived(state=contact_state(p)) for p in gone])
    await emit_all(session, [events.ContactChanged(state=contact_state(p)) for p in left])
    for what, id_, old, new in undone.log:
        about = [id_] if what == "contact" else []
        await audit.record(session, "import:undo", (what, id_), before=old, after=new, about=about)
    archived = {"archived": sorted(client["number"] for client in undone.archived.values())}
    await audit.record(session, "import:undo", ("import", batch.id), after=archived)


async def _report(session: AsyncSession, import_id: UUID, kept: Mapping[int, str]) -> None:
    code = "kept_as_edited"
    problems = [
        {
            "number": number,
            "place": None,
            "code": code,
            "severity": severity(code),
            "value": None,
            "sentence": sentence(code, {"other": what}),
        }
        for number, what in kept.items()
    ]
    if problems:
        await store.add_problems(session, import_id, orjson.dumps(problems).decode(), task="undo")
