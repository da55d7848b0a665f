"""The engagements' matrix: by membership alone, strangers find nothing and change nothing."""

from __future__ import annotations

from typing import Any, Final

from services.engagements.policy import POLICY
from shared.identity import Actor, Side
from shared.ids import new_id
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
from tests.services.engagements.conftest import (
    Engagements,
    clock,
    engagements,
    engagements_settings,
)
from tests.support.services import PRIVATE_KEY, firm

__all__ = ["clock", "engagements", "engagements_settings"]

REASON: Final = {"reason": "x"}
PROFILE: Final = {
    "engagement_id": "{engagement_id}",
    "user_id": "{pm}",
    "name": "x",
    "influence": 1,
    "interest": 1,
    "stance_now": "neutral",
    "stance_wanted": "neutral",
}

ROWS: Final[dict[Route, Row]] = {
    **letter_rows("engagements"),
    ("GET", "/engagements"): Row(query="?limit=200"),
    ("GET", "/engagements/{id}"): Row(),
    # Whoever drafts leads what is drafted: here nobody's work, from no template.
    ("POST", "/engagements"): Row(
        {"client_id": "{client}", "title": "x", "template": "no"}, instead=422
    ),
    ("PATCH", "/engagements/{id}"): Row({"title": "stolen"}),
    ("POST", "/engagements/{id}/propose"): Row(),
    ("POST", "/engagements/{id}/activate"): Row(),
    ("POST", "/engagements/{id}/hold"): Row(REASON),
    ("POST", "/engagements/{id}/resume"): Row(),
    ("POST", "/engagements/{id}/start-closing"): Row(),
    ("POST", "/engagements/{id}/close"): Row(),
    ("POST", "/engagements/{id}/cancel"): Row(REASON),
    ("POST", "/engagements/{id}/confirm-plan"): Row(),
    ("GET", "/engagements/{id}/team"): Row(),
    ("GET", "/engagements/{id}/gaps"): Row(),
    ("GET", "/engagements/{id}/candidates"): Row(),
    ("GET", "/engagements/{id}/channel"): Row(query="?user_id={pm}"),
    ("GET", "/engagements/{engagement_id}/steps"): Row(),
    ("GET", "/engagements/{engagement_id}/bypasses"): Row(),
    ("GET", "/engagements/{engagement_id}/bypasses/{id}"): Row(),
    ("POST", "/engagements/{engagement_id}/bypasses"): Row(
        {"user_id": "{ceo}", "name": "x", "reason": "x"}
    ),
    ("GET", "/members"): Row(query="?limit=200"),
    ("GET", "/members/{id}"): Row(),
    ("POST", "/members"): Row(
        {"engagement_id": "{engagement_id}", "user_id": "{it}", "role": "executive"}
    ),
    ("PATCH", "/members/{id}"): Row({"domains": ["x"]}),
    ("POST", "/members/{id}/end"): Row(),
    # The same for everybody of the firm: data of the product, nobody's.
    ("GET", "/templates"): Row(instead=200),
    ("GET", "/templates/{id}"): Row(instead=200),
    ("GET", "/phases"): Row(query="?limit=200"),
    ("GET", "/phases/{id}"): Row(),
    ("POST", "/phases/{id}/start"): Row(),
    ("POST", "/phases/{id}/end"): Row(),
    ("GET", "/tasks"): Row(query="?limit=200"),
    ("GET", "/tasks/{id}"): Row(),
    ("PATCH", "/tasks/{id}"): Row({"days": 1}),
    ("POST", "/tasks/{id}/assign"): Row({"user_id": None}),
    ("POST", "/tasks/{id}/start"): Row(),
    ("POST", "/tasks/{id}/finish"): Row(),
    ("GET", "/key-nodes"): Row(query="?limit=200"),
    ("GET", "/key-nodes/{id}"): Row(),
    ("POST", "/key-nodes/{id}/hold"): Row(),
    ("GET", "/deliverables"): Row(query="?limit=200"),
    ("GET", "/deliverables/{id}"): Row(),
    ("POST", "/deliverables"): Row({"task_id": "{task_id}", "title": {"en": "x", "zh": "x"}}),
    ("POST", "/deliverables/{id}/submit"): Row({"text": "x"}),
    ("GET", "/deliverables/{deliverable_id}/versions"): Row(),
    ("GET", "/deliverables/{deliverable_id}/verdicts"): Row(),
    ("GET", "/deliverables/{deliverable_id}/comments"): Row(),
    ("GET", "/deliverables/{deliverable_id}/comments/{id}"): Row(),
    ("POST", "/deliverables/{deliverable_id}/comments"): Row({"body": "x"}),
    ("POST", "/deliverables/{id}/take-back"): Row(),
    ("POST", "/deliverables/{id}/request-check"): Row(),
    ("POST", "/deliverables/{id}/check"): Row({"passed": True}),
    ("POST", "/deliverables/{id}/decide"): Row({"accepted": True}),
    ("POST", "/deliverables/{id}/start-rollout"): Row(),
    ("POST", "/deliverables/{id}/finish-rollout"): Row(),
    ("GET", "/stakeholders"): Row(query="?limit=200"),
    ("GET", "/stakeholders/{id}"): Row(),
    ("POST", "/stakeholders"): Row(PROFILE),
    ("PATCH", "/stakeholders/{id}"): Row({"influence": 1}),
    ("GET", "/stakeholders/{stakeholder_id}/actions"): Row(),
    ("GET", "/stakeholders/{stakeholder_id}/actions/{id}"): Row(),
    ("POST", "/stakeholders/{stakeholder_id}/actions"): Row({"text": "x", "due_on": "2026-12-01"}),
    ("POST", "/stakeholders/{stakeholder_id}/actions/{id}/finish"): Row(),
    ("GET", "/stakeholder-actions"): Row(query="?limit=200"),
    ("GET", "/waiting"): Row(query="?limit=200"),
}


def test_every_route_has_a_row_and_a_policy_entry(engagements: Engagements) -> None:
    actions = actions_of(engagements.app.state.service)
    assert set(actions) == set(ROWS)
    assert set(actions.values()) <= set(POLICY)


async def scene_of(house: Engagements) -> dict[str, str]:
    """A running engagement with something of everything, and the ids of it all.

    `it` is on another engagement of the same client, led by another consulting PM.
    """
    cast = house.cast
    engagement = await house.running()
    other = await house.draft(cast.bystander, title="IT")
    place = {"engagement_id": other["id"], "user_id": str(cast.it.user_id), "role": "client_pm"}
    await house.post(cast.bystander, "/members", place, status=201)
    path = f"/engagements/{engagement['id']}"
    charter = await house.deliverable(engagement)
    await house.post(cast.core, f"/deliverables/{charter['id']}/submit", {"text": "x"})
    said = {"body": "x"}
    comments = f"/deliverables/{charter['id']}/comments"
    comment = await house.post(cast.peripheral, comments, said, status=201)
    bypass = {"user_id": str(cast.ceo.user_id), "name": "x", "reason": "x"}
    noted = await house.post(cast.lead, f"{path}/bypasses", bypass, status=201)
    body = PROFILE | {"engagement_id": engagement["id"], "user_id": str(cast.ceo.user_id)}
    profile = await house.post(cast.lead, "/stakeholders", body, status=201)
    planned = {"text": "x", "due_on": "2026-12-01"}
    actions = f"/stakeholders/{profile['id']}/actions"
    action = await house.post(cast.lead, actions, planned, status=201)
    members = (await house.get(cast.lead, f"/members?engagement_id={engagement['id']}"))["items"]
    nodes = (await house.get(cast.lead, f"/key-nodes?engagement_id={engagement['id']}"))["items"]
    return {
        "engagement_id": engagement["id"],
        "member_id": members[-1]["id"],
        "template_id": "process-consulting",
        "phase_id": (await house.phases(engagement))[0]["id"],
        "task_id": (await house.tasks(engagement))["team-charter"]["id"],
        "key_node_id": nodes[0]["id"],
        "deliverable_id": charter["id"],
        "comment_id": comment["id"],
        "stakeholder_id": profile["id"],
        "action_id": action["id"],
        "bypasse_id": noted["id"],
        "waiting_id": charter["id"],
        "client_id": str(cast.huaxin),
        "user_id": str(cast.pm.user_id),
        "assignee_id": str(cast.core.user_id),
        "answers_to": members[-1]["id"],
        "opportunity_id": str(new_id()),
        "contact_id": str(new_id()),
        "client": str(cast.huaxin),
        "pm": str(cast.pm.user_id),
        "ceo": str(cast.ceo.user_id),
        "it": str(cast.it.user_id),
    }


SECRETS: Final = (
    "engagement_id",
    "member_id",
    "phase_id",
    "task_id",
    "key_node_id",
    "deliverable_id",
    "comment_id",
    "stakeholder_id",
    "action_id",
    "bypasse_id",
)


async def strangers(house: Engagements) -> list[Stranger]:
    """Everybody of reliability.md; the firm's people have no place here, so they are strangers.

    Of complaints nothing is told here: whom one is about is an agent like the others.
    """
    cast = house.cast
    rival_key = Actor(
        new_id(), "key", Side.CLIENT, client_id=cast.hengda, scopes=frozenset({"engagement:*"})
    )
    moved = Actor(cast.pm.user_id, cast.pm.name, Side.CLIENT, client_id=cast.hengda)
    return [
        Stranger("nobody", Who.NOBODY, None),
        await run_out(house.app, "engagements", PRIVATE_KEY, cast.lead, "/engagements"),
        Stranger("another client's user", Who.OTHER_CLIENT, cast.rival),
        Stranger("another client's key", Who.OTHER_CLIENTS_KEY, rival_key),
        Stranger("other engagement of the same client", Who.OTHER_ENGAGEMENT, cast.it),
        Stranger("ended membership", Who.ENDED, cast.left),
        Stranger("a consultant whose place ended", Who.ENDED, cast.former),
        Stranger("a member whose affiliation moved", Who.ENDED, moved),
        Stranger("a consultant on another engagement", Who.BYSTANDER, cast.bystander),
        Stranger("a consultant on none", Who.BYSTANDER, firm("x", "consultant")),
        Stranger("an agent", Who.COMPLAINED_ABOUT, cast.agent),
        Stranger("no role", Who.LOWER_ROLE, firm("x")),
    ]


async def test_no_actor_is_left_out(engagements: Engagements) -> None:
    assert left_out(await strangers(engagements)) == set()


async def test_ids_of_others_in_the_query_show_nothing(engagements: Engagements) -> None:
    scene, everybody = await scene_of(engagements), await strangers(engagements)
    before = await settled(engagements.dsns.worker)
    app = engagements.app
    assert await shown_by_filters(app, ROWS, everybody, scene, POLICY, SECRETS) == []
    assert await digest(engagements.dsns.worker) == before


async def test_strangers_find_and_change_nothing(engagements: Engagements) -> None:
    scene = await scene_of(engagements)
    actions = actions_of(engagements.app.state.service)
    wrong: list[str] = []
    everybody = await strangers(engagements)
    before = await settled(engagements.dsns.worker)
    for route, row in ROWS.items():
        for who in everybody:
            answer = await call(engagements.app, "engagements", PRIVATE_KEY, route, row, who, scene)
            expected = expected_status(row, route, actions[route], who, POLICY)
            cell = f"{route[0]} {route[1]} as {who.name}"
            if answer.status_code != expected:
                wrong.append(f"{cell}: {answer.status_code}, not {expected} {answer.text[:160]}")
            traces = [name for name in SECRETS if scene[name] in answer.text]
            if answer.status_code < 300 and traces:
                wrong.append(f"{cell}: shows {traces}")
        after = await digest(engagements.dsns.worker)
        if after != before:
            changed = [table for table in after if after[table] != before.get(table)]
            wrong.append(f"{route[0]} {route[1]}: changed {changed}")
            before = after
    assert not wrong, "\n".join(wrong)


async def test_members_may_look_and_do_what_is_theirs_alone(engagements: Engagements) -> None:
    """What only who leads may do is refused to every other member, and changes nothing."""
    cast = engagements.cast
    scene = await scene_of(engagements)
    actions = actions_of(engagements.app.state.service)
    leading = {action for action in POLICY if action.startswith(("engagement:", "member:"))}
    leading |= {"phase:start", "phase:end", "task:edit", "key-node:hold", "deliverable:add"}
    leading -= {"engagement:list", "engagement:view", "engagement:draft", "member:list"}
    leading -= {"member:view"}
    before = await settled(engagements.dsns.worker)
    wrong: list[str] = []
    for route, row in ROWS.items():
        if actions[route] not in leading:
            continue
        for actor in (cast.consultant, cast.pm, cast.ceo, cast.core, cast.peripheral):
            who = Stranger(actor.name, Who.LOWER_ROLE, actor)
            tagged = Row(row.body, row.query, await current(engagements, route, scene))
            answer = await call(
                engagements.app, "engagements", PRIVATE_KEY, route, tagged, who, scene
            )
            if answer.status_code != 403:
                wrong.append(f"{route} as {actor.name}: {answer.status_code} {answer.text[:120]}")
    assert not wrong, "\n".join(wrong)
    assert await digest(engagements.dsns.worker) == before


async def current(house: Engagements, route: Route, scene: dict[str, str]) -> dict[str, str]:
    """The version as it stands, for changes that ask for it."""
    if route[0] != "PATCH":
        return {}
    collection = route[1].split("/")[1]
    key = collection.removesuffix("s").replace("-", "_") + "_id"
    shown = await house.get(house.cast.lead, f"/{collection}/{scene[key]}")
    return {"If-Match": f'"{shown["version"]}"'}


async def test_the_matrix_itself_can_fail(engagements: Engagements) -> None:
    scene: Any = await scene_of(engagements)
    before = await settled(engagements.dsns.worker)
    await engagements.post(engagements.cast.lead, f"/tasks/{scene['task_id']}/start")
    assert await digest(engagements.dsns.worker) != before
