"""Bulk changes: chosen at once, written in lots that a crash does not undo or repeat."""

from contextlib import aclosing
from itertools import islice
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.refs.store import owner_name
from services.clients.registry import store
from services.clients.registry.actions import announce
from services.clients.registry.readings import CLIENTS
from services.clients.registry.schemas import BulkChange, BulkIn
from services.clients.registry.tables import Client
from shared.background import JobRun, enqueue
from shared.contracts import clients as events
from shared.database import Database
from shared.errors import Field, Unprocessable
from shared.identity import Actor
from shared.reading.exports import stream_listing

LOT: Final = 100
MOST: Final = 100_000
KIND: Final = "clients.bulk"
_OWNER: Final = "/change/owner_id"


class TooManyChosen(Unprocessable):
    """More clients match than one change takes."""

    code = "too_many_chosen"
    place = "/filter"
    title = {"en": "Too many clients at once", "zh": "一次选择的客户过多"}
    text = {
        "en": f"One change takes at most {MOST:,} clients; narrow the filter. Nothing was changed.",
        "zh": f"一次最多更改 {MOST:,} 个客户,请缩小筛选范围。尚未更改任何客户。",
    }


class ArchivedChosen(Unprocessable):
    """The filter matches archived clients."""

    code = "archived_chosen"
    place = "/filter"
    title = {"en": "Archived clients do not change", "zh": "已归档的客户不能更改"}
    text = {
        "en": "The filter matches archived clients; restore them first. Nothing was changed.",
        "zh": "筛选结果包含已归档的客户，请先恢复。尚未更改任何客户。",
    }


async def chosen_ids(database: Database, actor: Actor, body: BulkIn) -> list[UUID]:
    """The clients a bulk change is for: those named, or all that match the list's filter.

    Raises `BadRequest` (400) for an unknown filter, 422 when neither or both are given,
    `ArchivedChosen` and `TooManyChosen` (422).
    """
    if (body.ids is None) == (body.filter is None):
        raise Unprocessable(
            errors=[Field("/ids", en="give ids or a filter", zh="请提供 ids 或 filter 之一")]
        )
    if body.ids is not None:
        return list(dict.fromkeys(body.ids))
    query = quote((body.filter or "").lstrip("?"), safe="=&%,.+-_~:")
    question = f"{query}&fields=id,archived_at".lstrip("&").encode()
    rows = stream_listing(CLIENTS, database, actor, question)
    chosen: list[UUID] = []
    async with aclosing(rows):
        async for row in rows:
            if row["archived_at"] is not None:
                raise ArchivedChosen()
            if len(chosen) == MOST:
                raise TooManyChosen()
            chosen.append(UUID(row["id"]))
    return chosen


async def enqueue_bulk(session: AsyncSession, ids: list[UUID], change: BulkChange) -> UUID:
    """Queue the change; answers the job's id. Raises 422 for an empty change or owner."""
    if change.owner_id is None and not change.add_tags and not change.remove_tags:
        raise Unprocessable(errors=[Field("/change", en="changes nothing", zh="没有更改内容")])
    if change.owner_id is not None:
        await owner_name(session, change.owner_id, _OWNER)
    payload = {"ids": [str(each) for each in ids], "change": change.model_dump(mode="json")}
    return await enqueue(session, KIND, payload, total=len(ids))


async def change_many(job: JobRun) -> None:
    """The job: one transaction per lot. Emits `ClientChanged` for each client that changed.

    Its result counts the clients `changed`, `unchanged`, and `not_found`: unknown or archived.
    """
    change = BulkChange.model_validate(job.payload["change"])
    ids = iter(job.payload["ids"][job.checkpoint.get("done", 0) :])
    done = job.checkpoint.get("done", 0)
    changed = job.checkpoint.get("changed", 0)
    not_found = job.checkpoint.get("not_found", 0)
    while lot := list(islice(ids, LOT)):
        async with job.step() as session:
            clients = await store.lock_clients(session, [UUID(each) for each in lot])
            owner = await owner_name(session, change.owner_id, _OWNER) if change.owner_id else None
            for client in clients:
                changed += await _change_one(session, client, change, owner)
            done += len(lot)
            not_found += len(lot) - len(clients)
            checkpoint = {"done": done, "changed": changed, "not_found": not_found}
            await job.progress(session, done=done, checkpoint=checkpoint)
    unchanged = done - changed - not_found
    job.result = {"changed": changed, "unchanged": unchanged, "not_found": not_found}


async def _change_one(
    session: AsyncSession, client: Client, change: BulkChange, owner_name: str | None
) -> bool:
    before: dict[str, Any] = client.model_dump(mode="json")
    if change.owner_id is not None and change.owner_id != client.owner_id:
        client.owner_id = change.owner_id
        client.owner_name = owner_name
    kept = [tag for tag in client.tags if tag not in change.remove_tags]
    tags = list(dict.fromkeys([*kept, *change.add_tags]))
    if tags != client.tags:
        client.tags = tags
    if client.model_dump(mode="json") == before:
        return False
    await announce(session, client, events.ClientChanged, "client:bulk", before=before)
    return True
