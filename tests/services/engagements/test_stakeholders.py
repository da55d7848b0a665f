"""Stakeholder profiles and channels: what the firm knows, and the client side never learns."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.engagements.channel.rules import SAID, Occasion, Route, Rule, route
from services.engagements.members.rules import MemberRole, Place
from services.engagements.templates.rules import PhaseKind
from shared.identity import Actor, Importer
from tests.services.engagements.conftest import Engagements
from tests.services.engagements.test_plan import finish_phase
from tests.services.engagements.test_team_rules import DOMAINS, teams
from tests.support.telling import tell_account

R = MemberRole
CANARY = "金丝雀-7731"
CORES = [Place(UUID(int=number), R.CORE, frozenset(DOMAINS)) for number in (101, 102, 103)]
PHASES = st.sampled_from(PhaseKind)


async def profile(engagements: Engagements, engagement: dict[str, Any]) -> dict[str, Any]:
    """A profile of the executive, full of what must not leave."""
    body = {
        "engagement_id": engagement["id"],
        "user_id": str(engagements.cast.ceo.user_id),
        "name": "赵总",
        "influence": 5,
        "interest": 3,
        "stance_now": "neutral",
        "stance_wanted": "leading",
        "traits": CANARY,
        "motives": CANARY,
        "concerns": CANARY,
        "approach": CANARY,
    }
    added: dict[str, Any] = await engagements.post(
        engagements.cast.consultant, "/stakeholders", body, status=201
    )
    return added


async def test_the_firm_s_team_keeps_profiles_with_actions(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    noted = await profile(engagements, engagement)
    path = f"/stakeholders/{noted['id']}"
    changed = await engagements.patch(cast.lead, path, {"stance_now": "supportive"})
    assert changed["stance_now"] == "supportive"
    await engagements.patch(cast.lead, path, {"stance_now": "neutral"}, status=412)
    planned = {"text": "约访", "due_on": "2026-12-01"}
    action = await engagements.post(cast.lead, f"{path}/actions", planned, status=201)
    assert action["owner"]["name"] == "Lead Sun"
    done = await engagements.post(cast.lead, f"{path}/actions/{action['id']}/finish")
    assert done["done_on"] == "2026-11-23"
    await engagements.post(cast.lead, f"{path}/actions/{action['id']}/finish", status=409)
    again = {key: noted[key] for key in ("engagement_id", "user_id", "name", "influence")}
    again |= {"interest": 1, "stance_now": "neutral", "stance_wanted": "neutral"}
    await engagements.post(cast.lead, "/stakeholders", again, status=409)
    assert len((await engagements.get(cast.partner, "/stakeholders"))["items"]) == 1
    assert (await engagements.get(cast.bystander, "/stakeholders"))["items"] == []
    await engagements.get(cast.bystander, path, status=404)
    await engagements.get(cast.ceo, "/stakeholders", status=403)


async def test_whose_account_is_not_active_is_given_no_action(engagements: Engagements) -> None:
    cast = engagements.cast
    noted = await profile(engagements, await engagements.staffed())
    connection = await asyncpg.connect(engagements.dsns.worker)
    await connection.execute(
        "UPDATE user_refs SET active = false WHERE id = ANY($1)",
        [cast.agent.user_id, cast.lead.user_id],
    )
    await connection.close()
    path = f"/stakeholders/{noted['id']}/actions"
    planned = {"text": "约访", "due_on": "2026-12-01"}
    given = planned | {"owner_id": str(cast.agent.user_id)}
    refused = await engagements.post(cast.lead, path, given, status=422)
    assert refused["code"] == "not_assignable"
    assert [error["pointer"] for error in refused["errors"]] == ["/owner_id"]
    # Whoever acts is: it was only not heard of yet.
    await engagements.post(cast.lead, path, planned, status=201)
    assert len((await engagements.get(cast.lead, path))["items"]) == 1


async def test_the_past_may_name_who_left_as_who_acted(engagements: Engagements) -> None:
    cast = engagements.cast
    noted = await profile(engagements, await engagements.staffed())
    await tell_account(engagements, cast.agent, "deactivated")
    importer = replace(cast.lead, importer=Importer(cast.admin.user_id, cast.admin.name))
    body = {"text": "约访", "due_on": "2026-12-01", "owner_id": str(cast.agent.user_id)}
    path = f"/stakeholders/{noted['id']}/actions"
    then = {"Rapport-Occurred-At": engagements.clock.now.isoformat()}
    await engagements.call(importer, "POST", path, body, status=201, headers=then)
    await engagements.post(cast.lead, path, body, status=422)


async def test_what_is_written_about_people_reaches_no_event_and_no_audit_value(
    engagements: Engagements,
) -> None:
    engagement = await engagements.running()
    await profile(engagements, engagement)
    for table in ("outbox", "audit", "idempotent_answers", "engagement_steps"):
        exists = await engagements.rows("SELECT to_regclass($1) AS found", table)
        if exists[0]["found"] is not None:
            found = await engagements.rows(
                f"SELECT 1 FROM {table} t WHERE position($1 in t::text) > 0", CANARY
            )
            assert found == [], table


@pytest.mark.parametrize("table", ["stakeholders", "stakeholder_actions", "bypasses"])
async def test_the_client_role_has_no_right_at_all(engagements: Engagements, table: str) -> None:
    connection = await asyncpg.connect(engagements.dsns.client)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch(f"SELECT 1 FROM {table}")
    finally:
        await connection.close()


async def test_whom_it_is_about_is_asked_for_where_it_is_said(engagements: Engagements) -> None:
    path = f"/engagements/{(await engagements.running())['id']}"
    of_nobody = {"name": "x", "reason": "y"}
    consultant = engagements.cast.consultant
    query = await engagements.get(consultant, f"{path}/channel", status=422)
    body = await engagements.post(consultant, f"{path}/bypasses", of_nobody, status=422)
    assert query["code"] == body["code"] == "person_required"
    assert [query["errors"][0]["pointer"], body["errors"][0]["pointer"]] == ["?user_id", "/user_id"]


async def test_the_channel_is_shown_and_a_bypass_needs_a_reason(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    path = f"/engagements/{engagement['id']}"

    async def ask(actor: Any, occasion: str = "routine") -> tuple[bool, str | None]:
        query = f"?user_id={actor.user_id}&occasion={occasion}"
        shown = await engagements.get(cast.consultant, f"{path}/channel{query}")
        assert set(shown["text"]) == {"en", "zh"}
        return shown["direct"], shown["through"] and shown["through"]["name"]

    assert await ask(cast.ceo) == (False, "陈经理")
    assert await ask(cast.ceo, "key_node") == (True, None)
    assert await ask(cast.peripheral) == (False, "卫骨干")
    assert await ask(cast.core) == (True, None)
    assert await ask(cast.it) == (False, "陈经理")
    body = {"user_id": str(cast.ceo.user_id), "name": "赵总", "reason": "紧急"}
    missing = {key: value for key, value in body.items() if key != "reason"}
    await engagements.post(cast.consultant, f"{path}/bypasses", missing, status=422)
    noted = await engagements.post(cast.consultant, f"{path}/bypasses", body, status=201)
    assert noted["rule"] == "executive_through_client_pm"
    free = {"user_id": str(cast.core.user_id), "name": "卫骨干", "reason": "x"}
    await engagements.post(cast.consultant, f"{path}/bypasses", free, status=422)
    assert (await engagements.kinds(engagement))[-1] == "bypass_recorded"
    assert "bypass_recorded" not in await engagements.kinds(engagement, cast.ceo)
    await engagements.get(cast.ceo, f"{path}/bypasses", status=403)


async def test_executives_are_reached_directly_while_the_survey_runs(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    phases = await engagements.phases(engagement)
    await finish_phase(engagements, engagement, phases[0])
    await engagements.post(cast.lead, f"/phases/{phases[0]['id']}/end")
    await engagements.post(cast.lead, f"/phases/{phases[1]['id']}/start")
    query = f"?user_id={cast.ceo.user_id}"
    shown = await engagements.get(cast.lead, f"/engagements/{engagement['id']}/channel{query}")
    assert (shown["direct"], shown["rule"]) == (True, "executive_in_survey")


@given(teams(), st.sampled_from(Occasion), st.sets(PHASES), st.data())
def test_whoever_stands_between_is_on_the_team_and_in_the_right_role(
    team: list[Place], occasion: Occasion, phases: set[PhaseKind], data: st.DataObject
) -> None:
    held: list[Place] = data.draw(st.lists(st.sampled_from(team), max_size=1)) if team else []
    way = route(held, occasion=occasion, phases=phases, team=team)
    if way.through is not None:
        between = next(place for place in team if place.id == way.through)
        by_core = way.rule is Rule.PERIPHERAL_THROUGH_CORE
        assert by_core or between.role is R.CLIENT_PM
    roles = {place.role for place in held}
    manager = any(place.role is R.CLIENT_PM for place in team)
    if roles == {R.EXECUTIVE}:
        free = PhaseKind.SURVEY in phases or occasion is Occasion.KEY_NODE or not manager
        assert way.direct == free
    if roles and not roles & {R.EXECUTIVE, R.PERIPHERAL}:
        assert way.direct


@given(teams(), st.permutations(CORES), st.sampled_from(Occasion), st.sets(PHASES))
def test_a_peripheral_member_is_reached_through_the_own_core_member_and_no_other(
    others: list[Place], cores: list[Place], occasion: Occasion, phases: set[PhaseKind]
) -> None:
    for core in cores:
        way = route([below(core)], occasion=occasion, phases=phases, team=[*cores, *others])
        assert way == Route(Rule.PERIPHERAL_THROUGH_CORE, core.id)


@given(teams(), st.sampled_from(Occasion), st.sets(PHASES))
def test_whose_core_member_left_is_reached_through_the_client_pm(
    others: list[Place], occasion: Occasion, phases: set[PhaseKind]
) -> None:
    gone, *staying = CORES
    way = route([below(gone)], occasion=occasion, phases=phases, team=[*staying, *others])
    managed = any(place.role is R.CLIENT_PM for place in others)
    assert way.rule is (Rule.OTHERS_THROUGH_CLIENT_PM if managed else Rule.NOBODY_BETWEEN)


def below(core: Place) -> Place:
    """A peripheral member who answers to this core member."""
    return Place(UUID(int=100), R.PERIPHERAL, core.domains, core.id)


def test_every_rule_is_said_in_both_languages() -> None:
    assert set(SAID) == set(Rule)
    assert all(set(said) == {"en", "zh"} for said in SAID.values())
    assert route([], occasion=Occasion.ROUTINE, phases=(), team=[]).rule is Rule.NOBODY_BETWEEN
    pm = Place(UUID(int=1), R.CLIENT_PM)
    assert route([], occasion=Occasion.ROUTINE, phases=(), team=[pm]).through == pm.id


async def test_an_action_stands_in_its_owners_list_while_the_engagement_runs(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    noted = await profile(engagements, engagement)
    actions = f"/stakeholders/{noted['id']}/actions"
    planned = {
        "text": "登门拜访",
        "due_on": "2026-12-01",
        "owner_id": str(cast.consultant.user_id),
    }
    action = await engagements.post(cast.lead, actions, planned, status=201)

    async def listed(actor: Actor) -> list[tuple[str, str, str]]:
        items = (await engagements.get(actor, "/stakeholder-actions"))["items"]
        return [(item["text"], item["due_on"], item["stakeholder"]["name"]) for item in items]

    mine = [("登门拜访", "2026-12-01", "赵总")]
    assert await listed(cast.consultant) == mine
    for actor in (cast.lead, cast.partner, cast.bystander):
        assert await listed(actor) == []
    for actor in (cast.ceo, cast.pm):
        await engagements.get(actor, "/stakeholder-actions", status=403)
    path = f"/engagements/{engagement['id']}"
    await engagements.post(cast.lead, f"{path}/hold", {"reason": "x"})
    assert await listed(cast.consultant) == []
    await engagements.post(cast.lead, f"{path}/resume")
    assert await listed(cast.consultant) == mine
    await engagements.post(cast.consultant, f"{actions}/{action['id']}/finish")
    assert await listed(cast.consultant) == []


async def test_an_act_on_a_profile_waits_for_its_engagement_before_it_holds_the_profile(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    noted = await profile(engagements, await engagements.staffed())
    path = f"/stakeholders/{noted['id']}"
    planned = {"text": "约访", "due_on": "2026-12-01"}
    action = await engagements.post(cast.lead, f"{path}/actions", planned, status=201)
    merging = await asyncpg.connect(engagements.dsns.worker)
    async with asyncio.TaskGroup() as acts, merging.transaction():
        await merging.execute("SELECT 1 FROM engagements FOR UPDATE")
        acts.create_task(engagements.post(cast.lead, f"{path}/actions", planned, status=201))
        acts.create_task(engagements.post(cast.lead, f"{path}/actions/{action['id']}/finish"))
        acts.create_task(engagements.patch(cast.lead, path, {"interest": 4}))
        await _waiting(engagements, 3)
        await merging.execute("SELECT 1 FROM stakeholders FOR UPDATE NOWAIT")
    await merging.close()


async def _waiting(engagements: Engagements, acts: int) -> None:
    """Return when so many transactions wait for a lock."""
    async with asyncio.timeout(20):
        while True:
            (found,) = await engagements.rows(
                "SELECT count(DISTINCT pid) AS acts FROM pg_locks WHERE NOT granted"
            )
            if found["acts"] >= acts:
                return
            await asyncio.sleep(0.05)
