"""Two records of one organisation become one: what moves, what is refused, what is found where."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from shared.ids import new_id
from tests.services.clients.conftest import CODE, Registry

TOUCH = {"kind": "call", "occurred_at": "2026-11-20T02:00:00Z", "summary": "问候"}


async def pair(registry: Registry, **fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The client that stays, and one with everything a client of the registry has."""
    kept = await registry.client("华信科技有限公司", city="杭州")
    source = await registry.client("宁波恒远股份有限公司", phone="0574-87654321", **fields)
    about = {"client_id": source["id"]}
    person = await registry.post("/contacts", about | {"name": "陈明"}, status=201)
    await registry.post(
        "/interactions", about | TOUCH | {"contact_ids": [person["id"]]}, status=201
    )
    await registry.post("/opportunities", about | {"title": "流程再造"}, status=201)
    return kept, source


async def merge(
    registry: Registry, kept: dict[str, Any], source: dict[str, Any], status: int = 200
) -> Any:
    body = {"source_id": source["id"]}
    return await registry.post(f"/clients/{kept['id']}/merge", body, status=status)


async def split(
    registry: Registry, kept: dict[str, Any], source: dict[str, Any], status: int = 200
) -> Any:
    body = {"source_id": source["id"], "reason": "两家不同的公司"}
    return await registry.post(f"/clients/{kept['id']}/split", body, status=status)


async def belonging(registry: Registry, client: dict[str, Any]) -> dict[str, int]:
    """How many rows of each kind a client has."""
    found = {}
    for table in ("contacts", "interactions", "opportunities", "own_entries"):
        rows = await registry.rows(
            f"SELECT count(*) AS n FROM {table} WHERE client_id::text = $1", client["id"]
        )
        found[table] = rows[0]["n"]
    return found


async def test_everything_moves_to_the_kept_client(registry: Registry) -> None:
    kept, source = await pair(registry)
    merged = await merge(registry, kept, source)
    assert set((await belonging(registry, source)).values()) == {0}
    assert merged["contacts_count"] == 1
    page = await registry.get(f"/clients/{kept['id']}/page")
    assert [each["name"] for each in page["contacts"]] == ["陈明"]
    assert page["opportunities"][0]["title"] == "流程再造"
    assert page["client"]["last_call_on"] == "2026-11-20"
    sentences = [each["sentence"] for each in page["timeline"]]
    assert {
        "en": f"宁波恒远股份有限公司 ({source['number']}) merged into this client",
        "zh": f"宁波恒远股份有限公司（{source['number']}）已合并到本客户",
    } in sentences


async def test_the_kept_client_learns_what_it_does_not_know(registry: Registry) -> None:
    kept, source = await pair(registry, city="宁波", credit_code=CODE, tags=["制造"])
    merged = await merge(registry, kept, source)
    assert (merged["city"], merged["phone"]) == ("杭州", "0574-87654321")
    assert (merged["credit_code"], merged["tags"]) == (CODE, ["制造"])
    assert merged["aliases"] == ["宁波恒远股份有限公司"]
    found = await registry.get("/clients?q=恒远")
    assert [each["id"] for each in found["items"]] == [kept["id"]]


async def test_a_preview_says_what_would_happen_and_writes_nothing(registry: Registry) -> None:
    kept, source = await pair(registry, city="宁波")
    before = await registry.events()
    body = {"source_id": source["id"], "preview": True}
    preview = await registry.post(f"/clients/{kept['id']}/merge", body)
    fates = {each["name"]: each["fate"] for each in preview["fields"]}
    assert (fates["city"], fates["phone"], fates["aliases"]) == ("dropped", "taken", "joined")
    moves = preview["moves"]
    assert (moves["contacts"], moves["interactions"], moves["opportunities"]) == (1, 1, 1)
    assert await registry.events() == before
    assert (await registry.get(f"/clients/{source['id']}"))["archived_at"] is None


async def test_old_id_and_number_lead_to_the_kept_client_through_later_merges(
    registry: Registry,
) -> None:
    kept, source = await pair(registry)
    last = await registry.client("温州远大集团有限公司")
    await merge(registry, kept, source)
    await merge(registry, last, kept)
    searched = await registry.get(f"/clients?q={source['number']}")
    assert [each["id"] for each in searched["items"]] == [last["id"]]
    await registry.call(registry.manager, "DELETE", f"/clients/{last['id']}", status=204)
    ways = {source["id"]: last["id"], source["number"]: last["number"]}
    ways[f"{source['id']}/page"] = f"{last['id']}/page"
    for old, new in ways.items():
        answer = await registry.call(registry.consultant, "GET", f"/clients/{old}", status=308)
        assert answer.headers["location"] == f"/api/v1/clients/{new}"
    await registry.call(registry.client_pm, "GET", f"/clients/{source['id']}", status=403)


async def test_a_merged_client_is_in_no_list_no_export_and_no_suggestion(
    registry: Registry,
) -> None:
    kept, source = await pair(registry, credit_code=CODE)
    await merge(registry, kept, source)
    for query in ("", "?archived=true", f"?id={source['id']}", f"?number={source['number']}"):
        listed = await registry.get(f"/clients{query}")
        assert source["id"] not in [each["id"] for each in listed["items"]]
    for archived in ("true", "false"):
        path = f"/clients/export?format=csv&archived={archived}"
        export = await registry.call(registry.manager, "GET", path, status=200)
        assert source["number"] not in export.text
    again = {"legal_name": "宁波恒远", "credit_code": CODE}
    refused = await registry.post("/clients", again, status=409)
    assert [each["id"] for each in refused["candidates"]] == [kept["id"]]


async def test_whoever_writes_to_the_old_id_is_told_where_to_go(registry: Registry) -> None:
    kept, source = await pair(registry)
    await merge(registry, kept, source)
    old = f"/clients/{source['id']}"
    calls: list[tuple[str, str, Any]] = [
        ("PATCH", old, {"city": "x"}),
        ("DELETE", old, None),
        ("POST", f"{old}/restore", None),
        ("POST", f"{old}/stage", {"stage": "qualified"}),
        ("POST", f"{old}/grade", {"grade": "A", "reason": "x"}),
        ("POST", "/contacts", {"client_id": source["id"], "name": "x"}),
        ("POST", "/interactions", {"client_id": source["id"], **TOUCH}),
        ("POST", "/opportunities", {"client_id": source["id"], "title": "x"}),
    ]
    for method, path, body in calls:
        answer = await registry.call(
            registry.manager, method, path, body, status=409, headers={"If-Match": '"1"'}
        )
        problem = answer.json()
        assert (problem["code"], problem["merged_into"]["id"]) == ("client_merged", kept["id"])


async def test_refusals(registry: Registry) -> None:
    kept, source = await pair(registry)
    other = await registry.client("温州远大集团有限公司")
    stranger = {"id": str(new_id())}
    assert (await merge(registry, kept, kept, 422))["errors"][0]["code"] == "same_client"
    assert (await merge(registry, kept, stranger, 404))["code"] == "not_found"
    assert (await merge(registry, stranger, kept, 404))["code"] == "not_found"
    await merge(registry, kept, source)
    assert (await merge(registry, other, source, 409))["code"] == "already_merged"
    assert (await merge(registry, source, other, 409))["code"] == "client_merged"
    await registry.call(registry.manager, "DELETE", f"/clients/{other['id']}", status=204)
    assert (await merge(registry, other, kept, 409))["code"] == "client_archived"
    assert (await split(registry, kept, other, 409))["code"] == "not_merged_here"


async def test_an_archived_client_may_go_into_another_and_is_archived_after_the_split(
    registry: Registry,
) -> None:
    kept, source = await pair(registry)
    await registry.call(registry.manager, "DELETE", f"/clients/{source['id']}", status=204)
    archived_at = (await registry.get(f"/clients/{source['id']}"))["archived_at"]
    await merge(registry, kept, source)
    await split(registry, kept, source)
    assert (await registry.get(f"/clients/{source['id']}"))["archived_at"] == archived_at


@pytest.mark.parametrize("opposite", [False, True])
async def test_of_two_merges_of_a_pair_at_once_one_wins(registry: Registry, opposite: bool) -> None:
    kept, source = await pair(registry)
    calls = [(kept, source), (source, kept) if opposite else (kept, source)]
    answers = await asyncio.gather(
        *(
            registry.call(
                registry.manager,
                "POST",
                f"/clients/{into['id']}/merge",
                {"source_id": gone["id"]},
            )
            for into, gone in calls
        )
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    refused = next(each for each in answers if each.status_code == 409).json()
    assert refused["code"] == ("client_merged" if opposite else "already_merged")


async def test_a_merge_repeated_with_its_key_happens_once(registry: Registry) -> None:
    kept, source = await pair(registry)
    path, body = f"/clients/{kept['id']}/merge", {"source_id": source["id"]}
    key = {"Idempotency-Key": "once"}
    first, second = [
        await registry.call(registry.manager, "POST", path, body, status=200, headers=key)
        for _ in range(2)
    ]
    assert first.json() == second.json()
    assert (await registry.events()).count("clients.client.merged.v1") == 1


async def test_both_states_tell_of_the_merge_and_each_row_tells_its_new_client(
    registry: Registry,
) -> None:
    kept, source = await pair(registry)
    before = len(await registry.events())
    await merge(registry, kept, source)
    assert sorted((await registry.events())[before:]) == [
        "clients.client.changed.v1",
        "clients.client.merged.v1",
        "clients.contact.changed.v1",
        "clients.interaction.changed.v1",
        "clients.opportunity.changed.v1",
    ]
    told = await registry.rows(
        "SELECT data::json ->> 'merged_into_id' AS into, data::json ->> 'merge_id' AS merge"
        " FROM outbox WHERE type = 'clients.client.merged.v1'"
    )
    assert told[0]["into"] == kept["id"] and told[0]["merge"]
    audited = await registry.rows("SELECT action FROM audit WHERE action = 'client:merge'")
    assert len(audited) == 2


async def test_a_split_gives_back_what_the_merge_took_and_later_rows_stay(
    registry: Registry,
) -> None:
    kept, source = await pair(registry, credit_code=CODE)
    rows_before = await belonging(registry, source)
    ours = await registry.get(f"/clients/{kept['id']}")
    theirs = await registry.get(f"/clients/{source['id']}")
    await merge(registry, kept, source)
    later = {"client_id": kept["id"], "name": "李后来"}
    await registry.post("/contacts", later, status=201)
    await split(registry, kept, source)
    moving = {"version", "updated_at", "contacts_count"}
    for was in (ours, theirs):
        now = await registry.get(f"/clients/{was['id']}")
        assert {k: v for k, v in now.items() if k not in moving} == {
            k: v for k, v in was.items() if k not in moving
        }
    rows_after = await belonging(registry, source)
    assert rows_after == rows_before | {"own_entries": rows_before["own_entries"] + 1}
    page = await registry.get(f"/clients/{kept['id']}/page")
    assert [each["name"] for each in page["contacts"]] == ["李后来"]
    assert "clients.client.split.v1" in await registry.events()


async def test_an_owner_that_was_taken_over_goes_back_and_is_remembered_by_id_alone(
    registry: Registry,
) -> None:
    kept, source = await pair(registry, owner_id=str(registry.manager.user_id))
    assert (await merge(registry, kept, source))["owner_name"] == "林晓"
    (remembered,) = await registry.rows("SELECT before, after FROM client_merges")
    assert "林晓" not in str(dict(remembered))
    after = await split(registry, kept, source)
    assert (after["owner_id"], after["owner_name"]) == (None, None)


async def test_what_was_changed_since_the_merge_stays_changed(registry: Registry) -> None:
    kept, source = await pair(registry)
    merged = await merge(registry, kept, source)
    path, tag = f"/clients/{kept['id']}", {"If-Match": f'"{merged["version"]}"'}
    await registry.call(
        registry.manager, "PATCH", path, {"phone": "0571-1"}, status=200, headers=tag
    )
    after = await split(registry, kept, source)
    assert (after["phone"], after["aliases"]) == ("0571-1", [])


async def test_only_the_last_merge_can_be_undone(registry: Registry) -> None:
    kept, source = await pair(registry)
    second = await registry.client("温州远大集团有限公司")
    top = await registry.client("绍兴大方实业有限公司")
    await merge(registry, kept, source)
    await merge(registry, kept, second)
    assert (await split(registry, kept, source, 409))["code"] == "later_merge"
    await merge(registry, top, kept)
    assert (await split(registry, kept, second, 409))["code"] == "client_merged"
    for into, gone in ((top, kept), (kept, second), (kept, source)):
        await split(registry, into, gone)
    assert (await belonging(registry, source))["contacts"] == 1
    assert (await belonging(registry, top))["contacts"] == 0


async def test_a_split_is_refused_while_its_credit_code_is_in_use(registry: Registry) -> None:
    kept, source = await pair(registry, credit_code=CODE)
    merged = await merge(registry, kept, source)
    path, tag = f"/clients/{kept['id']}", {"If-Match": f'"{merged["version"]}"'}
    await registry.call(
        registry.manager, "PATCH", path, {"credit_code": None}, status=200, headers=tag
    )
    await registry.client("恒远新公司", credit_code=CODE)
    refused = await split(registry, kept, source, 409)
    assert refused["code"] == "credit_code_in_use" and "恒远新公司" in refused["detail"]
