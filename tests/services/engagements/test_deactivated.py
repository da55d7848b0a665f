"""Whose account is closed gets no place in a team and no task; the past may name them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.identity import Actor, Importer
from tests.services.engagements.conftest import Engagements
from tests.services.engagements.test_assigning import holder, told_last
from tests.support.telling import tell_account


@pytest.mark.parametrize(("who", "role"), [("bystander", "consultant"), ("it", "executive")])
async def test_a_deactivated_person_is_given_no_place(
    engagements: Engagements, who: str, role: str
) -> None:
    engagement = await engagements.draft()
    actor: Actor = getattr(engagements.cast, who)
    await tell_account(engagements, actor, "deactivated")
    refused = await engagements.join(engagement, actor, role, status=422)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("not_assignable", "/user_id")


@pytest.mark.parametrize("lead", ["consulting_pm_id", "director_id"])
async def test_a_deactivated_person_leads_no_draft(engagements: Engagements, lead: str) -> None:
    cast = engagements.cast
    await tell_account(engagements, cast.bystander, "deactivated")
    body: dict[str, Any] = {"client_id": str(cast.huaxin), "title": "流程优化"}
    named = {lead: str(cast.bystander.user_id)}
    refused = await engagements.post(cast.partner, "/engagements", body | named, status=422)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("not_assignable", f"/{lead}")


async def test_who_was_invited_is_given_a_place_before_they_come(engagements: Engagements) -> None:
    engagement = await engagements.draft()
    await tell_account(engagements, engagements.cast.it, "invited")
    await engagements.join(engagement, engagements.cast.it, "executive")


async def test_the_client_pm_is_told_how_the_accounts_of_colleagues_stand(
    engagements: Engagements,
) -> None:
    """Who was invited is theirs to give a place, whose account is closed is not."""
    cast = engagements.cast
    engagement = await engagements.staffed()
    core = {"engagement_id": engagement["id"], "role": "core", "domains": ["采购"]}

    async def offered() -> set[str]:
        path = f"/engagements/{engagement['id']}/candidates"
        return {person["id"] for person in await engagements.get(cast.pm, path)}

    await tell_account(engagements, cast.it, "invited")
    await tell_account(engagements, cast.left, "deactivated")
    it, left = str(cast.it.user_id), str(cast.left.user_id)
    assert {it, left} & await offered() == {it}
    await engagements.post(cast.pm, "/members", core | {"user_id": it}, status=201)
    refused = await engagements.post(cast.pm, "/members", core | {"user_id": left}, status=422)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("not_assignable", "/user_id")
    assert "retryable" not in refused
    rival = core | {"user_id": str(cast.rival.user_id)}
    unknown = await engagements.post(cast.pm, "/members", rival, status=422)
    assert (unknown["code"], unknown["retryable"]) == ("not_known_yet", True)


async def test_the_past_may_name_who_left(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    await tell_account(engagements, cast.it, "deactivated")
    importer = replace(cast.lead, importer=Importer(cast.admin.user_id, cast.admin.name))
    body = {"engagement_id": engagement["id"], "user_id": str(cast.it.user_id), "role": "executive"}
    then = {"Rapport-Occurred-At": engagements.clock.now.isoformat()}
    await engagements.call(importer, "POST", "/members", body, status=201, headers=then)


async def given(engagements: Engagements, taker: Actor) -> dict[str, Any]:
    """A task of a running engagement, given to a consultant of its team."""
    task = (await engagements.tasks(await engagements.running()))["member-briefing"]
    body = {"user_id": str(taker.user_id)}
    await engagements.post(engagements.cast.lead, f"/tasks/{task['id']}/assign", body)
    return task


@pytest.mark.parametrize(
    ("giver", "taker", "key"),
    [("lead", "consultant", "member-briefing"), ("core", "peripheral", "questionnaire")],
)
async def test_a_deactivated_person_is_given_no_task(
    engagements: Engagements, giver: str, taker: str, key: str
) -> None:
    """Also by the client's people, who cannot read how accounts stand."""
    cast = engagements.cast
    task = (await engagements.tasks(await engagements.running()))[key]
    who: Actor = getattr(cast, taker)
    path, body = f"/tasks/{task['id']}/assign", {"user_id": str(who.user_id)}
    await engagements.post(getattr(cast, giver), path, body)
    await tell_account(engagements, who, "deactivated")
    refused = await engagements.post(getattr(cast, giver), path, body, status=422)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("not_assignable", "/user_id")
    await tell_account(engagements, who, "active", version=3)
    await engagements.post(getattr(cast, giver), path, body)


async def test_who_was_invited_is_given_tasks_before_they_come(engagements: Engagements) -> None:
    await tell_account(engagements, engagements.cast.consultant, "invited")
    task = await given(engagements, engagements.cast.consultant)
    assert await holder(engagements, task) == engagements.cast.consultant.name


async def test_an_open_task_of_a_closed_account_is_its_roles_again(
    engagements: Engagements,
) -> None:
    consultant = engagements.cast.consultant
    task = await given(engagements, consultant)
    before = await engagements.acts("task")
    await tell_account(engagements, consultant, "deactivated")
    assert await holder(engagements, task) is None
    assert await engagements.acts("task") == [*before, "changed"]
    assert await told_last(engagements) == (task["id"], None)


async def test_a_task_done_stays_with_whose_account_is_closed(engagements: Engagements) -> None:
    consultant = engagements.cast.consultant
    task = await given(engagements, consultant)
    for act in ("start", "finish"):
        await engagements.post(consultant, f"/tasks/{task['id']}/{act}")
    await tell_account(engagements, consultant, "deactivated")
    assert await holder(engagements, task) == consultant.name
