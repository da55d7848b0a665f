"""Taking an import back: what goes, and what stays because somebody edited or used it since."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from services.clients.imports import undoing
from shared.contracts.gateway import UserState
from shared.ids import new_id
from tests.services.clients.conftest import CODE, OTHER_CODE, Registry
from tests.services.clients.importing import (
    HEADINGS,
    HUAXIN,
    analysed,
    applied,
    everything,
    only,
    reasons,
    table,
    the_client,
    undone,
)
from tests.services.clients.told import engagement, tell


async def edit(registry: Registry, client: dict[str, Any], **fields: Any) -> None:
    """Change a client by hand."""
    match = {"If-Match": f'"{client["version"]}"'}
    path = f"/clients/{client['id']}"
    await registry.call(registry.manager, "PATCH", path, fields, headers=match, status=200)


async def test_undo_takes_back_what_was_created(registry: Registry) -> None:
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    await applied(registry, batch["id"])
    back = await undone(registry, batch["id"])
    assert (back["status"], back["counts"]["undone"], back["counts"]["kept"]) == ("undone", 1, 0)
    assert await everything(registry, "/clients") == []
    assert await everything(registry, "/contacts") == []
    types = await registry.events()
    assert types.count("clients.client.archived.v1") == 1
    assert types.count("clients.contact.archived.v1") == 1
    again = await analysed(registry, table(HEADINGS, HUAXIN))
    assert (await applied(registry, again["id"]))["counts"]["created"] == 1


async def test_undo_gives_updated_clients_their_values_back(registry: Registry) -> None:
    before = await registry.client(credit_code=CODE, city="广州市", notes="旧", tags=["重点"])
    await registry.post(
        "/contacts",
        {"client_id": before["id"], "name": "王建平", "mobile": "13900000009"},
        status=201,
    )
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    await applied(registry, batch["id"], mode="upsert")
    changed = await the_client(registry)
    assert (changed["city"], changed["notes"]) == ("深圳市", "老客户")
    back = await undone(registry, batch["id"])
    assert back["counts"]["kept"] == 0
    after = await the_client(registry)
    same = ("legal_name", "city", "notes", "tags", "phone", "contacts_count")
    assert {name: after[name] for name in same} == {
        **{name: before[name] for name in same},
        "contacts_count": 1,
    }
    person = only((await registry.get(f"/contacts?client_id={before['id']}"))["items"])
    assert person["mobile"] == "13900000009"
    assert await everything(registry, "/clients?q=13800000001") == []


async def test_undo_protects_and_reports_what_was_edited_since(registry: Registry) -> None:
    await registry.client(credit_code=CODE, city="广州市", notes="旧")
    made = ("恒达物流有限公司", OTHER_CODE, "成都市", "", "", "李慧", "", "")
    batch = await analysed(registry, table(HEADINGS, HUAXIN, made))
    await applied(registry, batch["id"], mode="upsert")
    await edit(registry, await the_client(registry), city="珠海市")
    await edit(registry, await the_client(registry, OTHER_CODE), notes="重要")
    back = await undone(registry, batch["id"])
    assert (back["counts"]["undone"], back["counts"]["kept"]) == (1, 2)
    client = await the_client(registry)
    assert (client["city"], client["notes"]) == ("珠海市", "旧")
    kept = await the_client(registry, OTHER_CODE)
    assert (kept["notes"], kept["contacts_count"]) == ("重要", 1)
    found = await reasons(registry, batch["id"])
    assert found[2][-1] == found[3][-1] == "kept_as_edited"


async def test_a_client_that_is_used_while_an_import_is_undone_keeps_its_people(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_back, lots = undoing._undo_lot, count()

    async def use_the_rest_and_take_back(*values: Any) -> bool:
        if next(lots):
            use = "UPDATE clients SET version = version + 1 WHERE archived_at IS NULL"
            await registry.rows(use)
        return await take_back(*values)

    rows = [(f"华信{word}有限公司", "", "", "", "", f"王{word}", "", "") for word in "甲乙丙丁"]
    batch = await analysed(registry, table(HEADINGS, *rows))
    await applied(registry, batch["id"], mode="create", similar="create")
    monkeypatch.setattr(undoing, "LOT", 3)
    monkeypatch.setattr(undoing, "_undo_lot", use_the_rest_and_take_back)
    await undone(registry, batch["id"])
    left = await registry.rows(
        "SELECT c.archived_at IS NULL AS client, p.archived_at IS NULL AS person"
        " FROM clients c JOIN contacts p ON p.client_id = c.id ORDER BY c.number"
    )
    assert {tuple(row) for row in left} == {(True, True), (False, False)}


async def test_undo_keeps_a_client_that_was_visited(registry: Registry) -> None:
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    await applied(registry, batch["id"])
    client = await the_client(registry)
    visit = {
        "client_id": client["id"],
        "kind": "visit",
        "occurred_at": registry.clock.now.isoformat(),
        "summary": "首次拜访",
    }
    await registry.post("/interactions", visit, status=201)
    back = await undone(registry, batch["id"])
    assert back["counts"]["kept"] == 1
    assert (await the_client(registry))["archived_at"] is None


async def sell(registry: Registry, client: dict[str, Any]) -> None:
    """Open an opportunity with the client."""
    body = {"client_id": client["id"], "title": "流程优化"}
    await registry.post("/opportunities", body, status=201)


async def engage(registry: Registry, client: dict[str, Any]) -> None:
    """Work for the client."""
    await tell(registry, engagement(registry, client["id"]))


async def give_account(registry: Registry, client: dict[str, Any]) -> None:
    """Invite a person of the client."""
    person = UserState(
        id=new_id(), name="陈芳", side="client", status="invited", client_id=UUID(client["id"])
    )
    await tell(registry, person, "invited")


@pytest.mark.parametrize("use", [sell, engage, give_account])
async def test_undo_keeps_a_client_that_is_worked_with(
    registry: Registry, use: Callable[[Registry, dict[str, Any]], Awaitable[None]]
) -> None:
    other = ("恒达物流有限公司", OTHER_CODE, "成都市", "", "", "李慧", "", "")
    batch = await analysed(registry, table(HEADINGS, HUAXIN, other))
    await applied(registry, batch["id"])
    await use(registry, await the_client(registry))
    back = await undone(registry, batch["id"])
    assert (back["counts"]["undone"], back["counts"]["kept"]) == (1, 1)
    kept = only(await everything(registry, "/clients"))
    assert (kept["credit_code"], kept["contacts_count"]) == (CODE, 1)
    assert (await reasons(registry, batch["id"]))[2] == ["kept_as_edited"]


async def archive(registry: Registry, client: dict[str, Any]) -> None:
    """Archive a client by hand."""
    await registry.call(registry.manager, "DELETE", f"/clients/{client['id']}", status=204)


async def join_another(registry: Registry, client: dict[str, Any]) -> None:
    """Let a client become part of another one."""
    other = await registry.client(legal_name="恒达物流有限公司")
    await registry.post(f"/clients/{other['id']}/merge", {"source_id": client["id"]})


LEFT = pytest.mark.parametrize("leave", [archive, join_another])


@LEFT
async def test_undo_reports_a_created_client_that_was_archived_or_merged_since(
    registry: Registry, leave: Callable[[Registry, dict[str, Any]], Awaitable[None]]
) -> None:
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    await applied(registry, batch["id"])
    await leave(registry, await the_client(registry))
    back = await undone(registry, batch["id"])
    assert (back["counts"]["undone"], back["counts"]["kept"]) == (0, 1)
    assert (await reasons(registry, batch["id"]))[2] == ["kept_as_edited"]


@LEFT
async def test_undo_reports_what_it_changed_of_a_client_that_was_archived_or_merged_since(
    registry: Registry, leave: Callable[[Registry, dict[str, Any]], Awaitable[None]]
) -> None:
    await registry.client(credit_code=CODE, city="广州市", notes="旧")
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    await applied(registry, batch["id"], mode="upsert")
    await leave(registry, await the_client(registry))
    back = await undone(registry, batch["id"])
    assert (back["counts"]["undone"], back["counts"]["kept"]) == (0, 1)
    assert (await reasons(registry, batch["id"]))[2][-1] == "kept_as_edited"


async def test_undo_reports_a_person_who_went_to_another_client(registry: Registry) -> None:
    await registry.client(credit_code=CODE)
    only_person = (*HUAXIN[:2], "", "", "", *HUAXIN[5:])
    batch = await analysed(registry, table(HEADINGS, only_person))
    await applied(registry, batch["id"], mode="upsert")
    await join_another(registry, await the_client(registry))
    back = await undone(registry, batch["id"])
    assert (back["counts"]["undone"], back["counts"]["kept"]) == (0, 1)
    (person,) = await everything(registry, "/contacts")
    assert person["name"] == "王建平"
