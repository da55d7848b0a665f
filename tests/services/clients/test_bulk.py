"""The same change for many clients: by ids, or for all that match."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from services.clients.bulk import actions
from shared.ids import new_id
from tests.services.clients.conftest import Registry


async def finished(registry: Registry, job: dict[str, Any]) -> dict[str, Any]:
    """The job once it has ended."""
    async with asyncio.timeout(15):
        while True:
            status: dict[str, Any] = await registry.get(f"/jobs/{job['id']}")
            if status["status"] not in {"queued", "running"}:
                return status
            await asyncio.sleep(0.05)


async def test_all_that_match_get_the_owner_and_tag(registry: Registry) -> None:
    for name, city in (("华信科技", "深圳"), ("恒达制造", "深圳"), ("远景建筑", "上海")):
        await registry.client(name, city=city)
    change = {"owner_id": str(registry.manager.user_id), "add_tags": ["重点"]}
    body = {"filter": "city=深圳", "change": change}
    job = await registry.post("/clients/bulk", body, status=202)
    assert (await finished(registry, job))["result"] == {
        "changed": 2,
        "unchanged": 0,
        "not_found": 0,
    }
    tagged = await registry.get("/clients?tags.has=重点&sort=legal_name")
    assert {each["city"] for each in tagged["items"]} == {"深圳"}
    assert len(tagged["items"]) == 2
    assert (await registry.events()).count("clients.client.changed.v1") == 2


async def test_an_empty_change_an_unknown_filter_and_a_foreign_job_are_refused(
    registry: Registry,
) -> None:
    empty = {"filter": "", "change": {}}
    assert (await registry.post("/clients/bulk", empty, status=422))["errors"]
    unknown = {"filter": "colour=red", "change": {"add_tags": ["x"]}}
    assert (await registry.post("/clients/bulk", unknown, status=400))["code"]
    both = {"filter": "", "ids": [str(new_id())], "change": {"add_tags": ["x"]}}
    await registry.post("/clients/bulk", both, status=422)
    nobody = {"ids": [], "change": {"add_tags": ["x"]}}
    refused = await registry.post("/clients/bulk", nobody, status=422)
    assert [error["pointer"] for error in refused["errors"]] == ["/ids"]
    job = await registry.post(
        "/clients/bulk", {"ids": [str(new_id())], "change": {"add_tags": ["x"]}}, status=202
    )
    await registry.call(registry.admin, "GET", f"/jobs/{job['id']}", status=404)


async def test_the_result_tells_changed_unchanged_and_not_found_clients_apart(
    registry: Registry,
) -> None:
    fresh = await registry.client("华信科技")
    tagged = await registry.client("恒达制造", tags=["重点"])
    gone = await registry.client("远景建筑")
    await registry.call(registry.manager, "DELETE", f"/clients/{gone['id']}", status=204)
    ids = [fresh["id"], fresh["id"], tagged["id"], gone["id"], str(new_id()), gone["id"]]
    body = {"ids": ids, "change": {"add_tags": ["重点"]}}
    job = await registry.post("/clients/bulk", body, status=202)
    assert job["total"] == 4
    done = await finished(registry, job)
    assert done["result"] == {"changed": 1, "unchanged": 1, "not_found": 2}
    assert (await registry.get(f"/clients/{gone['id']}"))["tags"] == []


async def test_a_filter_for_archived_clients_is_refused(registry: Registry) -> None:
    gone = await registry.client()
    await registry.call(registry.manager, "DELETE", f"/clients/{gone['id']}", status=204)
    body = {"filter": "archived=true", "change": {"add_tags": ["重点"]}}
    assert (await registry.post("/clients/bulk", body, status=422))["code"] == "archived_chosen"


async def test_more_than_one_change_takes_is_refused_not_cut_short(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST", 2)
    for name in ("华信科技", "恒达制造", "远景建筑"):
        await registry.client(name)
    body = {"filter": "", "change": {"add_tags": ["重点"]}}
    assert (await registry.post("/clients/bulk", body, status=422))["code"] == "too_many_chosen"
    assert (await registry.get("/clients?tags.has=重点"))["items"] == []
