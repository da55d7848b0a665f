"""Signing in, staying in, going out."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from shared.database import Dsns
from tests.gateway.support import PASSWORD, Gateway, running


async def test_a_password_becomes_a_token_and_the_token_says_who_i_am(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        me = (await client.get("/api/v1/me")).json()
    assert me["user"]["email"] == "manager@firm.example"
    assert me["roles"] == ["client_manager"]
    assert "user:list" in me["permissions"]
    assert "key:create" not in me["permissions"]
    assert me["demo"] is True


async def test_a_password_is_kept_as_its_argon2id_hash_alone(gateway: Gateway) -> None:
    kept = [row["password_hash"] for row in await gateway.sql("SELECT * FROM credentials")]
    assert kept
    assert all(each.startswith("$argon2id$") for each in kept)


async def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(
    gateway: Gateway,
) -> None:
    async with gateway.client() as client:
        answers = [
            await client.post(
                "/api/v1/auth/session", json={"email": email, "password": "not the password"}
            )
            for email in ("manager@firm.example", "nobody@firm.example")
        ]
    bodies = [answer.json() for answer in answers]
    for body in bodies:
        del body["request_id"]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert bodies[0] == bodies[1]


async def test_an_unknown_person_takes_as_long_as_a_known_one(gateway: Gateway) -> None:
    async def seconds(client: httpx.AsyncClient, email: str) -> float:
        started = time.perf_counter()
        await client.post("/api/v1/auth/session", json={"email": email, "password": "wrong one"})
        return time.perf_counter() - started

    hashed = await gateway.door.state.parts.passwords.hash(PASSWORD)
    await gateway.sql("UPDATE credentials SET password_hash = $1", hashed)
    async with gateway.client() as client:
        await seconds(client, "warm@firm.example")
        known = [await seconds(client, "manager@firm.example") for _ in range(7)]
        unknown = [await seconds(client, f"x{i}@firm.example") for i in range(7)]
    assert 0.5 < statistics.median(unknown) / statistics.median(known) < 2


async def test_the_demonstration_password_is_refused_outside_demonstration(
    gateway: Gateway,
) -> None:
    gateway.door.state.parts.passwords._demo = False
    async with gateway.client() as client:
        answer = await client.post(
            "/api/v1/auth/session", json={"email": "admin@firm.example", "password": PASSWORD}
        )
    assert answer.status_code == 401


async def test_a_browser_session_needs_its_csrf_token_for_unsafe_methods(
    gateway: Gateway,
) -> None:
    async with gateway.client() as client:
        signed_in = await client.post(
            "/api/v1/auth/session", json={"email": "pm@huaxin.example", "password": PASSWORD}
        )
        cookies = signed_in.headers.get_list("set-cookie")
        session = next(c for c in cookies if c.startswith("rapport_session="))
        csrf = next(c for c in cookies if c.startswith("rapport_csrf="))
        assert "HttpOnly" in session and "SameSite=lax" in session
        assert "HttpOnly" not in csrf
        me = await client.get("/api/v1/me")
        assert me.status_code == 200
        token = client.cookies["rapport_csrf"]
        assert me.json()["csrf_token"] == token == signed_in.json()["csrf_token"]
        for headers in ({}, {"X-CSRF-Token": "x" * 43}):
            refused = await client.patch("/api/v1/me", json={"language": "en"}, headers=headers)
            assert refused.status_code == 403
            assert refused.json()["code"] == "csrf_token_missing"
        changed = await client.patch(
            "/api/v1/me", json={"language": "en"}, headers={"X-CSRF-Token": token}
        )
        assert changed.status_code == 200, changed.text
        assert changed.json()["language"] == "en"


@pytest.mark.parametrize(("scheme", "secure"), [("https", True), ("http", False)])
async def test_cookies_are_secure_wherever_people_come_by_https(
    service_database: Callable[[str], Dsns],
    nats_url: str,
    tmp_path: Path,
    scheme: str,
    secure: bool,
) -> None:
    address = f"{scheme}://rapport.example"
    door = running(service_database("gateway"), nats_url, tmp_path, public_url=address)
    async with door as gateway, gateway.client() as client:
        signed_in = await client.post(
            "/api/v1/auth/session", json={"email": "pm@huaxin.example", "password": PASSWORD}
        )
    cookies = signed_in.headers.get_list("set-cookie")
    assert ["Secure" in each for each in cookies] == [secure, secure]


async def test_signing_out_ends_the_session_at_once(gateway: Gateway) -> None:
    async with gateway.client() as client:
        await client.post(
            "/api/v1/auth/session", json={"email": "pm@huaxin.example", "password": PASSWORD}
        )
        cookies = dict(client.cookies)
        gone = await client.delete(
            "/api/v1/auth/session", headers={"X-CSRF-Token": cookies["rapport_csrf"]}
        )
        assert gone.status_code == 204
        cookie = f"rapport_session={cookies['rapport_session']}"
        again = await client.get("/api/v1/me", headers={"Cookie": cookie})
    assert again.status_code == 401


async def test_changing_the_password_ends_the_persons_sessions(gateway: Gateway) -> None:
    other = await gateway.token("pm@huaxin.example")
    async with await gateway.signed_in("pm@huaxin.example") as client:
        changed = await client.post(
            "/api/v1/me/password",
            json={"current_password": PASSWORD, "new_password": "correct horse battery"},
        )
        assert changed.status_code == 200, changed.text
        assert (await client.get("/api/v1/me")).status_code == 401
    async with gateway.client() as client:
        old = await client.get("/api/v1/me", headers={"Authorization": f"Bearer {other}"})
        assert old.status_code == 401
        new = changed.json()["access_token"]
        fresh = await client.get("/api/v1/me", headers={"Authorization": f"Bearer {new}"})
        assert fresh.status_code == 200
    assert await gateway.token("pm@huaxin.example", "correct horse battery")


async def test_a_wrong_current_password_changes_nothing_and_signs_nobody_out(
    gateway: Gateway,
) -> None:
    async with await gateway.signed_in("pm@huaxin.example") as client:
        refused = await client.post(
            "/api/v1/me/password",
            json={"current_password": "not my password", "new_password": "correct horse battery"},
        )
        assert refused.status_code == 422
        assert [place["pointer"] for place in refused.json()["errors"]] == ["/current_password"]
        assert (await client.get("/api/v1/me")).status_code == 200
    assert await gateway.token("pm@huaxin.example")


async def test_nobody_guesses_the_current_password_without_end_not_by_signing_in_again_either(
    gateway: Gateway,
) -> None:
    path = "/api/v1/me/password"
    statuses = []
    for _ in range(2):
        async with await gateway.signed_in("agent@firm.example") as client:
            for place in range(6):
                guess = {"current_password": f"guess {place}", "new_password": "correct horse"}
                answer = await client.post(path, json=guess)
                statuses.append(answer.status_code)
    assert statuses == [422] * 10 + [429] * 2
    assert int(answer.headers["retry-after"]) > 0
    right = {"current_password": PASSWORD, "new_password": "correct horse battery"}
    async with await gateway.signed_in("agent@firm.example") as client:
        assert (await client.post(path, json=right)).status_code == 429
    async with await gateway.signed_in("manager@firm.example") as other:
        assert (await other.post(path, json=right)).status_code == 200, (
            "each has tries of their own"
        )


async def test_a_deactivated_person_is_out_within_the_time_a_session_is_believed(
    gateway: Gateway,
) -> None:
    token = await gateway.token("consultant@firm.example")
    headers = {"Authorization": f"Bearer {token}"}
    async with gateway.client(headers=headers) as client:
        assert (await client.get("/api/v1/clients")).status_code == 200
        # Another process revokes: nothing in this one is told.
        await gateway.sql(
            "UPDATE users SET status = 'deactivated' WHERE email = 'consultant@firm.example'"
        )
        await asyncio.sleep(gateway.settings.live_revocation_seconds + 0.2)
        assert (await client.get("/api/v1/clients")).status_code == 401


async def test_someone_whose_affiliation_ended_signs_in_and_belongs_to_no_client(
    gateway: Gateway,
) -> None:
    async with await gateway.signed_in("left@huaxin.example") as client:
        me = (await client.get("/api/v1/me")).json()
    assert me["client"] is None
    async with await gateway.signed_in("pm@huaxin.example") as client:
        me = (await client.get("/api/v1/me")).json()
    assert me["client"]["name"] == "huaxin"


async def test_too_many_tries_are_refused_with_the_time_to_wait(gateway: Gateway) -> None:
    async with gateway.client() as client:
        answers = [
            await client.post(
                "/api/v1/auth/session",
                json={"email": "agent@firm.example", "password": "not the password"},
            )
            for _ in range(11)
        ]
    assert [answer.status_code for answer in answers[:10]] == [401] * 10
    assert answers[10].status_code == 429
    assert int(answers[10].headers["retry-after"]) > 0


async def test_a_credential_is_good_only_where_it_belongs(gateway: Gateway) -> None:
    """However often it was good there: a browser sends cookies on its own, headers never."""
    token = await gateway.token("admin@firm.example")
    bearer = {"Authorization": f"Bearer {token}"}
    async with gateway.client() as client:
        form = {"email": "admin@firm.example", "password": PASSWORD}
        await client.post("/api/v1/auth/session", json=form)
        cookie = client.cookies["rapport_session"]
        assert (await client.get("/api/v1/me")).status_code == 200
    async with gateway.client() as client:
        assert (await client.get("/api/v1/me", headers=bearer)).status_code == 200
        for wrong in (
            {"Cookie": f"rapport_session=Bearer {token}"},
            {"Cookie": f"rapport_session={token}"},
            {"Authorization": cookie},
            {"Authorization": f"Bearer {cookie}"},
        ):
            assert (await client.get("/api/v1/me", headers=wrong)).status_code == 401, wrong
