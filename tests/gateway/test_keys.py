"""A key never reaches beyond whoever makes it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any

import httpx
import pytest

from gateway.sessions.rules import BY_KEY
from tests.gateway.support import Gateway

KEYS = "/api/v1/api-keys"
TOKEN = "/api/v1/auth/token"


@asynccontextmanager
async def partner(gateway: Gateway, *scopes: str) -> AsyncIterator[httpx.AsyncClient]:
    """A caller with an administrator's key of these scopes."""
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = (await admin.post(KEYS, json={"name": "ERP", "scopes": scopes})).json()
    form = {"grant_type": "client_credentials"}
    form |= {name: made[name] for name in ("client_id", "client_secret")}
    async with gateway.client() as client:
        token = (await client.post("/api/v1/auth/token", data=form)).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ({"scopes": ["user:read", "user:*"]}, "/scopes/1"),
        ({"scopes": ["user:write"]}, "/scopes/0"),
        ({"scopes": ["audit:list"]}, "/scopes/0"),
        ({"scopes": ["user:list"], "user_id": "agent@firm.example"}, "/user_id"),
    ],
)
async def test_a_key_makes_no_key_that_reaches_further(
    gateway: Gateway, wanted: dict[str, Any], place: str
) -> None:
    if "user_id" in wanted:
        wanted = wanted | {"user_id": str(gateway.ids[wanted["user_id"]])}
    async with partner(gateway, "key:*", "user:read") as client:
        refused = await client.post(KEYS, json={"name": "wider", **wanted})
        assert (refused.status_code, refused.json()["code"]) == (403, "key_too_wide")
        assert [each["pointer"] for each in refused.json()["errors"]] == [place]
        within = await client.post(
            KEYS, json={"name": "same", "scopes": ["user:read", "user:list"]}
        )
        assert within.status_code == 201, within.text


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ({"scopes": ["user:read", "bogus:read"]}, "/scopes/1"),
        ({"scopes": ["user:bogus"]}, "/scopes/0"),
        ({"scopes": ["client:create"]}, "/scopes/0"),
        ({"scopes": ["user:read"], "expires_at": "2026-01-01T00:00:00Z"}, "/expires_at"),
    ],
    ids=["no resource", "no act", "not the administrator's", "past"],
)
async def test_what_a_key_cannot_be_is_refused_by_place(
    gateway: Gateway, wanted: dict[str, Any], place: str
) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        refused = await admin.post(KEYS, json={"name": "x", **wanted})
        assert refused.status_code == 422, refused.text
        assert [each["pointer"] for each in refused.json()["errors"]] == [place]


async def test_an_administrator_in_person_makes_a_key_for_somebody_else(gateway: Gateway) -> None:
    """It may be given what its owner may do, be that more than the administrator's."""
    body = {
        "name": "for the manager",
        "scopes": ["client:create"],
        "user_id": str(gateway.ids["manager@firm.example"]),
    }
    async with await gateway.signed_in("admin@firm.example") as admin:
        assert (await admin.post(KEYS, json=body)).status_code == 201
    found = await gateway.sql("SELECT after->>'owner_name' AS name FROM audit")
    assert "Manager" in [row["name"] for row in found]


async def test_a_key_is_told_by_its_prefix_and_of_its_secret_only_a_hash_is_stored(
    gateway: Gateway,
) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = (await admin.post(KEYS, json={"name": "ERP", "scopes": ["user:read"]})).json()
    secret = made["client_secret"]
    [stored] = await gateway.sql("SELECT secret_hash, api_keys::text AS row FROM api_keys")
    assert made["client_id"].startswith("rk_")
    assert stored["secret_hash"] == sha256(secret.encode()).digest()
    assert secret not in stored["row"]


async def test_a_key_is_shown_once_scoped_and_dead_after_revocation(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await admin.post(
            "/api/v1/api-keys",
            json={"name": "ERP", "scopes": ["user:read"]},
            headers={"Idempotency-Key": "once"},
        )
        assert made.status_code == 201, made.text
        repeated = await admin.post(
            "/api/v1/api-keys",
            json={"name": "ERP", "scopes": ["user:read"]},
            headers={"Idempotency-Key": "once"},
        )
        assert repeated.json()["client_secret"] is None
        listed = (await admin.get("/api/v1/api-keys")).json()["items"]
        assert [key["client_id"] for key in listed] == [made.json()["client_id"]]
        assert "secret" not in str(listed)
        form = {
            "grant_type": "client_credentials",
            "client_id": made.json()["client_id"],
            "client_secret": made.json()["client_secret"],
        }
        async with gateway.client() as partner:
            wrong = await partner.post(
                "/api/v1/auth/token", data=form | {"client_secret": "x" * 43}
            )
            assert wrong.status_code == 401
            got = await partner.post("/api/v1/auth/token", data=form)
            assert got.json()["refresh_token"] is None
            partner.headers["Authorization"] = f"Bearer {got.json()['access_token']}"
            assert (await partner.get("/api/v1/users")).status_code == 200
            assert (await partner.get("/api/v1/audit")).status_code == 403
            assert (await partner.post("/api/v1/me/password", json={})).status_code in {403, 422}
            await admin.delete(f"/api/v1/api-keys/{made.json()['id']}")
            assert (await partner.get("/api/v1/users")).status_code == 401
            assert (await partner.post("/api/v1/auth/token", data=form)).status_code == 401


async def test_secrets_of_a_key_are_not_guessed_and_other_keys_go_on(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        keys = [
            (await admin.post(KEYS, json={"name": name, "scopes": ["user:read"]})).json()
            for name in ("guessed", "other")
        ]

    async def tried(key: dict[str, Any], **changes: str) -> int:
        form = {name: key[name] for name in ("client_id", "client_secret")} | changes
        answer = await client.post(TOKEN, data={"grant_type": "client_credentials", **form})
        return answer.status_code

    async with gateway.client() as client:
        wrong = [await tried(keys[0], client_secret="a guess") for _ in range(BY_KEY.count)]
        assert set(wrong) == {401}
        assert await tried(keys[0], client_secret="a guess") == 429
        assert await tried(keys[0]) == 429, "nor does the right one tell that it is"
        assert await tried(keys[1]) == 200
