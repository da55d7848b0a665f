"""The door's matrix, through the open port: who may do nothing with other people, keys and mail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from gateway.policy import POLICY
from gateway.public import Public
from shared.database import Dsns
from shared.identity import Actor, Side
from shared.ids import new_id
from tests.gateway.support import HENGDA, HUAXIN, Gateway, running
from tests.security.matrix import (
    Route,
    Row,
    Stranger,
    actions_of,
    digest,
    expected_status,
    filled,
    letter_rows,
    placed,
)

PERSON: Final = {
    "email": "x@huaxin.example",
    "name": "x",
    "side": "client",
    "client_id": str(HUAXIN),
}
ROWS: Final[dict[Route, Row]] = {
    **letter_rows("gateway"),
    ("GET", "/users"): Row(query="?limit=200"),
    ("POST", "/users"): Row(PERSON),
    ("GET", "/users/{id}"): Row(),
    ("PATCH", "/users/{id}"): Row({"name": "x"}),
    ("POST", "/users/{id}/invite"): Row(),
    ("POST", "/users/{id}/activate"): Row(),
    ("POST", "/users/{id}/deactivate"): Row(),
    ("GET", "/api-keys"): Row(),
    ("POST", "/api-keys"): Row({"name": "x", "scopes": ["user:read"]}),
    ("GET", "/api-keys/{id}"): Row(),
    ("DELETE", "/api-keys/{id}"): Row(),
    ("GET", "/views"): Row(),
    ("GET", "/views/{id}"): Row(),
    ("PATCH", "/views/{id}"): Row({"name": "x"}),
    ("DELETE", "/views/{id}"): Row(),
    ("POST", "/views/{id}/default"): Row(),
    ("DELETE", "/views/{id}/default"): Row(),
    ("GET", "/audit"): Row(),
    ("GET", "/search"): Row(),
    ("GET", "/dev/mail"): Row(),
    ("GET", "/dev/mail/{id}"): Row(),
}
OWN: Final[set[Route]] = {
    ("GET", "/me"),
    ("PATCH", "/me"),
    ("POST", "/me/password"),
    ("DELETE", "/auth/session"),
    ("POST", "/views"),
}
"""About the caller alone: there is no id in them that could be somebody else's."""
PUBLIC: Final[set[Route]] = {
    ("POST", "/auth/token"),
    ("POST", "/auth/session"),
    ("GET", "/auth/invitations/{token}"),
    ("POST", "/auth/invitations/accept"),
}


@pytest.fixture
async def gateway(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> AsyncIterator[Gateway]:
    """A running gateway with people of both sides."""
    dsns = service_database("gateway")
    async with running(dsns, nats_url, tmp_path, live_revocation_seconds=60) as gateway:
        yield gateway


async def _key_token(gateway: Gateway, admin: httpx.AsyncClient, email: str) -> tuple[str, str]:
    """A key of a client-side person with every scope; its id and an access token."""
    scopes = sorted({f"{action.partition(':')[0]}:*" for action in POLICY})
    body = {"name": "partner", "scopes": scopes, "user_id": str(gateway.ids[email])}
    made = (await admin.post("/api/v1/api-keys", json=body)).json()
    form = {"grant_type": "client_credentials"}
    form |= {name: made[name] for name in ("client_id", "client_secret")}
    async with gateway.client() as client:
        answer = await client.post("/api/v1/auth/token", data=form)
    return made["id"], answer.json()["access_token"]


def _as(name: str, side: Side, *roles: str, client: Any = None, key: bool = False) -> Stranger:
    scopes = frozenset(f"{action.partition(':')[0]}:*" for action in POLICY) if key else None
    return Stranger(name, Actor(new_id(), name, side, frozenset(roles), client, scopes=scopes))


async def _settled(gateway: Gateway) -> dict[str, str]:
    """The digest once the events of the preparation have come through."""
    before = await digest(gateway.dsns.worker)
    for _ in range(40):
        await asyncio.sleep(0.5)
        now = await digest(gateway.dsns.worker)
        if now == before:
            return now
        before = now
    raise AssertionError("the tables never come to rest")


def test_every_own_route_has_a_row(gateway: Gateway) -> None:
    service = gateway.door.state.service
    actions = actions_of(service)
    assert set(actions) == set(ROWS) | OWN | PUBLIC
    for router in service.all_routers:
        for route in router.routes:
            open_to_all = any(isinstance(d.dependency, Public) for d in route.dependencies)
            assert open_to_all == ((next(iter(route.methods)), route.path) in PUBLIC)


async def test_strangers_find_and_change_nothing(gateway: Gateway) -> None:
    async with await gateway.signed_in("admin@firm.example") as admin:
        key_id, key_token = await _key_token(gateway, admin, "pm@hengda.example")
        view = {"collection": "clients", "name": "华信经理", "address": "stage=active"}
        view_id = (await admin.post("/api/v1/views", json=view)).json()["id"]
    user_id = str(gateway.ids["pm@huaxin.example"])
    tokens = {
        email: await gateway.token(email)
        for email in (
            "pm@hengda.example",
            "ceo@huaxin.example",
            "left@huaxin.example",
            "consultant@firm.example",
        )
    }
    strangers: list[tuple[Stranger, str | None]] = [
        (Stranger("nobody", None), None),
        (Stranger("forged", None), "a.b.c"),
        (_as("other client", Side.CLIENT, client=HENGDA), tokens["pm@hengda.example"]),
        (_as("other client's key", Side.CLIENT, client=HENGDA, key=True), key_token),
        (_as("same client", Side.CLIENT, client=HUAXIN), tokens["ceo@huaxin.example"]),
        (_as("ended membership", Side.CLIENT), tokens["left@huaxin.example"]),
        (_as("lower role", Side.FIRM, "consultant"), tokens["consultant@firm.example"]),
    ]
    actions = actions_of(gateway.door.state.service)
    async with gateway.client() as client:
        for _, token in strangers:
            await client.get("/api/v1/me", headers=_bearer(token))
        before = await _settled(gateway)
        for route, row in ROWS.items():
            scene = {"user_id": user_id, "api_key_id": key_id, "mail_id": str(new_id())}
            scene |= {"view_id": view_id}
            for who, token in strangers:
                expected = expected_status(row, route, actions[route], who, POLICY)
                if who.name == "lower role" and expected not in {401, 403}:
                    continue  # the firm's colleagues are no strangers to each other
                answer = await _call(client, route, row, scene, token)
                assert answer.status_code == expected, (route, who.name, answer.text)
                assert "华信经理" not in answer.text
    assert await digest(gateway.dsns.worker) == before


def _bearer(token: str | None) -> dict[str, str]:
    return {} if token is None else {"Authorization": f"Bearer {token}"}


async def _call(
    client: httpx.AsyncClient, route: Route, row: Row, scene: dict[str, str], token: str | None
) -> httpx.Response:
    method, path = route
    headers = _bearer(token) | ({"If-Match": '"1"'} if method == "PATCH" else {})
    address = f"/api/v1{filled(path, placed(route, scene))}{row.query}"
    return await client.request(method, address, json=row.body, headers=headers)
