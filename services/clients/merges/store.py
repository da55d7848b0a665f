"""Every statement about merges."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from services.clients.merges.tables import Merge
from services.clients.registry.tables import Client
from shared.contracts.clients import ContactState, InteractionState, OpportunityState
from shared.errors import NotFound
from shared.following import Owned
from shared.naming import named_at
from shared.writing import execute, fetch_one

OWNED: Final = (
    Owned("contacts", ContactState),
    Owned("interactions", InteractionState),
    Owned("opportunities", OpportunityState),
    Owned("own_entries", None, versioned=False),
)
"""What a client of the registry brings along."""
STAYING: Final = {
    "client_grades": "the grades that this record of the organisation had are its own",
    "import_rows": "what an import did, it did to the client that it names",
    "import_changes": "what an import did, it did to the client that it names",
    "case_refs": "a projection: the desk moves its cases and tells them anew",
    "case_entries": "a projection: follows its case",
    "engagement_refs": "a projection: engagements move theirs and tell them anew",
    "engagement_entries": "a projection: follows its engagement",
    "survey_results": "a projection: surveys move theirs and tell them anew",
    "survey_entries": "a projection: surveys move theirs and tell them anew",
    "user_refs": "a projection: the door says with whom a person is",
}
"""Tables that name a client and move nothing, and why."""
_HOLD: Final = "SELECT id FROM {table} WHERE client_id = $1 ORDER BY id FOR UPDATE"
_COUNTS: Final = (
    "SELECT (SELECT count(*) FROM contacts WHERE client_id = $1) AS contacts,"
    " (SELECT count(*) FROM interactions WHERE client_id = $1) AS interactions,"
    " (SELECT count(*) FROM opportunities WHERE client_id = $1) AS opportunities,"
    " (SELECT count(*) FROM case_refs WHERE client_id = $1) AS cases,"
    " (SELECT count(*) FROM engagement_refs WHERE client_id = $1) AS engagements,"
    " (SELECT count(*) FROM survey_results WHERE client_id = $1) AS survey_results,"
    " (SELECT count(*) FROM user_refs WHERE client_id = $1) AS accounts"
)
_TOUCH: Final = "SELECT other_touch_at FROM clients WHERE id = $1"
_JOIN_TOUCH: Final = (
    "UPDATE clients k SET other_touch_at = greatest(k.other_touch_at, s.other_touch_at)"
    " FROM clients s WHERE k.id = $1 AND s.id = $2"
)
_SET_TOUCH: Final = (
    "UPDATE clients SET other_touch_at = $3 WHERE id = $1"
    " AND other_touch_at IS NOT DISTINCT FROM $2"
)


async def lock_two(session: AsyncSession, kept_id: UUID, source_id: UUID) -> tuple[Client, Client]:
    """Both clients, locked in the order of ids, so that opposite merges take turns.

    Raises `NotFound` (404) unless both are there.
    """
    query = select(Client).where(col(Client.id).in_([kept_id, source_id]))
    rows = await session.scalars(query.order_by(col(Client.id)).with_for_update())
    found = {client.id: client for client in rows}
    return _both(found.get(kept_id), found.get(source_id))


async def read_two(session: AsyncSession, kept_id: UUID, source_id: UUID) -> tuple[Client, Client]:
    """Both clients, to look at. Raises `NotFound` (404) unless both are there."""
    return _both(await session.get(Client, kept_id), await session.get(Client, source_id))


def _both(kept: Client | None, source: Client | None) -> tuple[Client, Client]:
    if kept is None:
        raise NotFound()
    if source is None:
        with named_at("/source_id"):
            raise NotFound()
    return kept, source


async def hold_rows(session: AsyncSession, client_id: UUID) -> None:
    """Wait for whoever is just changing a row of the client: they lock it before the client."""
    for kind in OWNED:
        if kind.versioned:
            await execute(session, _HOLD.format(table=kind.table), client_id)


async def counts(session: AsyncSession, client_id: UUID) -> dict[str, int]:
    """How many rows of each kind a client would bring along."""
    row = await fetch_one(session, _COUNTS, client_id)
    assert row is not None
    return dict(row)


async def touch(session: AsyncSession, client_id: UUID) -> datetime | None:
    """When somebody last got in touch in other services, as the clocks count from."""
    row = await fetch_one(session, _TOUCH, client_id)
    assert row is not None
    at: datetime | None = row["other_touch_at"]
    return at


async def join_touch(session: AsyncSession, kept_id: UUID, source_id: UUID) -> None:
    """Count a touch with the source as one with the kept client."""
    await execute(session, _JOIN_TOUCH, kept_id, source_id)


async def set_touch(
    session: AsyncSession, client_id: UUID, joined: datetime | None, before: datetime | None
) -> None:
    """Set the touch back unless there was a later one."""
    await execute(session, _SET_TOUCH, client_id, joined, before)


async def code_holder(session: AsyncSession, client: Client) -> Client | None:
    """Another client that has the credit code of this one."""
    query = select(Client).where(
        col(Client.credit_code) == client.credit_code,
        col(Client.id) != client.id,
        col(Client.archived_at).is_(None),
    )
    found: Client | None = await session.scalar(query)
    return found


async def rows_of(session: AsyncSession, table: type[SQLModel], ids: Collection[UUID]) -> list[Any]:
    """Rows as they are now, in the order of ids."""
    key: Any = col(table.id)  # type: ignore[attr-defined]
    query = select(table).where(key.in_(ids)).order_by(key)
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def latest_merge(session: AsyncSession, *clients: UUID) -> UUID | None:
    """The last merge that any of the clients had a part in, undone or not."""
    query = (
        select(col(Merge.id))
        .where(col(Merge.kept_id).in_(clients) | col(Merge.source_id).in_(clients))
        .order_by(col(Merge.id).desc())
        .limit(1)
    )
    found: UUID | None = await session.scalar(query)
    return found


async def standing_merge(session: AsyncSession, source_id: UUID) -> Merge | None:
    """The merge that a client went by, where it was not undone."""
    query = select(Merge).where(col(Merge.source_id) == source_id, col(Merge.split_at).is_(None))
    found: Merge | None = await session.scalar(query.with_for_update())
    return found


async def later_source(session: AsyncSession, kept_id: UUID, merge_id: UUID) -> Client | None:
    """The last client that was merged into one after this merge, and still is part of it."""
    query = (
        select(Client)
        .join(Merge, col(Merge.source_id) == col(Client.id))
        .where(
            col(Merge.kept_id) == kept_id,
            col(Merge.id) > merge_id,
            col(Merge.split_at).is_(None),
        )
        .order_by(col(Merge.id).desc())
        .limit(1)
    )
    found: Client | None = await session.scalar(query)
    return found
