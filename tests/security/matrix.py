"""The authorisation matrix: every route × every stranger, as data; what is expected is derived.

A route's `Row` says with which body it is called. Who may pass the door follows from the service's
own POLICY; whoever passes it and has no business with the record must find nothing:

- nobody, or somebody whose token has run out: 401
- somebody whose side or role the policy does not admit: 403
- somebody admitted who may not see the record: 404 (for a list: 200 without a trace of it)

and every table is the same afterwards.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import asyncpg
import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute

from shared.edge import Allowed
from shared.identity import HEADER, MAX_AGE_SECONDS, Actor, Signer
from shared.ids import new_id
from shared.policy import Policy, scope_allows
from shared.service import Service

QUIET_SECONDS: Final = 1.0
SOON_SECONDS: Final = 5
MOVING_TABLES: Final = frozenset({"periodic", "audit_trail"})
"""What background loops write by themselves, whoever calls what."""
TOLD: Final = {
    "outbox": "aggregate = 'audit'",
    "aggregate_versions": "aggregate = 'audit'",
    "inbox": "subscription LIKE '%.audit:%'",
}
"""What sealing tells of audit rows that are counted themselves: it comes a moment later."""
COUNTED_TABLES: Final = frozenset({"outbox", "audit"})
"""Their rows are marked as published and sealed later: they are counted."""

A_LETTER: Final = str(new_id())
"""Some dead letter: nobody in the matrix may ask whether there is one."""

Route = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """How a route is called in the matrix. `{name}` in texts is replaced by the scene's ids.

    `found` names the parts of the scene that a list must not show to a stranger. `instead` is the
    expected status of an admitted stranger where it is not 404, with its reason beside it.
    """

    body: Mapping[str, Any] | None = None
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    instead: int | None = None


class Who(StrEnum):
    """The actors of every service's matrix: none may be left out."""

    NOBODY = "nobody"
    RUN_OUT = "somebody whose token has run out"
    OTHER_CLIENT = "another client's user"
    OTHER_CLIENTS_KEY = "another client's key"
    OTHER_ENGAGEMENT = "same client, another engagement"
    ENDED = "a place that has ended"
    BYSTANDER = "a consultant on no engagement"
    COMPLAINED_ABOUT = "the agent the complaint is about"
    LOWER_ROLE = "a lower role"


@dataclass(frozen=True)
class Stranger:
    """Somebody with no business with the record; `token` is one that has run out."""

    name: str
    who: Who
    actor: Actor | None
    token: str | None = None


def left_out(*groups: Iterable[Stranger]) -> set[Who]:
    """The actors that a matrix does without."""
    return set(Who) - {stranger.who for group in groups for stranger in group}


async def run_out(app: FastAPI, service: str, key: str, actor: Actor, path: str) -> Stranger:
    """The actor with a token that opened `path` a moment ago, and has run out since."""
    issued = int(time.time()) - MAX_AGE_SECONDS + SOON_SECONDS
    token = Signer(key).sign(actor, service, now=issued)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        answer = await client.get(f"/api/v1{path}", headers={HEADER: token})
    assert answer.status_code == 200, answer.text
    await asyncio.sleep(issued + MAX_AGE_SECONDS - time.time())
    return Stranger("token that has run out", Who.RUN_OUT, actor, token)


def letter_rows(service: str) -> dict[Route, Row]:
    """The rows of what every service has: its dead letters, for administrators alone."""
    letters = f"/services/{service}/dead-letters"
    acts = {("POST", f"{letters}/{{id}}/{act}"): Row() for act in ("replay", "discard")}
    return {("GET", letters): Row(), **acts}


def actions_of(service: Service) -> dict[Route, str]:
    """Every route of a service with the policy action that guards it ("" where none does)."""
    actions = {("GET", reading.path): reading.policy for reading in service.readings}
    for router in service.all_routers:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            actions |= {(method, route.path): _action(route) for method in route.methods or ()}
    return actions


def _action(route: APIRoute) -> str:
    for dependency in route.dependencies:
        if isinstance(dependency.dependency, Allowed):
            return dependency.dependency.action
    return ""


def expected_status(row: Row, route: Route, action: str, stranger: Stranger, policy: Policy) -> int:
    """What this stranger must be answered."""
    if stranger.actor is None or stranger.who is Who.RUN_OUT:
        return 401
    if not policy[action].allows(stranger.actor) or not scope_allows(stranger.actor, action):
        return 403
    if row.instead is not None:
        return row.instead
    is_list = route[0] == "GET" and not route[1].endswith("}") and "{" not in route[1]
    return 200 if is_list else 404


def placed(route: Route, scene: Mapping[str, str]) -> dict[str, str]:
    """The scene with `{id}` meaning what the path is about: `/follow-ups/{id}` a `follow_up_id`."""
    known = {"dead_letter_id": A_LETTER, **scene}
    parts = route[1].split("/")
    if "{id}" in parts:
        return {**known, "id": known[_id_of(parts[parts.index("{id}") - 1])]}
    own = _id_of(parts[-1])
    return {**known, "id": known[own]} if own in known else known


def _id_of(collection: str) -> str:
    name = collection.replace("-", "_")
    if name.endswith("ies"):
        name = name.removesuffix("ies") + "y"
    return name.removesuffix("s") + "_id"


def filled(value: Any, scene: Mapping[str, str]) -> Any:
    """The value with `{name}` replaced by the scene's ids, however deep."""
    if isinstance(value, str):
        for name, text in scene.items():
            value = value.replace("{" + name + "}", text)
        return value
    if isinstance(value, Mapping):
        return {key: filled(each, scene) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, scene) for each in value]
    return value


async def call(
    app: FastAPI,
    service: str,
    key: str,
    route: Route,
    row: Row,
    who: Stranger,
    scene: Mapping[str, str],
) -> httpx.Response:
    """One cell of the matrix."""
    scene = placed(route, scene)
    headers = dict(filled(row.headers, scene))
    if who.actor is not None:
        headers[HEADER] = who.token or Signer(key).sign(who.actor, service)
    method, path = route
    if method == "PATCH":
        headers.setdefault("If-Match", '"1"')
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        return await client.request(
            method,
            f"/api/v1{filled(path, scene)}{filled(row.query, scene)}",
            json=filled(row.body, scene),
            headers=headers,
        )


async def digest(worker_dsn: str) -> dict[str, str]:
    """A fingerprint of every table's rows, those that move by themselves left out."""
    connection = await asyncpg.connect(worker_dsn)
    try:
        tables = await connection.fetch(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'"
        )
        asked = [_print_of(table) for (table,) in tables if table not in MOVING_TABLES]
        return dict(await connection.fetch(" UNION ALL ".join(asked)))
    finally:
        await connection.close()


def _print_of(table: str) -> str:
    """The statement that answers a table's name and fingerprint; all in one are asked at once."""
    rows = f"FROM {table} t WHERE NOT ({TOLD.get(table, 'false')})"
    if table in COUNTED_TABLES:
        return f"SELECT '{table}', count(*)::text {rows}"
    every = "string_agg(t::text, '|' ORDER BY t::text COLLATE \"C\")"
    return f"SELECT '{table}', md5(coalesce({every}, '')) {rows}"


async def settled(worker_dsn: str, *, apart_from: Collection[str] = ()) -> dict[str, str]:
    """The fingerprint once a second has passed without change.

    The stream may hold what earlier tests told; a service that has just started takes it over.
    """
    before: dict[str, str] = {}
    for _ in range(30):
        prints = await digest(worker_dsn)
        now = {name: value for name, value in prints.items() if name not in apart_from}
        if now == before:
            return now
        before = now
        await asyncio.sleep(QUIET_SECONDS)
    raise AssertionError("the tables do not come to rest")
