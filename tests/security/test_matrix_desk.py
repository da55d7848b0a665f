"""The desk's matrix: strangers find nothing of a case, by any route, and change nothing."""

from __future__ import annotations

from typing import Any, Final

from services.desk.policy import POLICY
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
from tests.services.desk.conftest import Desk, clock, desk, desk_settings
from tests.support.services import PRIVATE_KEY

__all__ = ["clock", "desk", "desk_settings"]

SECRETS: Final = ("case_id", "promise_id", "solution_id", "follow_up_id", "message_id", "note_id")
SOON: Final = "2026-11-24T02:00:00Z"

ROWS: Final[dict[Route, Row]] = {
    **letter_rows("desk"),
    ("POST", "/cases"): Row(
        # Not theirs to open: for another client's person, or from an ended affiliation.
        {
            "kind": "request",
            "subject": "x",
            "description": "y",
            "client_id": "{client}",
            "requester_id": "{requester}",
        },
        instead=422,
    ),
    ("GET", "/cases"): Row(query="?limit=200"),
    ("GET", "/cases/{id}"): Row(),
    ("PATCH", "/cases/{id}"): Row({"subject": "stolen"}),
    ("POST", "/cases/{id}/assign"): Row({"assignee_id": "{agent}"}),
    ("POST", "/cases/{id}/about"): Row({"user_ids": []}),
    ("POST", "/cases/{id}/start"): Row(),
    ("POST", "/cases/{id}/wait"): Row({"reason": "x"}),
    ("POST", "/cases/{id}/resume"): Row(),
    ("POST", "/cases/{id}/restate"): Row({"text": "x"}),
    ("POST", "/cases/{id}/confirm-need"): Row({"confirmed": True}),
    ("POST", "/cases/{id}/resolve"): Row({"resolution": "x"}),
    ("POST", "/cases/{id}/close"): Row({}),
    ("POST", "/cases/{id}/reopen"): Row({"reason": "x"}),
    ("POST", "/cases/{id}/withdraw"): Row({"reason": "x"}),
    ("GET", "/cases/{case_id}/messages"): Row(),
    ("GET", "/cases/{case_id}/messages/{id}"): Row(),
    ("POST", "/cases/{case_id}/messages"): Row({"body": "x"}),
    ("GET", "/cases/{case_id}/notes"): Row(),
    ("GET", "/cases/{case_id}/notes/{id}"): Row(),
    ("POST", "/cases/{case_id}/notes"): Row({"body": "x"}),
    ("GET", "/cases/{case_id}/steps"): Row(),
    ("GET", "/promises"): Row(query="?limit=200"),
    ("GET", "/promises/{id}"): Row(),
    ("GET", "/promises/kept-rate"): Row(instead=200),  # a figure over what the reader may see
    ("POST", "/promises"): Row({"case_id": "{case_id}", "kind": "update", "due_at": SOON}),
    ("POST", "/promises/{id}/renegotiate"): Row({"due_at": SOON, "reason": "x"}),
    ("POST", "/promises/{id}/keep"): Row({"note": "x"}),
    ("GET", "/solutions"): Row(query="?limit=200"),
    ("GET", "/solutions/{id}"): Row(),
    ("POST", "/solutions"): Row(
        {
            "case_id": "{case_id}",
            "title": "x",
            "description": "y",
            "duration_days": 1,
            "risk": "low",
        }
    ),
    ("POST", "/solutions/{id}/accept"): Row(),
    ("POST", "/solutions/{id}/decline"): Row({"reason": "x"}),
    ("POST", "/solutions/{id}/withdraw"): Row(),
    ("GET", "/follow-ups"): Row(query="?limit=200"),
    ("GET", "/follow-ups/{id}"): Row(),
    ("POST", "/follow-ups"): Row({"case_id": "{case_id}", "due_on": "2026-12-01"}),
    ("POST", "/follow-ups/{id}/record"): Row({"satisfied": True, "notes": "x"}),
    ("POST", "/follow-ups/{id}/waive"): Row({"reason": "x"}),
}


def test_every_route_has_a_row_and_a_policy_entry(desk: Desk) -> None:
    actions = actions_of(desk.app.state.service)
    assert set(actions) == set(ROWS)
    assert set(actions.values()) <= set(POLICY)


async def scene_of(desk: Desk) -> dict[str, str]:
    """A complaint about agent2 with something of everything, and the ids of it all."""
    cast = desk.cast
    case = await desk.understood()
    path = f"/cases/{case['id']}"
    await desk.post(cast.lead, f"{path}/about", {"user_ids": [str(cast.agent2.user_id)]})
    message = await desk.post(cast.agent, f"{path}/messages", {"body": "回复"}, status=201)
    note = await desk.post(cast.agent, f"{path}/notes", {"body": "内部"}, status=201)
    promise = await desk.promise(case, "update", hours=5)
    solution = await desk.offer(case)
    other = await desk.assigned()
    resolved = f"/cases/{other['id']}"
    await desk.post(cast.lead, f"{resolved}/about", {"user_ids": [str(cast.agent2.user_id)]})
    await desk.post(cast.agent, f"{resolved}/resolve", {"resolution": "完成"})
    (follow_up,) = (await desk.get(cast.lead, f"/follow-ups?case_id={other['id']}"))["items"]
    return {
        "case_id": case["id"],
        "promise_id": promise["id"],
        "solution_id": solution["id"],
        "follow_up_id": follow_up["id"],
        "message_id": message["id"],
        "note_id": note["id"],
        "agent": str(cast.agent.user_id),
        "client": str(cast.huaxin),
        "requester": str(cast.pm.user_id),
        "client_id": str(cast.huaxin),
        "requester_id": str(cast.pm.user_id),
        "assignee_id": str(cast.agent.user_id),
        "made_by_id": str(cast.agent.user_id),
        "made_by": str(cast.agent.user_id),
        "replaces_id": promise["id"],
    }


async def strangers(desk: Desk) -> list[Stranger]:
    """Everybody of reliability.md who exists at the desk."""
    cast = desk.cast
    rival_key = Actor(
        new_id(), "key", Side.CLIENT, client_id=cast.hengda, scopes=frozenset({"case:*"})
    )
    consultant = _as_consultant(cast.agent2)
    return [
        Stranger("nobody", Who.NOBODY, None),
        await run_out(desk.app, "desk", PRIVATE_KEY, cast.agent, "/cases"),
        Stranger("another client's user", Who.OTHER_CLIENT, cast.rival),
        Stranger("another client's key", Who.OTHER_CLIENTS_KEY, rival_key),
        Stranger("same client, not the requester", Who.OTHER_ENGAGEMENT, cast.core),
        Stranger("ended membership", Who.ENDED, cast.left),
        Stranger("whom the case is about", Who.COMPLAINED_ABOUT, cast.agent2),
        Stranger("whom it is about, a consultant", Who.COMPLAINED_ABOUT, consultant),
    ]


def lower_roles(desk: Desk) -> list[Stranger]:
    """Who may look and not act: a case is no engagement's, so the bystander is one of them."""
    return [
        Stranger("consultant", Who.BYSTANDER, desk.cast.consultant),
        Stranger("no role", Who.LOWER_ROLE, Actor(new_id(), "x", Side.FIRM)),
    ]


async def test_no_actor_is_left_out(desk: Desk) -> None:
    assert left_out(await strangers(desk), lower_roles(desk)) == set()


def _as_consultant(actor: Actor) -> Actor:
    return Actor(actor.user_id, actor.name, Side.FIRM, frozenset({"consultant"}))


def row_for(row: Row, who: Stranger, route: Route) -> Row:
    """Whom a case is about may open cases of their own: that is no breach."""
    ended = who.name == "ended membership" and route == ("POST", "/cases")
    return Row(row.body, row.query, row.headers, instead=422) if ended else row


async def test_strangers_find_and_change_nothing(desk: Desk) -> None:
    scene = await scene_of(desk)
    actions = actions_of(desk.app.state.service)
    wrong: list[str] = []
    everybody = await strangers(desk)
    before = await settled(desk.dsns.worker)
    for route, row in ROWS.items():
        for who in everybody:
            if route == ("POST", "/cases") and who.actor and who.actor.side is Side.FIRM:
                continue  # opening a case on a client's behalf is an agent's own right
            answer = await call(desk.app, "desk", PRIVATE_KEY, route, row, who, scene)
            expected = expected_status(row_for(row, who, route), route, actions[route], who, POLICY)
            cell = f"{route[0]} {route[1]} as {who.name}"
            if answer.status_code != expected:
                wrong.append(f"{cell}: {answer.status_code}, not {expected} {answer.text[:160]}")
            if answer.status_code < 300 and _traces(answer.text, scene):
                wrong.append(f"{cell}: shows {_traces(answer.text, scene)}")
        after = await digest(desk.dsns.worker)
        if after != before:
            changed = [table for table in after if after[table] != before.get(table)]
            wrong.append(f"{route[0]} {route[1]}: changed {changed}")
            before = after
    assert not wrong, "\n".join(wrong)


def _traces(text: str, scene: dict[str, str]) -> list[str]:
    return [name for name in SECRETS if scene[name] in text]


async def test_ids_of_others_in_the_query_show_nothing(desk: Desk) -> None:
    scene, everybody = await scene_of(desk), await strangers(desk)
    before = await settled(desk.dsns.worker)
    assert await shown_by_filters(desk.app, ROWS, everybody, scene, POLICY, SECRETS) == []
    assert await digest(desk.dsns.worker) == before


async def test_an_agent_names_nobody_and_nothing_of_others_in_a_body(desk: Desk) -> None:
    scene, cast, nobody = await scene_of(desk), desk.cast, str(new_id())
    about_me = await desk.complaint(cast.core)
    await desk.post(cast.lead, f"/cases/{about_me['id']}/about", {"user_ids": [_id(cast.agent)]})
    others = {
        "case_id": [about_me["id"], nobody],
        "client_id": [str(cast.hengda), nobody],
        "requester_id": [_id(cast.rival), _id(cast.left), nobody],
        "assignee_id": [_id(cast.pm), _id(cast.inactive), nobody],
        "about_user_ids": [_id(cast.rival), nobody],
        "user_ids": [_id(cast.rival), nobody],
    }
    agent = Stranger("the agent", Who.LOWER_ROLE, cast.agent)
    before = await settled(desk.dsns.worker)
    compared = "whoever is named is only compared with whom the case is with, or about"
    harmless = {
        (("POST", f"/cases/{{id}}/{act}"), "instead_of"): compared for act in ("assign", "about")
    }
    assert await taken_from_bodies(desk.app, ROWS, agent, scene, others, harmless) == []
    assert await digest(desk.dsns.worker) == before


def _id(actor: Actor) -> str:
    return str(actor.user_id)


LOWER_ROLE: Final[tuple[str, ...]] = tuple(
    action
    for action, rule in POLICY.items()
    if not rule.allows(Actor(new_id(), "x", Side.FIRM, frozenset({"consultant"})))
)


async def test_a_lower_role_may_look_and_not_act(desk: Desk) -> None:
    scene = await scene_of(desk)
    actions = actions_of(desk.app.state.service)
    before = await settled(desk.dsns.worker)
    for who in lower_roles(desk):
        for route, row in ROWS.items():
            if actions[route] in LOWER_ROLE:
                answer = await call(desk.app, "desk", PRIVATE_KEY, route, row, who, scene)
                assert answer.status_code == 403, (route, who.name)
    assert await digest(desk.dsns.worker) == before


async def test_the_matrix_itself_can_fail(desk: Desk) -> None:
    scene: Any = await scene_of(desk)
    before = await settled(desk.dsns.worker)
    await desk.post(desk.cast.agent, f"/cases/{scene['case_id']}/messages", {"body": "x"}, 201)
    assert await digest(desk.dsns.worker) != before


async def test_the_look_by_filters_itself_can_fail(desk: Desk) -> None:
    scene = await scene_of(desk)
    agent = [Stranger("who may see it", Who.LOWER_ROLE, desk.cast.agent)]
    found = await shown_by_filters(desk.app, ROWS, agent, scene, POLICY, SECRETS)
    assert [cell for cell in found if "/cases?client_id" in cell]
