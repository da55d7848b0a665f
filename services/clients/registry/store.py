"""Every statement about clients."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.clients.registry.rules import ClientMerged, client_number, spoken_code
from services.clients.registry.tables import Client
from services.clients.way import WAY
from shared.contracts.clients import ClientState
from shared.errors import NotFound
from shared.naming import named_at
from shared.text import search_vector_lexemes
from shared.writing import RowKind, append, execute, fetch_one

_TOLD: Final = ClientState.model_fields.keys() - {"visibility"}
_NEXT_NUMBER: Final = "SELECT nextval('client_numbers') AS number"
_COLUMNS: Final = ", ".join((*Client.model_fields, "own_words"))
_CLIENTS: Final = RowKind(
    f"INSERT INTO clients ({_COLUMNS}) SELECT {_COLUMNS}"
    " FROM json_populate_recordset(NULL::clients, {rows})"
)
_KEPT: Final = (
    WAY.format(key="id = $1")
    + " SELECT c.id, c.number, c.legal_name FROM way JOIN clients c USING (id)"
    " WHERE way.merged_into_id IS NULL"
)
_SET_WORDS: Final = "UPDATE clients SET own_words = array_to_tsvector($2::text[]) WHERE id = $1"
_HOLD_RENAMED: Final = text(
    "SELECT 1 FROM opportunities o"
    " JOIN jsonb_to_recordset(CAST(:named AS jsonb)) AS n (id uuid, name text)"
    " ON n.id = o.client_id JOIN clients c ON c.id = n.id AND c.legal_name <> n.name"
    " ORDER BY o.id FOR UPDATE OF o"
)
_OPPORTUNITIES: Final = text(
    "SELECT id, client_id, number, title FROM opportunities"
    " WHERE client_id = ANY(CAST(:clients AS uuid[])) ORDER BY id FOR UPDATE"
)
_SET_OPPORTUNITY_WORDS: Final = text(
    "UPDATE opportunities o SET search = array_to_tsvector("
    "ARRAY(SELECT jsonb_array_elements_text(n.words)))"
    " FROM jsonb_to_recordset(CAST(:found AS jsonb)) AS n (id uuid, words jsonb)"
    " WHERE o.id = n.id"
)
_SET_CONTACT_WORDS: Final = text(
    "UPDATE clients SET contacts_count = n.count,"
    " contact_words = array_to_tsvector(CAST(:words AS text[])) FROM"
    " (SELECT count(*) FROM contacts WHERE client_id = :id AND archived_at IS NULL) n"
    " WHERE id = :id"
)
_CONTACT_NAMES: Final = text(
    "(SELECT name FROM contacts WHERE client_id = :id AND archived_at IS NULL ORDER BY name"
    " LIMIT 200) UNION ALL (WITH RECURSIVE part AS (SELECT id, number FROM clients"
    " WHERE merged_into_id = :id UNION ALL SELECT c.id, c.number FROM clients c"
    " JOIN part p ON c.merged_into_id = p.id) SELECT number FROM part)"
)


async def next_number(session: AsyncSession) -> str:
    """The next client number; a rolled back transaction leaves a gap."""
    row = await fetch_one(session, _NEXT_NUMBER)
    assert row is not None
    return client_number(row["number"])


async def lock_client(session: AsyncSession, client_id: UUID) -> Client:
    """The client, locked for this transaction.

    Raises `NotFound` (404), `ClientMerged` (409) naming the one that it became part of.
    """
    query = select(Client).where(col(Client.id) == client_id).with_for_update()
    client = (await session.execute(query)).scalar_one_or_none()
    if client is None:
        raise NotFound()
    await require_standing(session, client)
    return client


async def lock_named_client(session: AsyncSession, client_id: UUID) -> Client:
    """As `lock_client`; a refusal says that the body names the client, as `client_id`."""
    with named_at("/client_id"):
        return await lock_client(session, client_id)


async def require_standing(session: AsyncSession, client: Client) -> None:
    """Raise `ClientMerged` (409) for a client that became part of another."""
    if client.merged_into_id is not None:
        kept = await fetch_one(session, _KEPT, client.id)
        assert kept is not None
        raise ClientMerged(kept["id"], kept["number"], kept["legal_name"])


async def lock_clients(
    session: AsyncSession, ids: Sequence[UUID], *, archived: bool = False
) -> list[Client]:
    """Those of the clients that are there, locked in id order; with `archived` those too."""
    query = select(Client).where(col(Client.id).in_(ids))
    if not archived:
        query = query.where(col(Client.archived_at).is_(None))
    rows = await session.execute(query.order_by(col(Client.id)).with_for_update())
    return list(rows.scalars())


def words_of(client: Client) -> list[str]:
    """The lexemes a client is found by."""
    return search_vector_lexemes(
        client.number,
        client.legal_name,
        client.short_name,
        *client.aliases,
        body=spoken_code(client.credit_code),
    )


def add_client(session: AsyncSession, client: Client) -> None:
    """Write a new client, findable, with the other rows of its transaction."""
    words = " ".join(words_of(client))
    append(session, _CLIENTS, {**client.model_dump(mode="json"), "own_words": words})


async def reindex(session: AsyncSession, client: Client) -> None:
    """Find the client by the names it has now."""
    await session.flush()
    await execute(session, _SET_WORDS, client.id, words_of(client))


async def hold_opportunities(session: AsyncSession, names: Iterable[tuple[UUID, str]]) -> None:
    """Wait for whoever is just changing what clients that get other names may buy.

    They lock it before the client: so does who is going to `rename` one.
    """
    named = [{"id": str(id_), "name": name} for id_, name in names]
    await session.execute(_HOLD_RENAMED, {"named": orjson.dumps(named).decode()})


async def rename(session: AsyncSession, names: Mapping[UUID, str]) -> None:
    """Find what clients may buy by their new names; held before the clients were."""
    if not names:
        return
    rows = await session.execute(_OPPORTUNITIES, {"clients": list(names)})
    found = [
        {"id": str(row.id), "words": opportunity_words(row.number, row.title, names[row.client_id])}
        for row in rows
    ]
    await session.execute(_SET_OPPORTUNITY_WORDS, {"found": orjson.dumps(found).decode()})


def opportunity_words(number: str, title: str, client_name: str) -> list[str]:
    """The lexemes that what a client may buy is found by."""
    return search_vector_lexemes(number, title, client_name)


async def reindex_contacts(session: AsyncSession, client_id: UUID) -> None:
    """Find the client by its people's names and the numbers it had elsewhere; count the people."""
    names = (await session.execute(_CONTACT_NAMES, {"id": client_id})).scalars().all()
    words = search_vector_lexemes(*names)
    await session.execute(_SET_CONTACT_WORDS, {"id": client_id, "words": words})


def state_of(client: Mapping[str, Any]) -> ClientState:
    """The public state of a client, from its columns: all that it tells must be there."""
    return ClientState(**{name: client[name] for name in _TOLD})
