"""People of both sides: entering, inviting, changing, keeping out."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from uuid import UUID

import httpx

from tests.gateway.support import HENGDA, HUAXIN, Gateway

STRONG = "a fine long secret"
ACCEPT = "/api/v1/auth/invitations/accept"


async def invite(gateway: Gateway, client: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    fields = {"email": "new@huaxin.example", "name": "新人", "side": "client"} | body
    if fields["side"] == "client":
        fields.setdefault("client_id", str(HUAXIN))
    answer = await client.post("/api/v1/users", json=fields)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/api/v1/users/{answer.json()['id']}"
    made: dict[str, Any] = answer.json()
    return made


async def mailed_token(client: httpx.AsyncClient, to: str, says: str = "") -> str:
    for _ in range(60):
        mails = (await client.get("/api/v1/dev/mail", params={"to": to})).json()["items"]
        if mails:
            found = re.search(r"/invitations/(\S+)", mails[0]["text"])
            assert found is not None and says in mails[0]["text"]
            return found[1]
        await asyncio.sleep(0.05)
    raise AssertionError("no mail arrived")


async def test_an_invited_person_accepts_by_the_mailed_link_and_comes_in(
    gateway: Gateway,
) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await invite(gateway, admin)
        assert made["status"] == "invited"
        assert made["client"]["id"] == str(HUAXIN)
        token = await mailed_token(admin, "new@huaxin.example", says="处理待您决定的事项")
    async with gateway.client() as client:
        shown = await client.get(f"/api/v1/auth/invitations/{token}")
        assert shown.json()["email"] == "new@huaxin.example"
        weak = await client.post(ACCEPT, json={"token": token, "password": "password1234"})
        assert weak.status_code == 422
        assert weak.json()["errors"][0]["pointer"] == "/password"
        named = {"token": token, "name": "王新", "password": STRONG}
        accepted = await client.post(ACCEPT, json=named)
        assert accepted.status_code == 201, accepted.text
        assert (await client.get("/api/v1/me")).json()["user"]["name"] == "王新"
        again = await client.post(ACCEPT, json={"token": token, "password": STRONG})
        assert again.status_code == 404
        assert (await client.get("/api/v1/auth/invitations/" + "x" * 43)).status_code == 404
    assert await gateway.token("new@huaxin.example", STRONG)


async def test_who_comes_in_stands_in_the_trail_as_who_did_it(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await invite(gateway, admin)
        token = await mailed_token(admin, "new@huaxin.example")
    async with gateway.client() as client:
        named = {"token": token, "name": "王新", "password": STRONG}
        assert (await client.post(ACCEPT, json=named)).status_code == 201
    await gateway.token("new@huaxin.example", STRONG)
    rows = await gateway.sql(
        "SELECT action, actor_name, actor_side, actor_id = subject_id AS own FROM audit"
        " WHERE subject_id = $1 AND action <> 'user:create' AND action <> 'user:invite'"
        " ORDER BY id",
        UUID(made["id"]),
    )
    acts = ["user:activated", "session:begin", "session:begin"]
    assert [tuple(row) for row in rows] == [(act, "王新", "client", True) for act in acts]
    told = "SELECT actor_id FROM outbox WHERE type = 'gateway.user.activated.v1' AND actor_id = $1"
    assert len(await gateway.sql(told, UUID(made["id"]))) == 1


async def test_the_invitations_token_is_never_stored_or_logged(
    gateway: Gateway, capsys: Any
) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        await invite(gateway, admin)
        token = await mailed_token(admin, "new@huaxin.example")
        await admin.get(f"/api/v1/auth/invitations/{token}")
        await admin.get(f"/invitations/{token}")
    await asyncio.sleep(0.3)
    assert token not in capsys.readouterr().out
    rows = await gateway.sql("SELECT encode(token_hash, 'escape') AS h FROM invitations")
    assert all(token not in row["h"] for row in rows)


async def test_a_new_invitation_replaces_the_old_one(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await invite(gateway, admin)
        first = await mailed_token(admin, "new@huaxin.example")
        assert (await admin.post(f"/api/v1/users/{made['id']}/invite")).status_code == 200
        assert (await admin.get(f"/api/v1/auth/invitations/{first}")).status_code == 404


async def test_only_administrators_look_after_firm_side_accounts(gateway: Gateway) -> None:
    person = {"email": "new@firm.example", "name": "New", "side": "firm", "roles": ["admin"]}
    async with await gateway.signed_in("manager@firm.example") as manager:
        refused = await manager.post("/api/v1/users", json=person)
        assert refused.status_code == 403
        assert refused.json()["code"] == "firm_side_accounts"
        await invite(gateway, manager)
        admin_id = gateway.ids["admin@firm.example"]
        out = await manager.post(f"/api/v1/users/{admin_id}/deactivate")
        assert out.status_code == 403
    async with await gateway.signed_in("consultant@firm.example") as consultant:
        assert (await consultant.post("/api/v1/users", json=person)).status_code == 403
    async with await gateway.signed_in("pm@huaxin.example") as outsider:
        for path in ("/api/v1/users", "/api/v1/audit", "/api/v1/dev/mail", "/api/v1/api-keys"):
            assert (await outsider.get(path)).status_code == 403
        assert (await outsider.get(f"/api/v1/users/{admin_id}")).status_code == 404


async def test_bad_people_are_refused_by_place(gateway: Gateway) -> None:
    good = {"email": "x@y.example", "name": "X", "side": "client", "client_id": str(HUAXIN)}
    cases: list[tuple[dict[str, Any], int, str | None]] = [
        ({"email": "no address"}, 422, "/email"),
        ({"roles": ["admin"]}, 422, "/roles"),
        ({"client_id": None}, 422, "/client_id"),
        ({"side": "system"}, 422, "/side"),
        ({"unheard_of": 1}, 422, "/unheard_of"),
        ({"name": "a\x00b"}, 422, "/name"),
        ({"name": "Li\r\nWei"}, 422, "/name"),
        ({"title": "经\u2028理"}, 422, "/title"),
        ({"client_since": "9999-12-31T23:59:59-14:00"}, 422, "/client_since"),
        ({"client_until": "0001-01-01T00:00:00+14:00"}, 422, "/client_until"),
        (
            {"client_since": "2026-03-01T00:00:00Z", "client_until": "2026-02-01T00:00:00Z"},
            422,
            "/client_until",
        ),
        ({"email": "pm@huaxin.example"}, 409, None),
        ({"email": "PM@Huaxin.Example"}, 409, None),
        ({"client_id": "00000000-0000-7000-8000-00000000dead"}, 422, None),
    ]
    async with await gateway.signed_in("admin@firm.example") as admin:
        before = await gateway.sql("SELECT count(*) FROM users")
        for change, status, pointer in cases:
            answer = await admin.post("/api/v1/users", json=good | change)
            assert answer.status_code == status, (change, answer.text)
            if pointer:
                assert answer.json()["errors"][0]["pointer"] == pointer
        assert await gateway.sql("SELECT count(*) FROM users") == before


async def test_an_edit_needs_the_version_it_was_made_on(gateway: Gateway) -> None:
    path = f"/api/v1/users/{gateway.ids['agent@firm.example']}"
    async with await gateway.signed_in("admin@firm.example") as admin:
        seen = await admin.get(path)
        body = {"roles": ["agent", "service_lead"]}
        assert (await admin.patch(path, json=body)).status_code == 428
        good = await admin.patch(path, json=body, headers={"If-Match": seen.headers["etag"]})
        assert good.status_code == 200, good.text
        assert good.json()["roles"] == ["agent", "service_lead"]
        stale = await admin.patch(path, json=body, headers={"If-Match": seen.headers["etag"]})
        assert stale.status_code == 412
        assert stale.json()["current"]["version"] == good.json()["version"]


async def test_moving_a_person_to_another_client_ends_the_first_affiliation(
    gateway: Gateway,
) -> None:
    user_id = gateway.ids["pm@huaxin.example"]
    async with await gateway.signed_in("admin@firm.example") as admin:
        etag = (await admin.get(f"/api/v1/users/{user_id}")).headers["etag"]
        moved = await admin.patch(
            f"/api/v1/users/{user_id}",
            json={"client_id": str(HENGDA)},
            headers={"If-Match": etag},
        )
        assert moved.json()["client"]["id"] == str(HENGDA), moved.text
    rows = await gateway.sql(
        "SELECT client_id, until FROM affiliations WHERE user_id = $1 ORDER BY since", user_id
    )
    assert [(row["client_id"], row["until"] is None) for row in rows] == [
        (HUAXIN, False),
        (HENGDA, True),
    ]


async def test_a_deactivated_person_is_out_and_can_be_let_in_again(gateway: Gateway) -> None:
    path = f"/api/v1/users/{gateway.ids['agent@firm.example']}"
    async with (
        await gateway.signed_in("admin@firm.example") as admin,
        await gateway.signed_in("agent@firm.example") as agent,
    ):
        assert (await agent.get("/api/v1/me")).status_code == 200
        assert (await admin.post(f"{path}/deactivate")).json()["status"] == "deactivated"
        assert (await agent.get("/api/v1/me")).status_code == 401
        assert (await agent.get("/api/v1/clients")).status_code == 401
        again = await admin.post(f"{path}/deactivate")
        assert again.status_code == 409
        assert again.json()["code"] == "illegal_transition"
        assert (await admin.post(f"{path}/activate")).json()["status"] == "active"
        # The old session stays over; signing in works again.
        assert (await agent.get("/api/v1/me")).status_code == 401
        assert await gateway.token("agent@firm.example")


async def test_the_last_administrator_stays(gateway: Gateway) -> None:
    path = f"/api/v1/users/{gateway.ids['admin@firm.example']}"
    async with await gateway.signed_in("admin@firm.example") as admin:
        assert (await admin.post(f"{path}/deactivate")).json()["code"] == "last_administrator"
        etag = (await admin.get(path)).headers["etag"]
        stripped = await admin.patch(path, json={"roles": []}, headers={"If-Match": etag})
        assert stripped.json()["code"] == "last_administrator"


async def test_people_are_told_to_the_services_in_the_same_transaction(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await invite(gateway, admin)
        await admin.post(f"/api/v1/users/{made['id']}/deactivate")
    rows = await gateway.sql(
        "SELECT type, data FROM outbox WHERE aggregate_id = $1 ORDER BY version", made["id"]
    )
    assert [row["type"] for row in rows] == [
        "gateway.user.invited.v1",
        "gateway.user.deactivated.v1",
    ]


async def test_people_are_found_by_pinyin_and_pages_are_walked(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        found = await client.get("/api/v1/users", params={"q": "hengda"})
        assert [user["name"] for user in found.json()["items"]] == ["恒达经理"]
        names, cursor = [], None
        while True:
            params = {"limit": "2", "sort": "email"} | ({"cursor": cursor} if cursor else {})
            page = (await client.get("/api/v1/users", params=params)).json()
            names += [user["email"] for user in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
    assert names == sorted(gateway.ids)


async def test_the_audit_trail_says_who_did_what(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await invite(gateway, admin)
        about = {"subject_id": made["id"], "service": "gateway"}
        for _ in range(100):  # sealed each second, then gathered by event
            trail = (await admin.get("/api/v1/audit", params=about)).json()["items"]
            if trail:
                break
            await asyncio.sleep(0.1)
    assert [entry["action"] for entry in trail] == ["user:invite", "user:create"]
    assert trail[1]["after"]["email"] == "new@huaxin.example"
    assert trail[1]["actor_name"] == "Admin"


async def test_nobody_is_added_to_an_archived_client_except_as_history(gateway: Gateway) -> None:
    await gateway.sql("UPDATE client_refs SET archived = true WHERE id = $1", HENGDA)
    person = {"email": "x@y.example", "name": "X", "side": "client", "client_id": str(HENGDA)}
    path = f"/api/v1/users/{gateway.ids['pm@huaxin.example']}"
    async with await gateway.signed_in("admin@firm.example") as admin:
        etag = (await admin.get(path)).headers["etag"]
        move = {"client_id": str(HENGDA)}
        for refused in (
            await admin.post("/api/v1/users", json=person),
            await admin.patch(path, json=move, headers={"If-Match": etag}),
        ):
            assert refused.status_code == 422, refused.text
            (place,) = refused.json()["errors"]
            assert (place["pointer"], place["code"]) == ("/client_id", "client_archived")
        then = {"Rapport-Occurred-At": "2026-05-18T09:30:00+08:00"}
        entered = await admin.post("/api/v1/users", json=person, headers=then)
        assert entered.status_code == 201, entered.text


async def test_people_are_listed_in_the_order_of_their_names_whatever_the_script(
    gateway: Gateway,
) -> None:
    names = ["Élise Roux", "程安", "Chester Wu", "陈芳", "安然"]
    async with await gateway.signed_in("admin@firm.example") as admin:
        for place, name in enumerate(names):
            await invite(gateway, admin, email=f"order{place}@huaxin.example", name=name)
        renamed = await invite(gateway, admin, email="order9@huaxin.example", name="周周")
        change = {"name": "白月"}
        version = {"If-Match": '"1"'}
        answer = await admin.patch(f"/api/v1/users/{renamed['id']}", json=change, headers=version)
        assert answer.status_code == 200, answer.text
        asked: dict[str, Any] = {"sort": "name", "email.contains": "order", "limit": 2}
        listed: list[str] = []
        page: dict[str, Any] = {"next_cursor": ""}
        while page["next_cursor"] is not None:
            cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
            page = (await admin.get("/api/v1/users", params=asked | cursor)).json()
            listed += [each["name"] for each in page["items"]]
    assert listed == ["安然", "白月", "陈芳", "程安", "Chester Wu", "Élise Roux"]
