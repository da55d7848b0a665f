"""The registry's matrix: nothing of it is for the client side, and lower roles only look.

What the registry heard of engagements and complaints is kept from colleagues it is not for.
"""

from __future__ import annotations

import asyncio
from typing import Final
from uuid import UUID

from services.clients.policy import POLICY
from shared.events import Visibility
from shared.identity import Actor, Side
from shared.ids import new_id
from tests.security.bodies import taken_from_bodies
from tests.security.filters import shown_by_filters
from tests.security.matrix import (
    Route,
    Row,
    Stranger,
    Who,
    actions_of,
    call,
    digest,
    expected_status,
    left_out,
    letter_rows,
    run_out,
    settled,
)
from tests.services.clients.conftest import Registry, registry, registry_settings
from tests.services.clients.importing import analysed, table
from tests.services.clients.told import answer, engagement, follow_up, tell
from tests.support.services import PRIVATE_KEY, client_side, firm

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
    ("POST", "/clients/{id}/merge"): Row({"source_id": "{client_id}"}),
    ("POST", "/clients/{id}/split"): Row({"source_id": "{client_id}", "reason": "x"}),
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
    ("POST", "/imports/{id}/discard"): Row(),
}


SHEET: Final = ("客户名称", "联系人")
KNOWN: Final = ("engagement_id", "answer_id", "case_id", "case_answer_id")
"""What the registry heard from other services."""
LISTS: Final = {
    (("POST", "/clients/bulk"), "ids"): "a job changes what there is, and counts the rest",
    (("POST", "/clients"), "confirm_distinct_from"): "what was looked at and is another; not kept",
}


def test_every_route_has_a_row_and_a_policy_entry(registry: Registry) -> None:
    actions = actions_of(registry.app.state.service)
    assert set(actions) == set(ROWS)
    assert set(actions.values()) <= set(POLICY)


async def scene_of(registry: Registry) -> dict[str, str]:
    """A client with a person, a contact record, an opportunity, a job that has ended, and a list
    that the manager brought in and has not applied.

    Known of it: an engagement with an answer about it, and an answer whose case is about the agent.
    """
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
    nobody = {"filter": "city=nowhere", "change": {"add_tags": ["x"]}}
    job = await registry.post("/clients/bulk", nobody, status=202)
    await finished(registry, job["id"])
    running, low = engagement(registry, client["id"]), answer(registry, client["id"], "csat", 1)
    await tell(registry, running)
    await tell(registry, low, "submitted")
    of_a_case = answer(registry, client["id"], "nps", 2)
    about_agent = Visibility(excluded=(registry.agent.user_id,))
    of_a_case = of_a_case.model_copy(update={"visibility": about_agent})
    case = follow_up(registry, of_a_case)
    await tell(registry, of_a_case, "submitted")
    await tell(registry, case, "opened")
    return {
        "engagement_id": str(running.id),
        "answer_id": str(low.id),
        "case_id": str(case.id),
        "case_answer_id": str(of_a_case.id),
        "owner_id": str(registry.manager.user_id),
        "author_id": str(registry.manager.user_id),
        "contact_ids": person["id"],
        "client_id": client["id"],
        "contact_id": person["id"],
        "interaction_id": record["id"],
        "opportunity_id": opportunity["id"],
        "job_id": job["id"],
        "import_id": (await analysed(registry, table(SHEET, ["恒达制造有限公司", "马娟"])))["id"],
    }


async def finished(registry: Registry, job_id: str) -> None:
    """Wait until a background job has ended."""
    async with asyncio.timeout(30):
        while (await registry.get(f"/jobs/{job_id}"))["finished_at"] is None:
            await asyncio.sleep(0.05)


async def strangers(registry: Registry, scene: dict[str, str]) -> list[Stranger]:
    """The client side in all its forms, and nobody."""
    own = UUID(scene["client_id"])
    other = new_id()
    key = Actor(new_id(), "key", Side.CLIENT, client_id=other, scopes=frozenset({"client:*"}))
    left = Actor(new_id(), "left", Side.CLIENT)
    climber = Actor(new_id(), "x", Side.CLIENT, frozenset({"admin"}), own)
    return [
        Stranger("nobody", Who.NOBODY, None),
        await run_out(registry.app, "clients", PRIVATE_KEY, registry.admin, "/clients"),
        Stranger("client side", Who.OTHER_CLIENT, registry.client_pm),
        Stranger("client side's key", Who.OTHER_CLIENTS_KEY, key),
        Stranger("of the client itself", Who.OTHER_ENGAGEMENT, client_side("it", own)),
        Stranger("ended membership", Who.ENDED, left),
        Stranger("client side with a firm's role in the token", Who.OTHER_CLIENT, climber),
    ]


def colleagues(registry: Registry) -> list[tuple[Stranger, tuple[str, ...]]]:
    """Who of the firm may look, with the names of what they must not find."""
    bystander, agent = firm("x", "consultant"), registry.agent
    of_engagements = ("engagement_id", "answer_id")
    return [
        (Stranger("on no engagement", Who.BYSTANDER, bystander), of_engagements),
        (
            Stranger("whom the complaint is about", Who.COMPLAINED_ABOUT, agent),
            (*of_engagements, "case_id", "case_answer_id"),
        ),
        (Stranger("no role", Who.LOWER_ROLE, firm("x")), of_engagements),
    ]


async def test_no_actor_is_left_out(registry: Registry) -> None:
    outside = await strangers(registry, {"client_id": str(new_id())})
    assert left_out(outside, [who for who, _ in colleagues(registry)]) == set()


async def test_strangers_find_and_change_nothing(registry: Registry) -> None:
    scene = await scene_of(registry)
    actions = actions_of(registry.app.state.service)
    everybody = await strangers(registry, scene)
    before = await settled(registry.dsns.worker)
    for route, row in ROWS.items():
        for who in everybody:
            said = await call(registry.app, "clients", PRIVATE_KEY, route, row, who, scene)
            expected = expected_status(row, route, actions[route], who, POLICY)
            assert said.status_code == expected, (route, who.name, said.text)
    assert await digest(registry.dsns.worker) == before


async def test_ids_of_others_in_the_query_show_nothing(registry: Registry) -> None:
    scene = await scene_of(registry)
    everybody = await strangers(registry, scene)
    before = await settled(registry.dsns.worker)
    assert await shown_by_filters(registry.app, ROWS, everybody, scene, POLICY, KNOWN) == []
    assert await digest(registry.dsns.worker) == before


async def test_a_manager_names_nobody_and_nothing_of_others_in_a_body(registry: Registry) -> None:
    scene = await scene_of(registry)
    rival = await registry.client("恒达制造有限公司")
    theirs = await registry.post("/contacts", {"client_id": rival["id"], "name": "x"}, status=201)
    outsider = registry.client_pm.user_id
    known = "INSERT INTO user_refs VALUES ($1, 'x', 'client', '{}', true)"
    await registry.rows(known, outsider)
    others = {
        "client_id": [str(new_id())],
        "source_id": [str(new_id())],
        "owner_id": [str(outsider), str(new_id())],
        "contact_ids": [theirs["id"], str(new_id())],
        "participant_ids": [str(outsider), str(new_id())],
    }
    manager = Stranger("the manager", Who.LOWER_ROLE, registry.manager)
    before = await settled(registry.dsns.worker)
    assert await taken_from_bodies(registry.app, ROWS, manager, scene, others, LISTS) == []
    assert await digest(registry.dsns.worker) == before


async def test_colleagues_do_not_find_what_is_kept_from_them(registry: Registry) -> None:
    scene = await scene_of(registry)
    actions = actions_of(registry.app.state.service)
    manager = Stranger("the manager", Who.LOWER_ROLE, registry.manager)
    before = await settled(registry.dsns.worker)
    found: set[str] = set()
    for route, row in ROWS.items():
        if route[0] != "GET":
            continue
        seen = await call(registry.app, "clients", PRIVATE_KEY, route, row, manager, scene)
        found |= {name for name in KNOWN if scene[name] in seen.text}
        for who, kept in colleagues(registry):
            said = await call(registry.app, "clients", PRIVATE_KEY, route, row, who, scene)
            assert [name for name in kept if scene[name] in said.text] == [], (route, who.name)
            if not POLICY[actions[route]].allows(who.actor or registry.client_pm):
                assert said.status_code == 403, (route, who.name)
    assert found == set(KNOWN)
    assert await digest(registry.dsns.worker) == before


async def test_the_matrix_itself_can_fail(registry: Registry) -> None:
    scene = await scene_of(registry)
    before = await settled(registry.dsns.worker)
    await registry.post("/contacts", {"client_id": scene["client_id"], "name": "x"}, status=201)
    assert await digest(registry.dsns.worker) != before


async def test_lower_roles_change_nothing(registry: Registry) -> None:
    scene = await scene_of(registry)
    actions = actions_of(registry.app.state.service)
    before = await settled(registry.dsns.worker)
    for who, _ in colleagues(registry):
        assert who.actor is not None
        for route, row in ROWS.items():
            if not POLICY[actions[route]].allows(who.actor):
                said = await call(registry.app, "clients", PRIVATE_KEY, route, row, who, scene)
                assert said.status_code == 403, (route, who.name)
    assert await digest(registry.dsns.worker) == before
