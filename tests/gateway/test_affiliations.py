"""The services learn when a person's time with a client begins and when it is over."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import orjson

from shared.clock import utc_now
from tests.gateway.support import HENGDA, HUAXIN, Gateway


async def told(gateway: Gateway, user_id: str, count: int) -> list[Any]:
    """With which client the services were told the person is, once told so often."""
    for _ in range(300):
        rows = await gateway.sql(
            "SELECT data FROM outbox WHERE aggregate_id = $1 ORDER BY seq", user_id
        )
        if len(rows) >= count:
            break
        await asyncio.sleep(0.1)
    return [orjson.loads(row["data"])["client_id"] for row in rows]


async def test_a_time_with_a_client_that_begins_later_is_told_then_and_its_end_too(
    gateway: Gateway,
) -> None:
    body = {
        "email": "next@huaxin.example",
        "name": "新同事",
        "side": "client",
        "client_id": str(HUAXIN),
        "invite": False,
    }
    async with await gateway.signed_in("admin@firm.example") as admin:
        begins = utc_now() + timedelta(seconds=5)
        times = {"client_since": begins, "client_until": begins + timedelta(seconds=2)}
        body |= {name: moment.isoformat() for name, moment in times.items()}
        made = await admin.post("/api/v1/users", json=body)
        assert made.status_code == 201, made.text
    user_id = made.json()["id"]
    assert await told(gateway, user_id, 3) == [None, str(HUAXIN), None]


async def test_a_time_with_a_client_that_has_not_begun_is_moved_and_ended_too(
    gateway: Gateway,
) -> None:
    body = {"email": "next@huaxin.example", "name": "新同事", "side": "client", "invite": False}
    body |= {"client_id": str(HUAXIN), "client_since": "2099-01-01T00:00:00Z"}
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = (await admin.post("/api/v1/users", json=body)).json()
        path, until = f"/api/v1/users/{made['id']}", "2099-06-30T00:00:00Z"
        match = {"If-Match": f'"{made["version"]}"'}
        ended = await admin.patch(path, json={"client_until": until}, headers=match)
        (row,) = await gateway.sql("SELECT until FROM affiliations WHERE user_id = $1", made["id"])
        assert row["until"].isoformat() == "2099-06-30T00:00:00+00:00"
        match = {"If-Match": ended.headers["etag"]}
        open_end = {"client_until": None}
        match = {
            "If-Match": (await admin.patch(path, json=open_end, headers=match)).headers["etag"]
        }
        moved = await admin.patch(path, json={"client_id": str(HENGDA)}, headers=match)
        assert (moved.status_code, moved.json()["client_id"]) == (200, str(HENGDA))


async def test_a_time_that_was_given_up_before_it_began_stays_given_up(gateway: Gateway) -> None:
    body = {"email": "next@huaxin.example", "name": "新同事", "side": "client", "invite": False}
    body |= {"client_id": str(HUAXIN), "client_since": "2099-01-01T00:00:00Z"}
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await admin.post("/api/v1/users", json=body)
        path, etag = f"/api/v1/users/{made.json()['id']}", f'"{made.json()["version"]}"'
        moved = {
            "client_id": str(HENGDA),
            "client_until": (utc_now() + timedelta(seconds=1)).isoformat(),
        }
        answer = await admin.patch(path, json=moved, headers={"If-Match": etag})
        assert answer.status_code == 200, answer.text
        await asyncio.sleep(1.1)
        match = {"If-Match": (await admin.get(path)).headers["etag"]}
        again = await admin.patch(path, json={"client_until": None}, headers=match)
    given_up = "SELECT until = since AS it FROM affiliations WHERE user_id = $1 AND client_id = $2"
    (row,) = await gateway.sql(given_up, made.json()["id"], HUAXIN)
    assert row["it"], "the client they were moved away from would let them in again"
    audited = "SELECT 1 FROM audit WHERE subject_id = $1 AND action = 'user:affiliate'"
    assert len(await gateway.sql(audited, made.json()["id"])) == 1
    assert (again.status_code, again.json()["code"]) == (422, "with_no_client")
    assert [each["pointer"] for each in again.json()["errors"]] == ["/client_until"]
