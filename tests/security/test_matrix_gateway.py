"""The door's matrix, through the open port: who may do nothing with other people, keys and mail."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import pytest

from gateway.policy import POLICY
from gateway.public import Public
from shared.database import Dsns
from shared.ids import new_id
from tests.gateway.support import HUAXIN, Gateway, running
from tests.gateway.telling import client_event, listening_with
from tests.security.bodies import id_fields as id_fields_of_bodies
from tests.security.bodies import naming, refused_for
from tests.security.door import call, kept_from, scene_of, strangers_of
from tests.security.filters import id_filters
from tests.security.matrix import (
    Route,
    Row,
    Stranger,
    Who,
    actions_of,
    digest,
    expected_status,
    left_out,
    letter_rows,
    placed,
    settled,
)
from tests.support.telling import publish

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
OWN: Final[dict[Route, Row]] = {
    ("GET", "/me"): Row(),
    ("PATCH", "/me"): Row({"name": "x", "id": "{user_id}"}),
    ("POST", "/me/password"): Row(
        {"current_password": "x", "new_password": "y" * 20, "user_id": "{user_id}"}
    ),
    ("DELETE", "/auth/session"): Row(),
    ("POST", "/views"): Row(
        {"collection": "clients", "name": "x", "address": "a=b", "user_id": "{user_id}"}
    ),
}
"""About the caller alone, whoever else the body names."""
OWN_ANSWER: Final = {"GET": 200, "PATCH": 422, "POST": 422}
PUBLIC: Final[dict[Route, Row]] = {
    ("POST", "/auth/token"): Row({}, instead=422),
    ("POST", "/auth/session"): Row({"email": "pm@huaxin.example", "password": "x"}, instead=401),
    ("GET", "/auth/invitations/{token}"): Row(instead=404),
    ("POST", "/auth/invitations/accept"): Row(
        {"token": "x" * 43, "password": "y" * 20}, instead=404
    ),
}
STREAM: Final = ("GET", "/events/stream")
COUNTED: Final = ("limit_windows",)
"""Wrong sign-ins are counted."""


@pytest.fixture
async def gateway(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> AsyncIterator[Gateway]:
    """A running gateway with people of both sides."""
    dsns = service_database("gateway")
    async with running(dsns, nats_url, tmp_path, live_revocation_seconds=45) as gateway:
        yield gateway


async def test_no_actor_is_left_out(gateway: Gateway) -> None:
    assert left_out([who for who, _ in await strangers_of(gateway)]) == set()


def test_every_own_route_has_a_row(gateway: Gateway) -> None:
    service = gateway.door.state.service
    actions = actions_of(service)
    assert set(actions) == set(ROWS) | set(OWN) | set(PUBLIC)
    for router in service.all_routers:
        for route in router.routes:
            open_to_all = any(isinstance(d.dependency, Public) for d in route.dependencies)
            assert open_to_all == ((next(iter(route.methods)), route.path) in PUBLIC)


def _colleague(who: Stranger, expected: int) -> bool:
    """The firm's people are no strangers to each other."""
    return who.actor is not None and who.actor.is_firm and expected not in {401, 403}


async def test_strangers_find_and_change_nothing(gateway: Gateway) -> None:
    scene, strangers = await scene_of(gateway), await strangers_of(gateway)
    actions = actions_of(gateway.door.state.service)
    async with gateway.client() as client:
        before = await settled(gateway.dsns.worker)
        for route, row in ROWS.items():
            for who, token in strangers:
                expected = expected_status(row, route, actions[route], who, POLICY)
                answer = await call(client, route, row, scene, token)
                if not _colleague(who, expected):
                    assert answer.status_code == expected, (route, who.name, answer.text)
                    assert "华信经理" not in answer.text
                shown = [name for name in kept_from(who) if scene[name] in answer.text]
                assert shown == [], (route, who.name)
    assert await digest(gateway.dsns.worker) == before


async def test_the_matrix_itself_can_fail(gateway: Gateway) -> None:
    scene, token = await scene_of(gateway), await gateway.token("admin@firm.example")
    async with gateway.client() as client:
        before = await settled(gateway.dsns.worker)
        answer = await call(client, ("POST", "/users"), Row(PERSON), scene, token)
        assert answer.status_code == 201
    assert await digest(gateway.dsns.worker) != before


async def test_ids_of_others_in_the_query_show_nothing(gateway: Gateway) -> None:
    scene, strangers = await scene_of(gateway), await strangers_of(gateway)
    service = gateway.door.state.service
    actions = actions_of(service)
    async with gateway.client() as client:
        before = await settled(gateway.dsns.worker)
        for route, name in id_filters(service):
            assert name in placed(route, scene), (route, name)
            row = Row(query=f"?{name}={{{name}}}")
            for who, token in strangers:
                answer = await call(client, route, row, scene, token)
                expected = expected_status(row, route, actions[route], who, POLICY)
                assert answer.status_code == expected, (route, name, who.name, answer.text)
                kept = kept_from(who) if _colleague(who, expected) else (*kept_from(who), "name")
                shown = [
                    each for each in kept if {**scene, "name": "华信经理"}[each] in answer.text
                ]
                assert shown == [], (route, name, who.name)
    assert await digest(gateway.dsns.worker) == before


async def test_an_administrator_names_nobody_in_a_body_who_is_not_there(gateway: Gateway) -> None:
    scene, token = await scene_of(gateway), await gateway.token("admin@firm.example")
    async with gateway.client() as client:
        before = await settled(gateway.dsns.worker)
        for route, field in id_fields_of_bodies("gateway"):
            headers = {}
            if route[0] == "PATCH":
                shown = await call(client, ("GET", route[1]), Row(), scene, token)
                headers = {"If-Match": shown.headers["ETag"]}
            row = Row(naming(ROWS[route].body, field, str(new_id())), headers=headers)
            answer = await call(client, route, row, scene, token)
            assert refused_for(route, field[-1], answer), (route, field, answer.text)
    assert await digest(gateway.dsns.worker) == before


async def test_what_is_the_callers_own_is_nobody_elses(gateway: Gateway) -> None:
    scene, strangers = await scene_of(gateway), await strangers_of(gateway)
    async with gateway.client() as client:
        before = await settled(gateway.dsns.worker)
        for route, row in OWN.items():
            for who, token in strangers:
                known = who.actor is not None and who.who is not Who.RUN_OUT
                if known and route[0] == "DELETE":
                    continue  # ending one's own session is one's own right
                answer = await call(client, route, row, scene, token)
                expected = OWN_ANSWER[route[0]] if known else 401
                assert answer.status_code == expected, (route, who.name, answer.text)
                assert scene["user_id"] not in answer.text, (route, who.name)
    assert await digest(gateway.dsns.worker) == before


async def test_what_is_open_to_all_gives_nobody_anything(gateway: Gateway) -> None:
    scene, strangers = await scene_of(gateway), await strangers_of(gateway)
    async with gateway.client() as client:
        before = await settled(gateway.dsns.worker, apart_from=COUNTED)
        for route, row in PUBLIC.items():
            for who, token in strangers:
                answer = await call(client, route, row, scene, token)
                assert answer.status_code == row.instead, (route, who.name, answer.text)
    after = await digest(gateway.dsns.worker)
    assert {name: value for name, value in after.items() if name not in COUNTED} == before


async def test_the_stream_tells_strangers_nothing(gateway: Gateway) -> None:
    scene, strangers = await scene_of(gateway), await strangers_of(gateway)
    everybody = tuple(who.actor.user_id for who, _ in strangers if who.actor is not None)
    last = client_event(client_users=everybody)
    await publish(gateway.door.state.runtime.bus, last)
    before = await settled(gateway.dsns.worker)
    async with gateway.client() as client:
        for who, token in strangers:
            if who.actor is None or who.who is Who.RUN_OUT:
                assert (await call(client, STREAM, Row(), scene, token)).status_code == 401
                continue
            assert token is not None
            async with listening_with(gateway, token, "0") as stream:
                await stream.hears(last)
                heard = {said.get("aggregate_id") for said in stream.said}
            assert heard.isdisjoint(scene[name] for name in kept_from(who)), who.name
            own = {str(last.state.id), str(who.actor.user_id)}
            assert who.actor.is_firm or heard <= own, who.name
    assert await digest(gateway.dsns.worker) == before
