"""The registry's matrix: nothing of it is for the client side, and lower roles only look."""

from __future__ import annotations

from typing import Final

from services.clients.policy import POLICY
from shared.identity import Actor, Side
from shared.ids import new_id
from tests.security.matrix import (
    Route,
    Row,
    Stranger,
    actions_of,
    call,
    digest,
    expected_status,
    letter_rows,
    settled,
)
from tests.services.clients.conftest import Registry, registry, registry_settings
from tests.support.services import PRIVATE_KEY

__all__ = ["registry", "registry_settings"]

ROWS: Final[dict[Route, Row]] = {
    **letter_rows("clients"),
    ("GET", "/clients"): Row(query="?limit=200"),
    ("POST", "/clients"): Row({"legal_name": "x"}),
    ("POST", "/clients/bulk"): Row({"ids": ["{client_id}"], "change": {"add_tags": ["x"]}}),
    ("GET", "/clients/export"): Row(query="?format=csv"),
    ("GET", "/clients/{id}"): Row(),
    ("PATCH", "/clients/{id}"): Row({"city": "x"}),
    ("DELETE", "/clients/{id}"): Row(),
    ("POST", "/clients/{id}/restore"): Row(),
    ("POST", "/clients/{id}/stage"): Row({"stage": "qualified"}),
    ("GET", "/clients/{id}/page"): Row(),
    ("GET", "/clients/{client_id}/timeline"): Row(),
    ("GET", "/contacts"): Row(query="?limit=200"),
    ("POST", "/contacts"): Row({"client_id": "{client_id}", "name": "x"}),
    ("GET", "/contacts/{id}"): Row(),
    ("PATCH", "/contacts/{id}"): Row({"name": "x"}),
    ("DELETE", "/contacts/{id}"): Row(),
    ("GET", "/interactions"): Row(query="?limit=200"),
    ("POST", "/interactions"): Row(
        {
            "client_id": "{client_id}",
            "kind": "call",
            "occurred_at": "2026-11-20T02:00:00Z",
            "summary": "x",
        }
    ),
    ("GET", "/interactions/{id}"): Row(),
    ("PATCH", "/interactions/{id}"): Row({"summary": "x"}),
    ("POST", "/interactions/{id}/amend"): Row({"summary": "x", "reason": "y"}),
    ("POST", "/clients/{id}/grade"): Row({"grade": "A", "reason": "x"}),
    ("GET", "/clients/{client_id}/grades"): Row(),
    ("GET", "/opportunities"): Row(query="?limit=200"),
    ("POST", "/opportunities"): Row({"client_id": "{client_id}", "title": "x"}),
    ("GET", "/opportunities/{id}"): Row(),
    ("PATCH", "/opportunities/{id}"): Row({"title": "y"}),
    ("POST", "/opportunities/{id}/move"): Row({"stage": "won"}),
    ("GET", "/jobs/{id}"): Row(),
    ("GET", "/imports"): Row(),
    ("POST", "/imports"): Row({}),
    ("GET", "/imports/{id}"): Row(),
    ("PUT", "/imports/{id}/mapping"): Row({"mapping": {}}),
    ("GET", "/imports/{import_id}/problems"): Row(),
    ("GET", "/imports/{id}/problems.csv"): Row(),
    ("GET", "/imports/{import_id}/rows"): Row(),
    ("POST", "/imports/{id}/apply"): Row({"mode": "create"}),
    ("POST", "/imports/{id}/undo"): Row(),
}


def test_every_route_has_a_row_and_a_policy_entry(registry: Registry) -> None:
    actions = actions_of(registry.app.state.service)
    assert set(actions) == set(ROWS)
    assert set(actions.values()) <= set(POLICY)


async def scene_of(registry: Registry) -> dict[str, str]:
    """A client with a person, a contact record, an opportunity and a job."""
    client = await registry.client()
    person = await registry.post(
        "/contacts", {"client_id": client["id"], "name": "马娟"}, status=201
    )
    body = {"client_id": client["id"], "kind": "call", "summary": "x"}
    body["occurred_at"] = registry.clock.now.isoformat()
    record = await registry.post("/interactions", body, status=201)
    opportunity = await registry.post(
        "/opportunities", {"client_id": client["id"], "title": "x"}, status=201
    )
    job = await registry.post(
        "/clients/bulk", {"ids": [], "change": {"add_tags": ["x"]}}, status=202
    )
    return {
        "client_id": client["id"],
        "contact_id": person["id"],
        "interaction_id": record["id"],
        "opportunity_id": opportunity["id"],
        "job_id": job["id"],
        "import_id": str(new_id()),
    }


def strangers(registry: Registry) -> list[Stranger]:
    """The client side in all its forms, and nobody."""
    client_id = new_id()
    key = Actor(new_id(), "key", Side.CLIENT, client_id=client_id, scopes=frozenset({"client:*"}))
    left = Actor(new_id(), "left", Side.CLIENT)
    climber = Actor(new_id(), "x", Side.CLIENT, frozenset({"admin"}), client_id)
    return [
        Stranger("nobody", None),
        Stranger("expired token", registry.admin, expired=True),
        Stranger("client side", registry.client_pm),
        Stranger("client side's key", key),
        Stranger("ended membership", left),
        Stranger("client side with a firm's role in the token", climber),
    ]


async def test_strangers_find_and_change_nothing(registry: Registry) -> None:
    scene = await scene_of(registry)
    actions = actions_of(registry.app.state.service)
    before = await settled(registry.dsns.worker)
    for route, row in ROWS.items():
        for who in strangers(registry):
            answer = await call(registry.app, "clients", PRIVATE_KEY, route, row, who, scene)
            expected = expected_status(row, route, actions[route], who, POLICY)
            assert answer.status_code == expected, (route, who.name, answer.text)
    assert await digest(registry.dsns.worker) == before


async def test_lower_roles_change_nothing(registry: Registry) -> None:
    scene = await scene_of(registry)
    actions = actions_of(registry.app.state.service)
    before = await settled(registry.dsns.worker)
    nobody_special = Actor(new_id(), "x", Side.FIRM)
    for route, row in ROWS.items():
        if POLICY[actions[route]].allows(nobody_special):
            continue
        who = Stranger("no role", nobody_special)
        answer = await call(registry.app, "clients", PRIVATE_KEY, route, row, who, scene)
        assert answer.status_code == 403, route
    assert await digest(registry.dsns.worker) == before
