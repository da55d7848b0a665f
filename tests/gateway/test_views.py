"""Saved views: kept, shared with exactly those they are for, changed by their owners."""

from __future__ import annotations

from typing import Any

import asyncpg
import httpx
import pytest

from tests.gateway.support import Gateway

ACTIVE = {"collection": "clients", "name": "活跃客户", "address": "stage=active&sort=-updated_at"}


async def _keep(client: httpx.AsyncClient, *, status: int = 201, **changes: Any) -> dict[str, Any]:
    answer = await client.post("/api/v1/views", json=ACTIVE | changes)
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def _names(gateway: Gateway, email: str) -> list[str]:
    async with await gateway.signed_in(email) as client:
        found = (await client.get("/api/v1/views?collection=clients")).json()["items"]
    return [view["name"] for view in found]


async def test_a_view_keeps_filters_and_order_and_not_the_moment(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        made = await client.post(
            "/api/v1/views",
            json=ACTIVE | {"address": "?sort=-updated_at&open=1&q=华信&stage=active&cursor=x"},
        )
        assert made.status_code == 422  # an address is encoded text
        view = await _keep(client, address="?sort=-updated_at&open=1&stage=active&q=%E5%8D%8E")
    assert view["address"] == "q=%E5%8D%8E&sort=-updated_at&stage=active"
    assert (view["mine"], view["default"], view["audience"]) == (True, False, "personal")
    assert set(view["can"]) == {"edit", "delete", "default"}


async def test_a_repeated_call_keeps_one_view(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        calls = [
            await client.post("/api/v1/views", json=ACTIVE, headers={"Idempotency-Key": "once"})
            for _ in range(2)
        ]
        assert [call.status_code for call in calls] == [201, 201]
        assert calls[0].json()["id"] == calls[1].json()["id"]
        taken = await _keep(client, status=409)
    assert taken["code"] == "view_name_taken"


@pytest.mark.parametrize(
    ("sharing", "readers"),
    [
        ({}, {"manager"}),
        ({"audience": "team"}, {"manager", "admin", "consultant", "agent"}),
        ({"audience": "team", "role": "agent"}, {"manager", "admin", "agent"}),
    ],
)
async def test_a_view_is_offered_to_those_it_is_shared_with(
    gateway: Gateway, sharing: dict[str, Any], readers: set[str]
) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        await _keep(client, **sharing)
    for who in ("manager", "admin", "consultant", "agent"):
        found = await _names(gateway, f"{who}@firm.example")
        assert (found == ["活跃客户"]) is (who in readers), who
    assert await _names(gateway, "pm@huaxin.example") == []


async def test_a_public_view_reaches_the_client_side_without_its_owner(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as client:
        await _keep(client, audience="public")
    async with await gateway.signed_in("pm@huaxin.example") as client:
        (view,) = (await client.get("/api/v1/views")).json()["items"]
    assert "owner" not in view and "role" not in view
    assert view["mine"] is False


@pytest.mark.parametrize(
    ("who", "sharing", "status"),
    [
        ("manager@firm.example", {"audience": "public"}, 403),
        ("manager@firm.example", {"role": "agent"}, 422),
        ("pm@huaxin.example", {"audience": "team"}, 403),
        ("pm@huaxin.example", {"audience": "public"}, 403),
        ("pm@huaxin.example", {}, 201),
        ("manager@firm.example", {"collection": "No Such"}, 422),
    ],
)
async def test_sharing_has_its_bounds(
    gateway: Gateway, who: str, sharing: dict[str, Any], status: int
) -> None:
    async with await gateway.signed_in(who) as client:
        await _keep(client, status=status, **sharing)


async def test_others_use_a_shared_view_and_do_not_change_it(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as owner:
        view = await _keep(owner, audience="team")
    path, read = f"/api/v1/views/{view['id']}", {"If-Match": '"1"'}
    async with await gateway.signed_in("consultant@firm.example") as client:
        assert (await client.get(path)).json()["can"] == ["default"]
        assert (await client.patch(path, json={"name": "x"}, headers=read)).status_code == 403
        assert (await client.delete(path)).status_code == 403
    async with await gateway.signed_in("admin@firm.example") as client:
        narrowed = await client.patch(path, json={"role": "agent"}, headers=read)
        assert narrowed.status_code == 200, narrowed.text
    assert await _names(gateway, "consultant@firm.example") == []


async def test_a_change_needs_the_version_that_was_read(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        path = f"/api/v1/views/{(await _keep(client))['id']}"
        assert (await client.patch(path, json={"name": "二"})).status_code == 428
        first = await client.patch(path, json={"name": "二"}, headers={"If-Match": '"1"'})
        assert (first.status_code, first.headers["ETag"]) == (200, '"2"')
        stale = await client.patch(path, json={"name": "三"}, headers={"If-Match": '"1"'})
        assert stale.status_code == 412
        assert stale.json()["current"]["name"] == "二"


async def test_a_view_taken_back_from_the_team_loses_its_role(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        path = f"/api/v1/views/{(await _keep(client, audience='team', role='agent'))['id']}"
        own = await client.patch(path, json={"audience": "personal"}, headers={"If-Match": '"1"'})
    assert (own.json()["audience"], own.json()["role"]) == ("personal", None)
    assert await _names(gateway, "agent@firm.example") == []


async def test_everyone_has_one_default_of_their_own_for_a_list(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as owner:
        shared = await _keep(owner, audience="team")
    async with await gateway.signed_in("consultant@firm.example") as client:
        own = await _keep(client, name="我的")
        for view in (shared, own):
            begun = await client.post(f"/api/v1/views/{view['id']}/default")
            assert begun.json()["default"] is True
        found = (await client.get("/api/v1/views")).json()["items"]
        assert [view["name"] for view in found if view["default"]] == ["我的"]
        assert (await client.delete(f"/api/v1/views/{own['id']}/default")).status_code == 204
        assert not any(v["default"] for v in (await client.get("/api/v1/views")).json()["items"])
        await client.post(f"/api/v1/views/{shared['id']}/default")
    async with await gateway.signed_in("manager@firm.example") as owner:
        (view,) = (await owner.get("/api/v1/views")).json()["items"]
        assert view["default"] is False
        assert (await owner.delete(f"/api/v1/views/{shared['id']}")).status_code == 204
    assert await _names(gateway, "consultant@firm.example") == ["我的"]


@pytest.mark.parametrize("body", [b"", b" ", b"{}", b"{ }\n", b"null"])
async def test_an_act_without_a_body_takes_one_that_says_nothing(
    gateway: Gateway, body: bytes
) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        path = f"/api/v1/views/{(await _keep(client))['id']}/default"
        headers = {"Content-Type": "application/json", "Idempotency-Key": "once"}
        assert (await client.post(path, content=body, headers=headers)).json()["default"] is True


@pytest.mark.parametrize("body", [b'{"default": false}', b"[]", b"0", b"x", b"null null"])
async def test_an_act_without_a_body_takes_none_that_says_something(
    gateway: Gateway, body: bytes
) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        path = f"/api/v1/views/{(await _keep(client))['id']}"
        for language, words in (("en", "no body is taken here"), ("zh", "此处不接受请求内容")):
            headers = {"Idempotency-Key": "once", "Accept-Language": language}
            answer = await client.post(f"{path}/default", content=body, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
            (place,) = answer.json()["errors"]
            assert (place["pointer"], place["detail"]) == ("", words)
        assert (await client.get(path)).json()["default"] is False


async def test_the_database_lets_nobody_share_in_anothers_name(gateway: Gateway) -> None:
    """The second wall, asked directly: a client-side connection writes own personal views only."""
    connection = await asyncpg.connect(gateway.dsns.client)
    try:
        for audience, owner in (
            ("public", "pm@hengda.example"),
            ("personal", "ceo@huaxin.example"),
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with connection.transaction():
                    await connection.execute(
                        "SELECT set_config('rapport.user_id', $1, true)",
                        str(gateway.ids["pm@hengda.example"]),
                    )
                    await connection.execute(
                        "INSERT INTO views VALUES (gen_random_uuid(), $1, 'clients', 'x', '', $2,"
                        " NULL, now(), now(), 1)",
                        gateway.ids[owner],
                        audience,
                    )
    finally:
        await connection.close()


async def test_only_its_owner_takes_a_shared_view_back(gateway: Gateway) -> None:
    async with (
        await gateway.signed_in("manager@firm.example") as owner,
        await gateway.signed_in("admin@firm.example") as admin,
    ):
        path = f"/api/v1/views/{(await _keep(owner, audience='team'))['id']}"
        personal, match = {"audience": "personal"}, {"If-Match": '"1"'}
        refused = await admin.patch(path, json=personal, headers=match)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_your_view")
        taken = await owner.patch(path, json=personal, headers=match)
        assert (taken.status_code, taken.json()["audience"]) == (200, "personal")
