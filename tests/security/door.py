"""Who comes to the door in its matrix, what they show, and what they must not find."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime
from typing import Any, Final

import httpx
from joserfc import jwt
from joserfc.jwk import OKPKey

from gateway.policy import POLICY
from shared.contracts.desk import CaseOpened
from shared.contracts.engagements import EngagementDrafted, EngagementState
from shared.events import Visibility
from shared.identity import ALGORITHM, Actor, Side
from shared.ids import new_id
from tests.gateway.echo import PRIVATE_KEY
from tests.gateway.support import HENGDA, HUAXIN, Gateway
from tests.gateway.telling import case_state
from tests.security.matrix import SOON_SECONDS, Route, Row, Stranger, Who, filled, placed
from tests.support.telling import publish

KEY: Final = OKPKey.import_key(json.loads(PRIVATE_KEY))


def _every_scope() -> list[str]:
    return sorted({f"{action.partition(':')[0]}:*" for action in POLICY})


async def _key_token(gateway: Gateway, admin: httpx.AsyncClient, email: str) -> str:
    """An access token by a key of a client-side person with every scope."""
    body = {"name": "partner", "scopes": _every_scope(), "user_id": str(gateway.ids[email])}
    made = (await admin.post("/api/v1/api-keys", json=body)).json()
    form = {"grant_type": "client_credentials"}
    form |= {name: made[name] for name in ("client_id", "client_secret")}
    async with gateway.client() as client:
        answer = await client.post("/api/v1/auth/token", data=form)
    return str(answer.json()["access_token"])


async def _be_seen(gateway: Gateway, token: str) -> None:
    async with gateway.client(headers=bearer(token)) as client:
        assert (await client.get("/api/v1/me")).status_code == 200


async def _run_out(gateway: Gateway, email: str) -> str:
    """A token that has just opened `/me`, and has run out since."""
    good = jwt.decode(await gateway.token(email), KEY, algorithms=[ALGORITHM])
    expires = int(time.time()) + SOON_SECONDS
    header, claims = {"alg": ALGORITHM, "typ": "at+jwt"}, good.claims | {"exp": expires}
    token = jwt.encode(header, claims, KEY, algorithms=[ALGORITHM])
    await _be_seen(gateway, token)
    await asyncio.sleep(expires - time.time())
    return token


async def _told(gateway: Gateway) -> dict[str, str]:
    """A case about agent2 and an engagement of nobody here, found by search; their ids."""
    requester, agent2 = (
        gateway.ids[email] for email in ("pm@huaxin.example", "agent2@firm.example")
    )
    case = case_state(requester, HUAXIN, agent2)
    running = EngagementState(
        id=new_id(),
        visibility=Visibility(client_id=HUAXIN, roles=("admin",), client_users=(requester,)),
        number="E-2026-001",
        client_id=HUAXIN,
        title="流程优化",
        status="active",
        opened_at=datetime.now(UTC),
    )
    await publish(gateway.door.state.runtime.bus, CaseOpened(state=case))
    await publish(gateway.door.state.runtime.bus, EngagementDrafted(state=running))
    async with asyncio.timeout(30):
        while len(await gateway.sql("SELECT 1 FROM search_entries")) < 2:
            await asyncio.sleep(0.05)
        while len(await gateway.sql("SELECT 1 FROM live_events WHERE aggregate <> 'user'")) < 2:
            await asyncio.sleep(0.05)
    return {"case_id": str(case.id), "engagement_id": str(running.id)}


async def scene_of(gateway: Gateway) -> dict[str, str]:
    """Somebody, a key, a view of the administrator's, and what other services told."""
    async with await gateway.signed_in("admin@firm.example") as admin:
        key = {"name": "x", "scopes": ["user:read"]}
        key_id = (await admin.post("/api/v1/api-keys", json=key)).json()["id"]
        view = {"collection": "clients", "name": "华信经理", "address": "stage=active"}
        view_id = (await admin.post("/api/v1/views", json=view)).json()["id"]
    user_id = str(gateway.ids["pm@huaxin.example"])
    told = await _told(gateway)
    return {
        "user_id": user_id,
        "client_id": str(HUAXIN),
        "api_key_id": key_id,
        "mail_id": str(new_id()),
        "view_id": view_id,
        "search_id": told["case_id"],
        "audit_id": str(new_id()),
        "actor_id": user_id,
        "subject_id": told["case_id"],
        "token": "x" * 43,
        **told,
    }


async def strangers_of(gateway: Gateway) -> list[tuple[Stranger, str | None]]:
    """Everybody of reliability.md, with what they show at the door; all have been seen today."""
    async with await gateway.signed_in("admin@firm.example") as admin:
        key = await _key_token(gateway, admin, "pm@hengda.example")
    await _be_seen(gateway, key)

    async def someone(name: str, who: Who, email: str, *roles: str, client: Any = None) -> Any:
        side = Side.FIRM if email.endswith("@firm.example") else Side.CLIENT
        actor = Actor(gateway.ids[email], name, side, frozenset(roles), client)
        token = await gateway.token(email)
        await _be_seen(gateway, token)
        return Stranger(name, who, actor), token

    admin_id = gateway.ids["admin@firm.example"]
    was_admin = Actor(admin_id, "admin", Side.FIRM, frozenset({"admin"}))
    scopes = frozenset(_every_scope())
    partner = Actor(
        gateway.ids["pm@hengda.example"], "key", Side.CLIENT, client_id=HENGDA, scopes=scopes
    )
    gone = await _run_out(gateway, "admin@firm.example")
    return [
        (Stranger("nobody", Who.NOBODY, None), None),
        (Stranger("forged", Who.NOBODY, None), "a.b.c"),
        (Stranger("token that has run out", Who.RUN_OUT, was_admin), gone),
        await someone("other client", Who.OTHER_CLIENT, "pm@hengda.example", client=HENGDA),
        (Stranger("other client's key", Who.OTHER_CLIENTS_KEY, partner), key),
        await someone("same client", Who.OTHER_ENGAGEMENT, "ceo@huaxin.example", client=HUAXIN),
        await someone("ended membership", Who.ENDED, "left@huaxin.example"),
        await someone("consultant", Who.BYSTANDER, "consultant@firm.example", "consultant"),
        await someone("lower role", Who.LOWER_ROLE, "agent@firm.example", "agent"),
        await someone("about agent2", Who.COMPLAINED_ABOUT, "agent2@firm.example", "agent"),
    ]


def kept_from(who: Stranger) -> tuple[str, ...]:
    """What somebody must not learn of; of a case the firm may, but whom it is about."""
    knows = who.who in {Who.BYSTANDER, Who.LOWER_ROLE}
    return ("engagement_id",) if knows else ("engagement_id", "case_id")


def bearer(token: str | None) -> dict[str, str]:
    """The header that shows a token."""
    return {} if token is None else {"Authorization": f"Bearer {token}"}


async def call(
    client: httpx.AsyncClient, route: Route, row: Row, scene: dict[str, str], token: str | None
) -> httpx.Response:
    """One cell of the matrix."""
    method, path = route
    match = {"If-Match": '"1"'} if method == "PATCH" else {}
    headers = bearer(token) | match | dict(row.headers)
    known = placed(route, scene)
    address = f"/api/v1{filled(path, known)}{filled(row.query, known)}"
    return await client.request(method, address, json=filled(row.body, known), headers=headers)
