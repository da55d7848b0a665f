"""Who is erased leaves no name in the registry, and owns nothing there any more."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from services.clients.parting import part
from services.clients.personal import PERSONAL
from shared.privacy import ErasureLedger, erase_person
from tests.services.clients.conftest import Registry

TABLES = ("clients", "opportunities", "interactions", "own_entries", "audit", "outbox")


@pytest.mark.parametrize("archived", [False, True])
async def test_what_an_erased_owner_held_has_none_and_names_nobody(
    registry: Registry, tmp_path: Path, archived: bool
) -> None:
    manager = registry.manager
    client = await registry.client(owner_id=str(manager.user_id))
    assert client["owner"]["name"] == manager.name
    titled = {"client_id": client["id"], "title": "精益二期"}
    chance = await registry.post("/opportunities", titled, status=201)
    assert chance["owner"]["name"] == manager.name
    body = {
        "client_id": client["id"],
        "kind": "call",
        "occurred_at": registry.clock.now.isoformat(),
        "summary": "了解年度计划",
    }
    await registry.post("/interactions", body, status=201)
    if archived:
        await registry.call(registry.admin, "DELETE", f"/clients/{client['id']}", status=204)
    ledger = ErasureLedger(tmp_path / "erased")
    for _ in range(2):
        async with registry.app.state.runtime.database.worker_session() as session:
            await erase_person(
                session, manager.user_id, PERSONAL, ledger, reason="left", parting=part
            )
    for path in (f"/clients/{client['id']}", f"/opportunities/{chance['id']}"):
        left = (await registry.call(registry.admin, "GET", path, status=200)).json()
        assert left["owner"] is None
    for table in TABLES:
        held = await registry.rows(
            f"SELECT 1 FROM {table} AS t WHERE t::text LIKE $1", f"%{manager.name}%"
        )
        assert held == [], table


async def test_who_is_erased_after_a_merge_is_named_under_neither_client(
    registry: Registry, tmp_path: Path
) -> None:
    manager = registry.manager
    kept = await registry.client("华信科技有限公司")
    source = await registry.client("宁波恒远股份有限公司", owner_id=str(manager.user_id))
    merge = {"source_id": source["id"]}
    merged = await registry.post(f"/clients/{kept['id']}/merge", merge)
    assert merged["owner"]["name"] == manager.name
    ledger = ErasureLedger(tmp_path / "erased")
    async with registry.app.state.runtime.database.worker_session() as session:
        await erase_person(session, manager.user_id, PERSONAL, ledger, reason="left", parting=part)
    for table in (*TABLES, "merged_rows", "client_merges"):
        held = await registry.rows(
            f"SELECT 1 FROM {table} AS t WHERE t::text LIKE $1", f"%{manager.name}%"
        )
        assert held == [], table


async def erased_contact(registry: Registry, tmp_path: Path) -> None:
    """A contact person, in a contact record with an addition, and erased since."""
    client = await registry.client()
    about = {"client_id": client["id"]}
    person = await registry.post(
        "/contacts", about | {"name": "王建平", "mobile": "13800000001"}, status=201
    )
    touch = {"kind": "call", "occurred_at": "2026-11-23T01:00:00Z", "summary": "王建平来电"}
    record = await registry.post(
        "/interactions", about | touch | {"contact_ids": [person["id"]]}, status=201
    )
    registry.clock.forward(hours=25)
    addition = {"summary": "王建平将离职", "reason": "王建平补充"}
    await registry.post(f"/interactions/{record['id']}/amend", addition)
    ledger = ErasureLedger(tmp_path / "erased")
    for _ in range(2):
        async with registry.app.state.runtime.database.worker_session() as session:
            await erase_person(
                session, UUID(person["id"]), PERSONAL, ledger, reason="asked", parting=part
            )


async def test_nothing_is_found_by_an_erased_contact_person(
    registry: Registry, tmp_path: Path
) -> None:
    await erased_contact(registry, tmp_path)
    for question in ("/contacts?q=王建平", "/contacts?q=13800000001", "/clients?q=wangjianping"):
        assert (await registry.get(question))["items"] == [], question
    for table in ("contacts", "clients"):
        held = await registry.rows(f"SELECT 1 FROM {table} t WHERE t::text LIKE '%王建平%'")
        assert held == [], table
    assert await registry.rows("SELECT 1 FROM contacts WHERE search <> ''") == []


async def test_what_was_added_to_a_record_of_an_erased_contact_person_is_gone(
    registry: Registry, tmp_path: Path
) -> None:
    await erased_contact(registry, tmp_path)
    for table in ("interactions", "interaction_amendments", "own_entries"):
        held = await registry.rows(f"SELECT 1 FROM {table} t WHERE t::text LIKE '%王建平%'")
        assert held == [], table
