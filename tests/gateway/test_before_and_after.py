"""What the audit says was before an act at the door, and what after it."""

from __future__ import annotations

from typing import Any

import orjson

from shared.clock import utc_now
from tests.gateway.support import HENGDA, HUAXIN, Gateway


async def said(gateway: Gateway, action: str) -> list[tuple[Any, Any]]:
    """The values before and after of each such act."""
    found = await gateway.sql("SELECT before, after FROM audit WHERE action = $1", action)
    return [(_values(row["before"]), _values(row["after"])) for row in found]


def _values(stored: str | None) -> Any:
    return orjson.loads(stored) if stored else None


async def test_a_revoked_key_was_not_revoked_before(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await admin.post("/api/v1/api-keys", json={"name": "ERP", "scopes": ["user:read"]})
        await admin.delete(f"/api/v1/api-keys/{made.json()['id']}")
    [(before, after)] = await said(gateway, "key:revoke")
    assert before == {"revoked_at": None}
    assert after["revoked_at"] <= utc_now().isoformat()


async def test_a_changed_view_is_told_by_what_changed(gateway: Gateway) -> None:
    view = {"collection": "clients", "name": "活跃客户", "address": "stage=active"}
    async with await gateway.signed_in("manager@firm.example") as manager:
        made = await manager.post("/api/v1/views", json=view)
        path, match = f"/api/v1/views/{made.json()['id']}", {"If-Match": made.headers["etag"]}
        await manager.patch(path, json={"name": "老客户"}, headers=match)
    assert await said(gateway, "view:edit") == [({"name": "活跃客户"}, {"name": "老客户"})]


async def test_a_moved_person_was_with_another_client_and_an_end_leaves_the_client(
    gateway: Gateway,
) -> None:
    until = "2099-06-30T00:00:00+00:00"
    async with await gateway.signed_in("admin@firm.example") as admin:
        path = f"/api/v1/users/{gateway.ids['pm@huaxin.example']}"
        for change in ({"client_until": until}, {"client_id": str(HENGDA)}):
            match = {"If-Match": (await admin.get(path)).headers["etag"]}
            answer = await admin.patch(path, json=change, headers=match)
            assert answer.status_code == 200, answer.text
    assert await said(gateway, "user:affiliate") == [
        ({"client_until": None}, {"client_until": until}),
        (
            {"client_id": str(HUAXIN), "client_until": until},
            {"client_id": str(HENGDA), "client_until": None},
        ),
    ]


async def test_an_entered_person_is_told_with_their_client(gateway: Gateway) -> None:
    body = {"email": "next@huaxin.example", "name": "新同事", "side": "client", "invite": False}
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await admin.post("/api/v1/users", json=body | {"client_id": str(HUAXIN)})
    told = {"email": "next@huaxin.example", "name": "新同事", "side": "client", "roles": []}
    created = await said(gateway, "user:create")
    assert made.status_code == 201
    assert (None, told | {"client_id": str(HUAXIN)}) in created
