"""A client gets another name: what it may buy is found by that, and nobody waits in a ring."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from services.clients.opportunities.store import lock_opportunity
from services.clients.registry.store import lock_client
from tests.services.clients.conftest import CODE, Registry
from tests.services.clients.importing import HEADINGS, HUAXIN, analysed, applied, table, undone
from tests.shared.events.world import until

NEW = "远大重工集团"
RENAMED = table(HEADINGS, (NEW, *HUAXIN[1:]))
WAITING = (
    "SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
    " WHERE NOT l.granted AND a.datname = current_database()"
)


async def known(registry: Registry) -> tuple[dict[str, Any], dict[str, Any]]:
    """A client and what it may buy."""
    client = await registry.client(credit_code=CODE)
    body = {"client_id": client["id"], "title": "精益二期"}
    return client, await registry.post("/opportunities", body, status=201)


async def by_hand(registry: Registry, client: dict[str, Any]) -> None:
    """Rename a client as its page does."""
    read = {"If-Match": f'"{client["version"]}"'}
    path, body = f"/clients/{client['id']}", {"legal_name": NEW}
    await registry.call(registry.manager, "PATCH", path, body, headers=read, status=200)


async def by_import(registry: Registry, _: dict[str, Any]) -> None:
    """Rename a client by a row with its credit code."""
    batch = await analysed(registry, RENAMED)
    done = await applied(registry, batch["id"], mode="update_only")
    assert done["counts"]["updated"] == 1


async def by_undoing(registry: Registry, _: dict[str, Any]) -> None:
    """Give a client the name back that it had before an import."""
    (batch,) = (await registry.get("/imports"))["items"]
    await undone(registry, batch["id"])


@pytest.mark.parametrize("rename", [by_hand, by_import, by_undoing])
async def test_who_changes_what_a_client_may_buy_and_who_renames_it_take_turns(
    registry: Registry, rename: Any
) -> None:
    client, chance = await known(registry)
    if rename is by_undoing:
        await by_import(registry, client)
    database = registry.app.state.runtime.database

    async def waits() -> bool:
        return bool(await registry.rows(WAITING))

    async with database.transaction(registry.manager, now=registry.clock()) as session:
        await lock_opportunity(session, UUID(chance["id"]))
        renaming = asyncio.create_task(rename(registry, client))
        await until(waits, within=20)
        await lock_client(session, UUID(client["id"]))  # no DeadlockDetected
    await renaming
    name = "华信科技" if rename is by_undoing else NEW
    former = NEW if rename is by_undoing else "华信科技"
    for query, ids in ((name, [chance["id"]]), ("精益二期", [chance["id"]]), (former, [])):
        found = await registry.get(f"/opportunities?q={query}")
        assert [each["id"] for each in found["items"]] == ids, query


async def test_an_import_of_telephone_numbers_writes_no_opportunity(registry: Registry) -> None:
    await known(registry)
    written = "SELECT xmin, xmax FROM opportunities"
    before = await registry.rows(written)
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    done = await applied(registry, batch["id"], mode="update_only")
    assert done["counts"]["updated"] == 1
    await undone(registry, batch["id"])
    assert await registry.rows(written) == before
