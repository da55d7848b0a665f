"""An engagement at rest: which act it admits in which state, by HTTP and in what is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pytest

from services.engagements.engagement.rules import ADMITS, EngagementStatus
from services.engagements.policy import POLICY
from tests.services.engagements.conftest import Engagements

EXPECTED: Final = {
    "engagement:edit": "draft proposed active on_hold closing",
    "plan:change": "draft proposed active",
    "plan:confirm": "draft proposed active",
    "member:add": "draft proposed active closing",
    "member:edit": "draft proposed active closing",
    "member:end": "draft proposed active on_hold closing closed cancelled",
    "phase:start": "active",
    "phase:end": "active",
    "task:edit": "draft proposed active",
    "task:assign": "draft proposed active",
    "task:start": "active",
    "task:finish": "active",
    "key-node:hold": "active closing",
    "deliverable:add": "draft proposed active",
    "deliverable:submit": "active closing",
    "deliverable:comment": "active closing",
    "deliverable:take-back": "active closing",
    "deliverable:request-check": "active closing",
    "deliverable:check": "active closing",
    "deliverable:decide": "active closing",
    "deliverable:start-rollout": "active closing",
    "deliverable:finish-rollout": "active closing",
    "stakeholder:add": "draft proposed active on_hold closing",
    "stakeholder:edit": "draft proposed active on_hold closing",
    "stakeholder:plan": "draft proposed active on_hold closing",
    "bypass:record": "draft proposed active on_hold closing",
}
LIFECYCLE: Final = {"propose", "activate", "hold", "resume", "start-closing", "close", "cancel"}


@dataclass(frozen=True)
class Act:
    """How an act is done: by whom, on what, and what must be so that its state alone decides."""

    who: str
    call: str
    body: Any = None
    offered_by: str | None = None
    before: tuple[str, ...] = ()


def _deliverable(who: str, act: str, status: str, body: Any = None) -> Act:
    path = "comments" if act == "comment" else act
    before = (
        "DELETE FROM deliverable_verdicts",
        f"UPDATE deliverables SET status = '{status}', version_number = 1",
        "DELETE FROM deliverable_versions",
    )
    call = f"POST /deliverables/{{deliverable}}/{path}"
    return Act(who, call, body, "/deliverables/{deliverable}", before)


WHOLE: Final = (
    "UPDATE engagements SET plan_confirmed_client_at = now(), plan_confirmed_consulting_at = now()"
)
FRESH_TASKS: Final = (
    "UPDATE tasks SET status = 'planned', assignee_id = NULL, started_on = NULL, finished_on = NULL"
)
BEGUN: Final = "UPDATE tasks SET status = 'active', started_on = starts_on, finished_on = NULL"
DONE: Final = "UPDATE tasks SET status = 'done', started_on = starts_on, finished_on = ends_on"
FIRST: Final = (
    "UPDATE phases SET status = 'active', started_on = starts_on, ended_on = NULL"
    " WHERE position = 1"
)
SECOND: Final = "UPDATE phases SET status = 'planned', started_on = NULL WHERE position = 2"
NOT_YET: Final = "DELETE FROM members WHERE role = 'expert'"
LIVE: Final = "UPDATE members SET status = 'live', ends_on = NULL WHERE id = '{member}'"
ACTS: Final = {
    "engagement:edit": Act(
        "lead", "PATCH /engagements/{engagement}", {"objectives": "x"}, "/engagements/{engagement}"
    ),
    "plan:change": Act(
        "lead",
        "PATCH /engagements/{engagement}",
        {"small": True},
        before=("UPDATE engagements SET small = false",),
    ),
    "plan:confirm": Act(
        "pm",
        "POST /engagements/{engagement}/confirm-plan",
        offered_by="/engagements/{engagement}",
        before=("UPDATE engagements SET plan_confirmed_client_at = NULL",),
    ),
    "member:add": Act(
        "lead",
        "POST /members",
        {"engagement_id": "{engagement}", "user_id": "{agent}", "role": "expert"},
        "/engagements/{engagement}",
        (NOT_YET,),
    ),
    "member:edit": Act(
        "lead", "PATCH /members/{member}", {"domains": ["x"]}, "/members/{member}", (LIVE,)
    ),
    "member:end": Act("lead", "POST /members/{member}/end", None, "/members/{member}", (LIVE,)),
    "phase:start": Act(
        "lead", "POST /phases/{next}/start", None, "/phases/{next}", (WHOLE, SECOND)
    ),
    "phase:end": Act("lead", "POST /phases/{phase}/end", None, "/phases/{phase}", (FIRST, DONE)),
    "task:edit": Act("lead", "PATCH /tasks/{task}", {"days": 7}, "/tasks/{task}", (FRESH_TASKS,)),
    "task:assign": Act(
        "lead", "POST /tasks/{task}/assign", {"user_id": None}, "/tasks/{task}", (FRESH_TASKS,)
    ),
    "task:start": Act(
        "lead", "POST /tasks/{task}/start", None, "/tasks/{task}", (FIRST, FRESH_TASKS)
    ),
    "task:finish": Act("lead", "POST /tasks/{task}/finish", None, "/tasks/{task}", (FIRST, BEGUN)),
    "key-node:hold": Act(
        "lead",
        "POST /key-nodes/{node}/hold",
        None,
        "/key-nodes/{node}",
        ("UPDATE key_nodes SET status = 'planned', held_on = NULL",),
    ),
    "deliverable:add": Act(
        "lead", "POST /deliverables", {"task_id": "{task}", "title": {"en": "x", "zh": "x"}}
    ),
    "deliverable:submit": _deliverable("core", "submit", "draft", {"text": "x"}),
    "deliverable:comment": _deliverable("peripheral", "comment", "commenting", {"body": "x"}),
    "deliverable:take-back": _deliverable("core", "take-back", "commenting"),
    "deliverable:request-check": _deliverable("core", "request-check", "commenting"),
    "deliverable:check": _deliverable("pm", "check", "checking", {"passed": True}),
    "deliverable:decide": _deliverable("ceo", "decide", "deciding", {"accepted": True}),
    "deliverable:start-rollout": _deliverable("core", "start-rollout", "accepted"),
    "deliverable:finish-rollout": _deliverable("core", "finish-rollout", "rolling_out"),
    "stakeholder:add": Act(
        "lead",
        "POST /stakeholders",
        {
            "engagement_id": "{engagement}",
            "user_id": "{pm}",
            "name": "x",
            "influence": 1,
            "interest": 1,
            "stance_now": "neutral",
            "stance_wanted": "neutral",
        },
        before=("DELETE FROM stakeholders WHERE user_id = '{pm}'",),
    ),
    "stakeholder:edit": Act(
        "lead", "PATCH /stakeholders/{stakeholder}", {"influence": 2}, "/stakeholders/{stakeholder}"
    ),
    "stakeholder:plan": Act(
        "lead",
        "POST /stakeholders/{stakeholder}/actions",
        {"text": "x", "due_on": "2026-12-01"},
        "/stakeholders/{stakeholder}",
    ),
    "bypass:record": Act(
        "lead",
        "POST /engagements/{engagement}/bypasses",
        {"user_id": "{it}", "name": "x", "reason": "x"},
    ),
}


def test_every_act_but_the_lifecycle_is_in_the_table() -> None:
    reading = {act for act in POLICY if act.endswith((":list", ":view"))}
    reading |= {act for act in POLICY if act.startswith("dead-letter:")}
    walking = {f"engagement:{step}" for step in LIFECYCLE} | {"engagement:draft"}
    assert set(ADMITS) == set(POLICY) - reading - walking | {"plan:change"}
    assert set(ADMITS) == set(ACTS) == set(EXPECTED)


async def scene_of(house: Engagements) -> dict[str, str]:
    """A running engagement with a record for every act."""
    cast = house.cast
    engagement = await house.running()
    phases = await house.phases(engagement)
    nodes = (await house.get(cast.lead, "/key-nodes"))["items"]
    members = (await house.get(cast.lead, "/members?role=consultant&status=live"))["items"]
    profile = ACTS["stakeholder:add"].body | {
        "engagement_id": engagement["id"],
        "user_id": str(cast.ceo.user_id),
    }
    return {
        "engagement": engagement["id"],
        "member": members[0]["id"],
        "phase": phases[0]["id"],
        "next": phases[1]["id"],
        "task": (await house.tasks(engagement))["team-charter"]["id"],
        "node": nodes[0]["id"],
        "deliverable": (await house.deliverable(engagement))["id"],
        "stakeholder": (await house.post(cast.lead, "/stakeholders", profile, 201))["id"],
        "agent": str(cast.agent.user_id),
        "pm": str(cast.pm.user_id),
        "it": str(cast.it.user_id),
    }


def filled(value: Any, scene: dict[str, str]) -> Any:
    """A body with the scene's ids in place of their names."""
    if isinstance(value, dict):
        return {key: filled(part, scene) for key, part in value.items()}
    return value.format_map(scene) if isinstance(value, str) else value


async def done(house: Engagements, act: Act, scene: dict[str, str]) -> tuple[int, str | None]:
    """The status and the error code of doing an act."""
    method, path = act.call.format_map(scene).split(" ")
    headers = {}
    if method == "PATCH":
        shown = await house.get(house.cast.lead, path)
        headers = {"If-Match": f'"{shown["version"]}"'}
    actor = getattr(house.cast, act.who)
    answer = await house.call(actor, method, path, filled(act.body, scene), headers=headers)
    return answer.status_code, answer.json().get("code")


@pytest.mark.parametrize("status", list(EngagementStatus))
async def test_every_act_in_every_state(engagements: Engagements, status: str) -> None:
    scene = await scene_of(engagements)
    await engagements.rows("UPDATE engagements SET status = $1", status)
    over = status in ("closed", "cancelled")
    refused = (409, "engagement_not_live" if over else "engagement_not_running")
    wrong = []
    for name, act in ACTS.items():
        for statement in act.before:
            await engagements.rows(statement.format_map(scene))
        admitted = status in EXPECTED[name].split()
        if act.offered_by is not None:
            path = act.offered_by.format_map(scene)
            offered = (await engagements.get(getattr(engagements.cast, act.who), path))["can"]
            word = {"member:add": "staff", "plan:confirm": "confirm_plan"}.get(name)
            if ((word or name.partition(":")[2].replace("-", "_")) in offered) != admitted:
                wrong.append(f"{name} while {status}: offered {not admitted}")
        answer = await done(engagements, act, scene)
        if answer[0] >= 300 if admitted else answer != refused:
            wrong.append(f"{name} while {status}: {answer}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("status", list(EngagementStatus))
async def test_nothing_waits_on_an_engagement_that_does_not_run(
    engagements: Engagements, status: str
) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    charter = f"/deliverables/{(await engagements.deliverable(engagement))['id']}"
    await engagements.post(cast.core, f"{charter}/submit", {"text": "x"})
    await engagements.rows(
        "UPDATE engagements SET status = $1, plan_confirmed_client_at = NULL", status
    )
    kinds = {
        kind
        for actor in (cast.lead, cast.pm, cast.ceo, cast.core, cast.peripheral)
        for kind, _ in await engagements.waiting(actor)
    }
    assert kinds == {
        "proposed": {"plan"},
        "active": {"plan", "task", "key_node", "deliverable_comment"},
        "closing": {"key_node", "deliverable_comment"},
    }.get(status, set())


async def test_a_last_day_is_planned_while_the_work_rests(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    await engagements.post(cast.lead, f"/engagements/{engagement['id']}/hold", {"reason": "x"})
    (member,) = (await engagements.get(cast.lead, "/members?role=consultant&status=live"))["items"]
    last = {"ends_on": "2026-11-30"}
    planned = await engagements.post(cast.lead, f"/members/{member['id']}/end", last)
    assert (planned["status"], planned["ends_on"]) == ("live", "2026-11-30")
