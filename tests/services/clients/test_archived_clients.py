"""An archived client rests: it left the lists, nothing of it changes, no work for it goes on."""

from __future__ import annotations

from typing import Any

import pytest

from services.clients.registry.readings import CLIENTS
from shared.database import Database
from tests.services.clients.conftest import Registry
from tests.services.clients.told import engagement, tell
from tests.support.plans import nodes, plan


async def test_an_archived_client_leaves_the_list_and_comes_back(registry: Registry) -> None:
    client = await registry.client()
    path = f"/clients/{client['id']}"
    await registry.call(registry.manager, "DELETE", path, status=204)
    assert (await registry.get("/clients"))["items"] == []
    assert len((await registry.get("/clients?archived=true"))["items"]) == 1
    await registry.post(f"{path}/stage", {"stage": "qualified"}, status=409)
    await registry.post(f"{path}/restore")
    assert len((await registry.get("/clients"))["items"]) == 1


@pytest.mark.parametrize("archived", ["", "&archived=true"])
@pytest.mark.parametrize("question", ["sort=-updated_at", "sort=next_due_on", "q=hx"])
async def test_clients_at_work_are_read_apart_from_the_many_that_an_undo_archived(
    registry: Registry, question: str, archived: str
) -> None:
    """No row is read to find that it is archived, or that it is not."""
    database = Database(registry.dsns, pool_size=1)
    await database.open()
    async with database.read(registry.manager, exclusions=True) as read, read.transaction():
        await read.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        found = await plan(CLIENTS, read, registry.manager, f"{question}{archived}".encode())
    await database.close()
    used = {node["Index Name"] for node in nodes(found) if "Index Name" in node}
    judged = [str(node.get("Filter")) for node in nodes(found)]
    assert all(name.endswith("_archived") == bool(archived) for name in used if "_by_" in name)
    assert not [each for each in judged if "archived_at" in each], used


async def records(registry: Registry, client: dict[str, Any]) -> dict[str, str]:
    """An opportunity, a contact, an old interaction and a fresh one of the client: their paths."""
    client_id = client["id"]
    touch = {"client_id": client_id, "kind": "call", "summary": "了解年度计划"}
    touch["occurred_at"] = registry.clock.now.isoformat()
    old = await registry.post("/interactions", touch, status=201)
    registry.clock.forward(days=2)
    fresh = await registry.post("/interactions", touch, status=201)
    person = {"client_id": client_id, "name": "马娟"}
    contact = await registry.post("/contacts", person, status=201)
    wanted = {"client_id": client_id, "title": "流程优化"}
    opportunity = await registry.post("/opportunities", wanted, status=201)
    return {
        "opportunity": f"/opportunities/{opportunity['id']}",
        "contact": f"/contacts/{contact['id']}",
        "old": f"/interactions/{old['id']}",
        "fresh": f"/interactions/{fresh['id']}",
    }


async def test_nothing_of_an_archived_client_changes_until_it_is_restored(
    registry: Registry,
) -> None:
    client = await registry.client()
    path = f"/clients/{client['id']}"
    of = await records(registry, client)
    touch = {"client_id": client["id"], "kind": "call", "summary": "x"}
    touch["occurred_at"] = registry.clock.now.isoformat()
    acts: list[tuple[str, str, Any]] = [
        ("POST", f"{of['opportunity']}/move", {"stage": "won"}),
        ("PATCH", of["opportunity"], {"title": "x"}),
        ("PATCH", of["contact"], {"name": "x"}),
        ("DELETE", of["contact"], None),
        ("POST", "/interactions", touch),
        ("PATCH", of["fresh"], {"summary": "x"}),
        ("POST", f"{of['old']}/amend", {"summary": "x", "reason": "y"}),
    ]
    await registry.call(registry.manager, "DELETE", path, status=204)
    told = await registry.events()
    match = {"If-Match": '"1"'}
    for method, where, body in acts:
        refused = await registry.call(
            registry.manager, method, where, body, headers=match, status=409
        )
        assert refused.json()["code"] == "client_archived", (method, where)
    assert await registry.events() == told
    for where in of.values():
        assert (await registry.get(where))["can"] == [], where
    await registry.post(f"{path}/restore")
    await registry.post(f"{of['opportunity']}/move", {"stage": "won"})


@pytest.mark.parametrize("status", ["draft", "proposed", "active", "on_hold", "closing"])
async def test_a_client_the_firm_works_for_is_not_archived(registry: Registry, status: str) -> None:
    client = await registry.client()
    work = engagement(registry, client["id"]).model_copy(update={"status": status})
    await tell(registry, work)
    path = f"/clients/{client['id']}"
    answer = await registry.call(registry.manager, "DELETE", path, status=409)
    refused = answer.json()
    assert refused["code"] == "client_in_service"
    assert refused["engagements"] == [
        {"id": str(work.id), "number": "E-2026-001", "title": "流程优化"}
    ]
    assert "E-2026-001" in refused["detail"]
    assert (await registry.get(path))["archived_at"] is None


@pytest.mark.parametrize("status", ["closed", "cancelled"])
async def test_a_client_whose_work_is_over_is_archived(registry: Registry, status: str) -> None:
    client = await registry.client()
    work = engagement(registry, client["id"]).model_copy(update={"status": status})
    await tell(registry, work)
    path = f"/clients/{client['id']}"
    await registry.call(registry.manager, "DELETE", path, status=204)
    assert (await registry.get(path))["archived_at"] is not None
