"""The chain of a deliverable: draft, comments, first check, decision, rollout."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.engagements.deliverables.rules import (
    TRANSITIONS,
    WAITS_FOR,
    DeliverableStatus,
    after_draft,
)
from services.engagements.members.rules import MemberRole, Place
from tests.services.engagements.conftest import Engagements

S = DeliverableStatus
CHARTER = "Project charter and phase plan"
TEXT = {"text": "第一版"}


def test_somebody_takes_every_step_but_the_last() -> None:
    assert set(WAITS_FOR) == {status for status in S if TRANSITIONS[status]}


@given(st.lists(st.tuples(st.sampled_from(list(MemberRole)), st.sampled_from(["采购", "销售"]))))
def test_whoever_may_comment_is_asked(people: list[tuple[MemberRole, str]]) -> None:
    team = [
        Place(UUID(int=number), role, frozenset({domain}))
        for number, (role, domain) in enumerate(people)
    ]
    asked = (MemberRole.PERIPHERAL, "采购") in people
    assert (after_draft(team, "采购") is S.COMMENTING) == asked


async def test_the_whole_chain(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    charter = await engagements.deliverable(engagement)
    path = f"/deliverables/{charter['id']}"
    assert (charter["status"], charter["version_number"], charter["waits_for"]) == (
        "draft",
        0,
        "core",
    )
    assert ("deliverable_draft", CHARTER) in await engagements.waiting(cast.core)
    submitted = await engagements.post(cast.core, f"{path}/submit", TEXT)
    assert (submitted["status"], submitted["version_number"]) == ("commenting", 1)
    assert submitted["due_on"] == "2026-11-25"
    assert ("deliverable_comment", CHARTER) in await engagements.waiting(cast.peripheral)
    comment = await engagements.post(cast.peripheral, f"{path}/comments", {"body": "补充"}, 201)
    assert comment["number"] == 1
    assert ("deliverable_comment", CHARTER) not in await engagements.waiting(cast.peripheral)
    await engagements.post(cast.core, f"{path}/request-check")
    assert ("deliverable_check", CHARTER) in await engagements.waiting(cast.pm)
    await engagements.post(cast.pm, f"{path}/check", {"passed": True})
    assert ("deliverable_decide", CHARTER) in await engagements.waiting(cast.ceo)
    decided = await engagements.post(cast.ceo, f"{path}/decide", {"accepted": True})
    assert (decided["status"], decided["step"]) == ("accepted", "rollout")
    await engagements.post(cast.core, f"{path}/start-rollout")
    done = await engagements.post(cast.core, f"{path}/finish-rollout")
    assert (done["status"], done["step"], done["due_on"]) == ("done", None, None)
    verdicts = (await engagements.get(cast.ceo, f"{path}/verdicts"))["items"]
    assert [(v["step"], v["verdict"], v["number"]) for v in verdicts] == [
        ("check", "passed", 1),
        ("decide", "passed", 1),
    ]
    assert (await engagements.kinds(engagement, cast.peripheral))[-7:] == [
        "deliverable_submitted",
        "deliverable_commented",
        "deliverable_check_requested",
        "deliverable_checked",
        "deliverable_accepted",
        "rollout_started",
        "rollout_finished",
    ]
    assert (await engagements.acts("deliverable"))[-7:] == [
        "submitted",
        "commented",
        "changed",
        "checked",
        "accepted",
        "rollout_started",
        "done",
    ]


async def test_a_rejection_has_a_reason_and_returns_to_the_draft(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    charter = await engagements.deliverable(await engagements.running())
    path = f"/deliverables/{charter['id']}"
    await engagements.post(cast.core, f"{path}/submit", TEXT)
    await engagements.post(cast.core, f"{path}/request-check")
    await engagements.post(cast.pm, f"{path}/check", {"passed": False}, status=422)
    no = {"passed": False, "reason": "缺少里程碑"}
    rejected = await engagements.post(cast.pm, f"{path}/check", no)
    assert (rejected["status"], rejected["waits_for"]) == ("draft", "core")
    again = await engagements.post(cast.core, f"{path}/submit", {"reference": "D-7 v2"})
    assert again["version_number"] == 2
    await engagements.post(cast.core, f"{path}/request-check")
    await engagements.post(cast.pm, f"{path}/check", {"passed": True})
    verdicts = (await engagements.get(cast.pm, f"{path}/verdicts"))["items"]
    assert [(v["number"], v["verdict"], v["reason"]) for v in verdicts] == [
        (1, "rejected", "缺少里程碑"),
        (2, "passed", None),
    ]
    versions = (await engagements.get(cast.pm, f"{path}/versions"))["items"]
    assert [(v["number"], v["text"], v["reference"]) for v in versions] == [
        (2, None, "D-7 v2"),
        (1, "第一版", None),
    ]


async def test_nobody_takes_the_step_of_another(engagements: Engagements) -> None:
    cast = engagements.cast
    charter = await engagements.deliverable(await engagements.running())
    path = f"/deliverables/{charter['id']}"
    everybody = {cast.ceo, cast.pm, cast.core, cast.peripheral, cast.lead, cast.partner}
    ways: list[tuple[str, Any, Any]] = [
        ("submit", TEXT, cast.core),
        ("request-check", None, cast.core),
        ("check", {"passed": True}, cast.pm),
        ("decide", {"accepted": True}, cast.ceo),
        ("start-rollout", None, cast.core),
        ("finish-rollout", None, cast.core),
    ]
    for act, body, rightful in ways:
        for actor in everybody - {rightful}:
            await engagements.post(actor, f"{path}/{act}", body, status=403)
            name = act.replace("-", "_")
            assert name not in (await engagements.get(actor, path))["can"]
        assert act.replace("-", "_") in (await engagements.get(rightful, path))["can"]
        await engagements.post(rightful, f"{path}/{act}", body)


async def test_only_peripheral_members_whom_it_concerns_comment(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running(domains=["采购", "销售"])
    path = f"/deliverables/{(await engagements.deliverable(engagement))['id']}"
    sales = await engagements.join(engagement, cast.it, "core", domains=["销售"])
    more = {"domains": ["销售"], "answers_to": sales["id"]}
    await engagements.join(engagement, cast.left, "peripheral", **more)
    await engagements.rows("UPDATE deliverables SET domain = '采购'")
    await engagements.post(cast.core, f"{path}/submit", TEXT)
    others = (cast.left, cast.core, cast.pm, cast.ceo, cast.lead, cast.consultant, cast.partner)
    for actor in others:
        await engagements.post(actor, f"{path}/comments", {"body": "x"}, status=403)
        assert "comment" not in (await engagements.get(actor, path))["can"], actor.name
    assert "comment" in (await engagements.get(cast.peripheral, path))["can"]
    await engagements.post(cast.peripheral, f"{path}/comments", {"body": "x"}, status=201)


async def test_silence_decides_nothing_and_the_step_shows_as_overdue(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    path = f"/deliverables/{(await engagements.deliverable(await engagements.running()))['id']}"
    await engagements.post(cast.core, f"{path}/submit", TEXT)
    steps = (
        (cast.peripheral, "deliverable_comment", "commenting", cast.core, "request-check", None),
        (cast.pm, "deliverable_check", "checking", cast.pm, "check", {"passed": True}),
        (cast.ceo, "deliverable_decide", "deciding", cast.ceo, "decide", {"accepted": True}),
        (cast.core, "deliverable_rollout", "accepted", cast.core, "start-rollout", None),
    )
    for waits, kind, status, who, act, body in steps:
        due = (await engagements.get(waits, path))["due_on"]
        engagements.clock.forward(days=60)
        today = str(engagements.clock.now.date())
        assert due < today
        shown = await engagements.get(waits, path)
        assert (shown["status"], shown["due_on"]) == (status, due)
        late = f"/waiting?due_on.before={today}&kind={kind}"
        assert [item["due_on"] for item in (await engagements.get(waits, late))["items"]] == [due]
        await engagements.post(who, f"{path}/{act}", body)


async def test_the_api_says_that_silence_decides_nothing(engagements: Engagements) -> None:
    schemas = engagements.app.openapi()["components"]["schemas"]
    for name in ("Deliverable", "WaitingItem"):
        said = str(schemas[name]["properties"]["due_on"])
        assert "Silence decides nothing" in said


async def test_what_comes_too_early_is_refused(engagements: Engagements) -> None:
    cast = engagements.cast
    charter = await engagements.deliverable(await engagements.running())
    path = f"/deliverables/{charter['id']}"
    await engagements.post(cast.core, f"{path}/submit", {}, status=422)
    await engagements.post(cast.core, f"{path}/request-check", status=409)
    await engagements.post(cast.peripheral, f"{path}/comments", {"body": "x"}, status=409)
    await engagements.post(cast.pm, f"{path}/check", {"passed": True}, status=409)
    await engagements.post(cast.ceo, f"{path}/decide", {"accepted": True}, status=409)
    for act in ("take-back", "start-rollout", "finish-rollout"):
        await engagements.post(cast.core, f"{path}/{act}", status=409)
    await engagements.post(cast.core, f"{path}/submit", TEXT)
    assert (await engagements.post(cast.core, f"{path}/take-back"))["status"] == "draft"
    await engagements.post(cast.core, f"{path}/submit", TEXT)
    await engagements.post(cast.core, f"{path}/request-check")
    await engagements.post(cast.core, f"{path}/take-back", status=409)
    await engagements.post(cast.core, f"{path}/submit", TEXT, status=409)


async def test_without_a_peripheral_tier_the_draft_goes_straight_to_the_check(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running(small=True)
    members = (await engagements.get(cast.lead, "/members?role=peripheral"))["items"]
    await engagements.post(cast.lead, f"/members/{members[0]['id']}/end")
    charter = await engagements.deliverable(engagement)
    path = f"/deliverables/{charter['id']}"
    assert (await engagements.post(cast.core, f"{path}/submit", TEXT))["status"] == "checking"


async def test_another_deliverable_is_owed_by_its_task_and_domain(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    tasks = await engagements.tasks(engagement)
    body = {
        "task_id": tasks["as-is"]["id"],
        "title": {"en": "Supplier list", "zh": "供应商清单"},
        "domain": "销售",
    }
    added = await engagements.post(cast.lead, "/deliverables", body, status=201)
    assert added["due_on"] == tasks["as-is"]["ends_on"]
    other_domain = f"/deliverables/{added['id']}/submit"
    await engagements.post(cast.core, other_domain, TEXT, status=403)
    await engagements.post(cast.consultant, "/deliverables", body, status=403)


async def test_everybody_has_what_waits_for_them_and_nothing_else(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    await engagements.running()
    assert {kind for kind, _ in await engagements.waiting(cast.lead)} == {"task", "key_node"}
    assert sorted(await engagements.waiting(cast.consultant)) == [
        ("key_node", "Kick-off meeting"),
        ("task", "Brief core and peripheral members on method and duties"),
    ]
    assert await engagements.waiting(cast.ceo) == [("key_node", "Kick-off meeting")]
    for actor in (cast.bystander, cast.it, cast.left, cast.rival, cast.partner):
        assert await engagements.waiting(actor) == []


async def test_the_plan_waits_for_both_project_managers(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    path = f"/engagements/{engagement['id']}"
    await engagements.post(cast.lead, f"{path}/propose")
    assert await engagements.waiting(cast.pm) == [("plan", "流程优化")]
    await engagements.post(cast.pm, f"{path}/confirm-plan")
    assert await engagements.waiting(cast.pm) == []
    assert await engagements.waiting(cast.lead) == [("plan", "流程优化")]


async def test_a_key_node_waits_once_for_whoever_holds_two_places(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    await engagements.join(engagement, cast.lead, "director")
    waiting = await engagements.get(cast.lead, "/waiting?kind=key_node&total=true")
    assert waiting["total"] == len({item["id"] for item in waiting["items"]}) == 1
