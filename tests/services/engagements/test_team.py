"""The joint team: who may be what, who sees the engagement because of it, and the team map."""

from __future__ import annotations

from shared.ids import new_id
from tests.services.engagements.conftest import Engagements


async def test_a_drafting_project_manager_leads_the_engagement(engagements: Engagements) -> None:
    drafted = await engagements.draft()
    assert drafted["number"] == "E-2026-001"
    assert drafted["status"] == "draft"
    assert drafted["consulting_pm"]["name"] == "Lead Sun"
    assert drafted["my_roles"] == ["consulting_pm"]
    assert "propose" in drafted["can"]
    assert (await engagements.acts("engagement"))[-1] == "drafted"
    assert await engagements.acts("member") == ["added"]


async def test_numbers_follow_each_other_without_gaps(engagements: Engagements) -> None:
    await engagements.draft()
    body = {"client_id": str(engagements.cast.huaxin), "title": "x"}
    wrong = body | {"director_id": str(engagements.cast.ceo.user_id)}
    await engagements.post(engagements.cast.lead, "/engagements", wrong, status=422)
    assert (await engagements.draft())["number"] == "E-2026-002"


async def test_membership_opens_and_its_end_shuts_the_engagement(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    path = f"/engagements/{engagement['id']}"
    for actor in (cast.ceo, cast.pm, cast.core, cast.peripheral, cast.consultant):
        assert (await engagements.get(actor, path))["title"] == "流程优化"
        assert len((await engagements.get(actor, "/engagements"))["items"]) == 1
    for actor in (cast.it, cast.left, cast.rival, cast.bystander, cast.agent):
        await engagements.get(actor, path, status=404)
        assert (await engagements.get(actor, "/engagements"))["items"] == []
        await engagements.get(actor, f"{path}/team", status=404)
        await engagements.get(actor, f"{path}/steps", status=404)
    for actor in (cast.partner, cast.admin):
        await engagements.get(actor, path)


async def test_a_planned_last_day_ends_the_place_at_midnight(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    member = await engagements.join(engagement, cast.it, "executive")
    body = {"ends_on": "2026-11-25"}
    ended = await engagements.post(cast.lead, f"/members/{member['id']}/end", body)
    assert ended["status"] == "live"
    due = await engagements.rows("SELECT due_at FROM timers WHERE kind = 'member_ends'")
    assert [row["due_at"].isoformat() for row in due] == ["2026-11-25T16:00:00+00:00"]


async def test_a_second_project_manager_is_refused(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    await engagements.join(engagement, cast.it, "client_pm", status=409)
    await engagements.join(engagement, cast.bystander, "consulting_pm", status=409)


async def test_roles_belong_to_their_side_and_people_to_their_client(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    await engagements.join(engagement, cast.consultant, "executive", status=422)
    await engagements.join(engagement, cast.ceo, "director", status=422)
    await engagements.join(engagement, cast.rival, "executive", status=422)


async def test_a_peripheral_member_answers_to_a_core_member_of_the_domain(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    core = await engagements.join(engagement, cast.core, "core", domains=["采购"])
    one = {"status": 422, "domains": ["销售"], "answers_to": core["id"]}
    await engagements.join(engagement, cast.peripheral, "peripheral", **one)
    await engagements.join(engagement, cast.peripheral, "peripheral", 422, domains=["采购"])
    await engagements.join(engagement, cast.it, "core", status=422)
    match = {"If-Match": f'"{core["version"]}"'}
    nobody = {"answers_to": str(new_id())}
    path = f"/members/{core['id']}"
    await engagements.call(cast.lead, "PATCH", path, nobody, headers=match, status=422)


async def test_the_team_map_shows_both_firms_and_what_is_missing(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed(domains=["采购", "销售"])
    team = await engagements.get(cast.core, f"/engagements/{engagement['id']}/team")
    assert [person["role"] for person in team["firm"]] == ["consulting_pm", "consultant"]
    assert [person["role"] for person in team["client"]] == [
        "executive",
        "client_pm",
        "core",
        "peripheral",
    ]
    assert [(gap["code"], gap["domain"]) for gap in team["gaps"]] == [
        ("domain_without_core", "销售"),
        ("domain_without_peripheral", "销售"),
    ]
    assert await engagements.get(cast.pm, f"/engagements/{engagement['id']}/gaps") == team["gaps"]


async def test_only_who_leads_staffs_the_team(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    body = {"engagement_id": engagement["id"], "user_id": str(cast.it.user_id), "role": "executive"}
    await engagements.post(cast.consultant, "/members", body, status=403)
    await engagements.post(cast.pm, "/members", body, status=403)
    await engagements.post(cast.bystander, "/members", body, status=404)
    await engagements.post(cast.partner, "/members", body, status=201)


async def test_a_stale_change_of_a_place_is_refused(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    member = await engagements.join(engagement, cast.core, "core", domains=["采购"])
    path = f"/members/{member['id']}"
    changed = await engagements.patch(cast.lead, path, {"domains": ["采购", "销售"]})
    assert changed["domains"] == ["采购", "销售"]
    await engagements.patch(cast.lead, path, {"domains": ["采购"]}, status=412)


async def test_a_place_that_stays_as_it_is_takes_back_no_confirmation(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    (core,) = (await engagements.get(cast.lead, "/members?role=core"))["items"]
    before = await engagements.kinds(engagement)
    for same in ({}, {"domains": ["采购", "采购"], "answers_to": None, "ends_on": None}):
        kept = await engagements.patch(cast.lead, f"/members/{core['id']}", same, core["version"])
        assert kept["version"] == core["version"]
    shown = await engagements.get(cast.lead, f"/engagements/{engagement['id']}")
    assert shown["plan_confirmed_client_at"] and shown["plan_confirmed_consulting_at"]
    assert await engagements.kinds(engagement) == before
