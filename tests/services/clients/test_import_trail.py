"""What an import leaves: an entry for each record it touched, and its rows only for a while."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import orjson
import pytest

from services.clients.imports.forgetting import forget_old_imports
from services.clients.imports.rules import KEPT_DAYS, Status
from shared.errors import NotFound
from shared.files import FileStore
from tests.services.clients.conftest import CODE, OTHER_CODE, Registry
from tests.services.clients.importing import analysed, applied, everything, settled, table, undone

HEADINGS = ("客户名称", "统一社会信用代码", "城市", "联系人", "手机")
HUAXIN = ("华信科技有限公司", CODE, "深圳市", "王建平", "13800000001")
HENGDA = ("恒达物流有限公司", OTHER_CODE, "上海市", "", "")


async def trail(registry: Registry, action: str, kind: str) -> list[dict[str, Any]]:
    """The entries about records of a kind, oldest first, with their values read."""
    rows = await registry.rows(
        "SELECT subject_id, before::text, after::text, about, actor_id FROM audit"
        " WHERE action = $1 AND subject_kind = $2 ORDER BY id",
        action,
        kind,
    )
    return [
        {**row, "before": orjson.loads(row["before"] or "{}"),
         "after": orjson.loads(row["after"] or "{}")}
        for row in rows
    ]  # fmt: skip


async def test_every_imported_record_has_an_entry_of_its_own(registry: Registry) -> None:
    batch = await analysed(registry, table(HEADINGS, HUAXIN, HENGDA))
    await applied(registry, batch["id"])
    clients = await trail(registry, "import:apply", "client")
    told = {entry["after"]["legal_name"]: entry for entry in clients}
    assert set(told) == {HUAXIN[0], HENGDA[0]}
    assert told[HUAXIN[0]]["after"]["credit_code"] == CODE
    assert told[HUAXIN[0]]["after"]["city"] == "深圳市"
    assert "own_words" not in told[HUAXIN[0]]["after"]
    assert {entry["actor_id"] for entry in clients} == {registry.manager.user_id}
    [person] = await trail(registry, "import:apply", "contact")
    assert (person["after"]["name"], person["after"]["mobile"]) == ("王建平", "13800000001")
    assert person["about"] == [person["subject_id"]]


async def test_what_an_import_changes_and_takes_back_is_told_before_and_after(
    registry: Registry,
) -> None:
    client = await registry.client(credit_code=CODE, city="广州市")
    batch = await analysed(registry, table(HEADINGS, HUAXIN, HENGDA))
    await applied(registry, batch["id"], mode="upsert")
    changed, created = await trail(registry, "import:apply", "client")
    if str(changed["subject_id"]) != client["id"]:
        changed, created = created, changed
    assert (changed["before"]["city"], changed["after"]["city"]) == ("广州市", "深圳市")
    assert created["after"]["legal_name"] == HENGDA[0]
    await undone(registry, batch["id"])
    back = {str(entry["subject_id"]): entry for entry in await trail(
        registry, "import:undo", "client"
    )}  # fmt: skip
    assert back[client["id"]]["after"]["city"] == "广州市"
    assert list(back[str(created["subject_id"])]["after"]) == ["archived_at"]
    [person] = await trail(registry, "import:undo", "contact")
    assert list(person["after"]) == ["archived_at"]


async def forget(registry: Registry, files: FileStore) -> None:
    async with registry.app.state.runtime.database.worker_session() as session:
        await forget_old_imports(session, files=files)


async def age(registry: Registry, import_id: str, days: float) -> None:
    """Let the import's last act be that long ago."""
    await registry.rows(
        "UPDATE imports SET updated_at = updated_at - $2::interval WHERE id = $1",
        import_id,
        timedelta(days=days),
    )


async def content(files: FileStore, key: str) -> bytes:
    return b"".join([chunk async for chunk in files.read(key)])


async def forgotten(registry: Registry) -> None:
    """Wait until the first import's file is not known any more."""
    async with asyncio.timeout(10):
        while (await registry.rows("SELECT file_key FROM imports ORDER BY id"))[0]["file_key"]:
            await asyncio.sleep(0.05)


async def test_rows_and_file_are_kept_as_long_as_declared_and_no_longer(
    registry: Registry,
) -> None:
    files = registry.app.state.runtime.files
    sheet = table(HEADINGS, HUAXIN)
    batch = await analysed(registry, sheet)
    await applied(registry, batch["id"])
    again = await analysed(registry, sheet)
    key = (await registry.rows("SELECT file_key FROM imports LIMIT 1"))[0]["file_key"]
    await age(registry, batch["id"], KEPT_DAYS[Status.APPLIED] - 0.5)
    await forget(registry, files)
    assert len(await everything(registry, f"/imports/{batch['id']}/rows")) == 1
    await age(registry, batch["id"], 1)
    await forget(registry, files)
    assert await everything(registry, f"/imports/{batch['id']}/rows") == []
    assert await content(files, key) == sheet, "the other import still has the same file"
    await undone(registry, batch["id"])
    assert (await registry.get("/clients"))["items"] == [], "what it changed was kept"

    await age(registry, again["id"], KEPT_DAYS[Status.READY] + 1)
    await forget(registry, files)
    expired = await registry.get(f"/imports/{again['id']}")
    assert expired["status"] == "failed"
    assert expired["problem"]["en"]["code"] == "import_expired"
    with pytest.raises(NotFound):
        await content(files, key)


async def test_what_is_discarded_is_forgotten_at_once_and_is_no_import_any_more(
    registry: Registry,
) -> None:
    files = registry.app.state.runtime.files
    batch = await analysed(registry, table(HEADINGS, HUAXIN, ("", "", "深圳市", "", "")))
    key = (await registry.rows("SELECT file_key FROM imports"))[0]["file_key"]
    gone = await registry.post(f"/imports/{batch['id']}/discard", status=200)
    assert (gone["status"], gone["columns"], gone["can"]) == ("discarded", [], [])
    await forgotten(registry)
    with pytest.raises(NotFound):
        await content(files, key)
    for left in ("import_rows", "import_problems", "clients"):
        assert await registry.rows(f"SELECT 1 FROM {left}") == []
    [told] = await registry.rows("SELECT type FROM outbox WHERE type LIKE 'clients.import.disc%'")
    assert told["type"].startswith("clients.import.discarded")
    for act, body in (("apply", {"mode": "create"}), ("discard", None)):
        await registry.post(f"/imports/{batch['id']}/{act}", body, status=409)


async def test_a_file_that_another_import_has_too_stays(registry: Registry) -> None:
    sheet = table(HEADINGS, HUAXIN)
    batch, other = [await analysed(registry, sheet) for _ in range(2)]
    await registry.post(f"/imports/{batch['id']}/discard", status=200)
    await forgotten(registry)
    fields = dict.fromkeys(HEADINGS) | {HEADINGS[0]: "legal_name"}
    await registry.call(
        registry.manager, "PUT", f"/imports/{other['id']}/mapping", {"mapping": fields}, status=200
    )
    again = await settled(registry, other["id"])
    assert (again["status"], again["counts"]["ready"]) == ("ready", 1)


async def test_what_wrote_rows_is_undone_and_not_discarded(registry: Registry) -> None:
    batch = await analysed(registry, table(HEADINGS, HUAXIN))
    await applied(registry, batch["id"])
    refused = await registry.post(f"/imports/{batch['id']}/discard", status=409)
    assert refused["code"] == "illegal_transition"
    await registry.rows("UPDATE imports SET status = 'failed'")  # as a failure in the middle would
    refused = await registry.post(f"/imports/{batch['id']}/discard", status=409)
    assert refused["code"] == "something_to_undo"
    assert (await registry.get(f"/imports/{batch['id']}"))["can"] == ["undo"]
    await undone(registry, batch["id"])
