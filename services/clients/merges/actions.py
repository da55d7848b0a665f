"""Making one client of two, and two of one again."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.cadence.store import refresh_clocks
from services.clients.duplicates.store import take_turns
from services.clients.merges import rules, store, telling
from services.clients.merges.tables import Merge
from services.clients.registry.actions import announce, marks_of, require_live
from services.clients.registry.rules import derived
from services.clients.registry.store import reindex_contacts, require_standing
from services.clients.registry.tables import Client
from services.clients.timeline.store import note
from shared.contracts import clients as events
from shared.database import context_of
from shared.following import give_back, move
from shared.ids import new_id

_DATES: Final = ("first_contact_on", "graded_on")
_TOUCH: Final = "other_touch_at"
_COUNTED: Final = frozenset({_TOUCH, "last_contact_at"})
"""What a merge remembers besides columns it takes over; merges of before remembered the last
contact too, which is counted anew."""


async def preview_merge(session: AsyncSession, kept_id: UUID, source_id: UUID) -> dict[str, Any]:
    """What a merge would do. Raises as `merge_clients` does; writes nothing."""
    _refuse_itself(kept_id, source_id)
    kept, source = await store.read_two(session, kept_id, source_id)
    await _require_two(session, kept, source)
    return {
        "kept": kept,
        "source": source,
        "fields": rules.compare(kept.model_dump(), source.model_dump()),
        "moves": await store.counts(session, source_id),
    }


async def merge_clients(
    session: AsyncSession, kept_id: UUID, source_id: UUID, zone: ZoneInfo
) -> None:
    """Let a client become part of another one, with all that belongs to it.

    What the kept one does not know it learns from the source. Clocks count anew, in days of `zone`.
    Raises `SameClient` (422), `NotFound` (404), `ClientMerged`, `ClientArchived`, `AlreadyMerged`,
    `CodeOfAnother` (409). Emits `ClientMerged`, `ClientChanged`, and a change of each contact,
    contact record and opportunity that moves.
    """
    _refuse_itself(kept_id, source_id)
    await store.hold_rows(session, source_id)
    kept, source = await store.lock_two(session, kept_id, source_id)
    await _require_two(session, kept, source)
    merge_id = rules.rising(new_id(), await store.latest_merge(session, kept_id, source_id))
    before = {each.id: each.model_dump(mode="json") for each in (kept, source)}
    taken = rules.taken_over(kept.model_dump(), source.model_dump())
    touched = await store.touch(session, kept_id)
    merge = _merge(session, merge_id, kept, source)
    source.merged_into_id, source.merge_id = kept_id, merge_id
    source.archived_at = source.archived_at or context_of(session).now
    await session.flush()  # its credit code is free before the kept client has it
    _set(kept, taken)
    session.add(merge)
    await session.flush()
    await store.join_touch(session, kept_id, source_id)
    joined = await store.touch(session, kept_id)
    merge.before = _told(before[kept_id], taken) | {_TOUCH: _as_json(touched)}
    merge.after = _told(kept.model_dump(mode="json"), taken) | {_TOUCH: _as_json(joined)}
    moved = await move(session, store.OWNED, source_id, kept_id, merge_id)
    await _count_anew(session, kept, source, zone)
    await telling.tell_moved(session, moved, kept)
    await _note(session, kept, "merged", source)
    await announce(session, source, events.ClientMerged, "client:merge", before=before[source_id])
    await announce(session, kept, events.ClientChanged, "client:merge", before=before[kept_id])


async def split_client(
    session: AsyncSession, kept_id: UUID, source_id: UUID, reason: str, zone: ZoneInfo
) -> None:
    """Undo the last merge into a client: the source is itself again, with what it brought.

    What nobody changed since is set back, rows written for the kept client since stay. Raises
    `NotFound` (404), `ClientMerged`, `NotMergedHere`, `LaterMerge`, `CodeInUse` (409). Emits
    `ClientSplit`, `ClientChanged`, and a change of each row that goes back.
    """
    await store.hold_rows(session, kept_id)
    kept, source = await store.lock_two(session, kept_id, source_id)
    await require_standing(session, kept)
    merge = await _require_merge(session, kept, source)
    before = {each.id: each.model_dump(mode="json") for each in (kept, source)}
    await _set_back(session, kept, merge)
    if merge.source_archived_at is None:
        await _require_code(session, source)
    source.merged_into_id = source.merge_id = None
    source.archived_at = merge.source_archived_at
    merge.split_at = context_of(session).now
    await session.flush()
    moved = await give_back(session, store.OWNED, merge.id, source_id)
    await _count_anew(session, kept, source, zone)
    await telling.tell_moved(session, moved, source)
    await _note(session, kept, "split", source, reason=reason)
    await _note(session, source, "itself_again", kept, reason=reason)
    for client, event in ((source, events.ClientSplit), (kept, events.ClientChanged)):
        await announce(
            session, client, event, "client:split", before=before[client.id], reason=reason
        )


def _refuse_itself(kept_id: UUID, source_id: UUID) -> None:
    if kept_id == source_id:
        raise rules.SameClient()


async def _require_two(session: AsyncSession, kept: Client, source: Client) -> None:
    await require_standing(session, kept)
    require_live(kept)
    if source.merged_into_id is not None:
        into = await session.get_one(Client, source.merged_into_id)
        raise rules.AlreadyMerged(source=source.number, number=into.number, name=into.legal_name)
    await _require_learnt_code(session, kept, source)


async def _require_merge(session: AsyncSession, kept: Client, source: Client) -> Merge:
    merge = await store.standing_merge(session, source.id)
    if merge is None or merge.kept_id != kept.id:
        raise rules.NotMergedHere(source=source.number, number=kept.number)
    later = await store.later_source(session, kept.id, merge.id)
    if later is not None:
        raise rules.LaterMerge(number=later.number, name=later.legal_name)
    return merge


async def _require_code(
    session: AsyncSession, source: Client, refusal: type[rules.CodeInUse] = rules.CodeInUse
) -> None:
    if source.credit_code is None:
        return
    await take_turns(session, marks_of(source))  # whoever registers the code just now comes first
    holder = await store.code_holder(session, source)
    if holder is not None:
        raise refusal(number=holder.number, name=holder.legal_name, credit_code=source.credit_code)


async def _require_learnt_code(session: AsyncSession, kept: Client, source: Client) -> None:
    """Of an archived source the code may be another's by now."""
    if kept.credit_code is None and source.archived_at is not None:
        await _require_code(session, source, rules.CodeOfAnother)


def _merge(session: AsyncSession, merge_id: UUID, kept: Client, source: Client) -> Merge:
    return Merge(
        id=merge_id,
        source_id=source.id,
        kept_id=kept.id,
        before={},
        after={},
        source_archived_at=source.archived_at,
        merged_at=context_of(session).now,
    )


def _set(client: Client, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(client, name, value)
    for name, value in derived(client.model_dump()).items():
        setattr(client, name, value)


async def _set_back(session: AsyncSession, kept: Client, merge: Merge) -> None:
    """Take back what the kept client learnt, where nobody changed it since."""
    before = {name: merge.before[name] for name in merge.before.keys() - _COUNTED}
    columns = rules.given_back(kept.model_dump(mode="json"), before, merge.after)
    for name in columns.keys() & set(_DATES):
        columns[name] = None  # dates are only ever learnt where there was none
    if "owner_id" in columns:
        columns["owner_id"] = columns["owner_name"] = None  # so is an owner
    _set(kept, columns)
    await session.flush()
    joined, old = (_moment(each[_TOUCH]) for each in (merge.after, merge.before))
    await store.set_touch(session, kept.id, joined, old)


async def _count_anew(session: AsyncSession, kept: Client, source: Client, zone: ZoneInfo) -> None:
    for client in (kept, source):
        await reindex_contacts(session, client.id)
        await refresh_clocks(session, client.id, zone.key)
        await session.refresh(client)


async def _note(
    session: AsyncSession, client: Client, kind: str, other: Client, **params: Any
) -> None:
    await note(
        session,
        client.id,
        source="client",
        kind=kind,
        record_id=client.id,
        title=other.legal_name,
        name=other.legal_name,
        number=other.number,
        **params,
    )


def _told(record: dict[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    """The columns as a merge remembers them: an owner by id alone, so that an erasure holds."""
    return {name: record[name] for name in columns if name != "owner_name"}


def _as_json(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(told: str | None) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told)
