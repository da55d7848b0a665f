"""Whose account is closed gets no place in a team; the past may name them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.identity import Actor, Importer
from tests.services.engagements.conftest import Engagements
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


async def test_the_past_may_name_who_left(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    await tell_account(engagements, cast.it, "deactivated")
    importer = replace(cast.lead, importer=Importer(cast.admin.user_id, cast.admin.name))
    body = {"engagement_id": engagement["id"], "user_id": str(cast.it.user_id), "role": "executive"}
    then = {"Rapport-Occurred-At": engagements.clock.now.isoformat()}
    await engagements.call(importer, "POST", "/members", body, status=201, headers=then)
