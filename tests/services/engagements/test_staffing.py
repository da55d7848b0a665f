"""The two project managers staff the team, and confirm again what changes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from tests.services.engagements.conftest import Engagements

REOPENED = "plan_reopened"
Scene = dict[str, Any]
Change = Callable[[Engagements, Scene], Awaitable[Any]]


async def confirmed(house: Engagements) -> Scene:
    """An engagement whose plan and team both project managers confirmed; places by role."""
    engagement = await house.running()
    members = (await house.get(house.cast.lead, "/members?limit=50"))["items"]
    places = {place["role"]: place for place in members if place["status"] == "live"}
    return {"engagement": engagement, "places": places}


def joins(who: str, role: str, **more: Any) -> Change:
    """Somebody joins."""

    async def change(house: Engagements, scene: Scene) -> None:
        await house.join(scene["engagement"], getattr(house.cast, who), role, **more)

    return change


def place_changes(role: str, **body: Any) -> Change:
    """The holder's place changes."""

    async def change(house: Engagements, scene: Scene) -> None:
        place = scene["places"][role]
        body.setdefault("answers_to", place["answers_to"])
        await house.patch(house.cast.lead, f"/members/{place['id']}", body, place["version"])

    return change


def leaves(role: str, **body: Any) -> Change:
    """The holder leaves."""

    async def change(house: Engagements, scene: Scene) -> None:
        path = f"/members/{scene['places'][role]['id']}/end"
        await house.post(house.cast.partner, path, body)

    return change


def edits(**body: Any) -> Change:
    """The engagement is corrected."""

    async def change(house: Engagements, scene: Scene) -> None:
        path = f"/engagements/{scene['engagement']['id']}"
        version = (await house.get(house.cast.lead, path))["version"]
        await house.patch(house.cast.lead, path, body, version)

    return change


COUNTS: dict[str, Change] = {
    "an executive joins": joins("it", "executive"),
    "an executive joins later": joins("left", "executive", starts_on="2026-12-01"),
    "a core member joins": joins("it", "core", domains=["采购"]),
    "a core member's domains change": place_changes("core", domains=["采购", "销售"]),
    "a core member's leaving is planned": leaves("core", ends_on="2026-12-31"),
    "the domains change": edits(domains=["采购", "销售"]),
    "the peripheral tier is dropped": edits(small=True),
    "the first day moves": edits(starts_on="2026-12-07"),
    "an executive leaves": leaves("executive"),
    "the client PM's last day is set": place_changes("client_pm", ends_on="2026-12-31"),
    "the client PM leaves": leaves("client_pm"),
    "the consulting PM leaves": leaves("consulting_pm"),
}
DOES_NOT: dict[str, Change] = {
    "a consultant joins": joins("bystander", "consultant"),
    "an expert joins": joins("agent", "expert"),
    "a director joins": joins("partner", "director"),
    "a consultant leaves": leaves("consultant"),
    "a peripheral member's last day is set": place_changes("peripheral", ends_on="2026-12-31"),
    "a peripheral member leaves": leaves("peripheral"),
    "the title changes": edits(title="x"),
}


@pytest.mark.parametrize("counts", [True, False])
async def test_what_takes_back_both_confirmations(engagements: Engagements, counts: bool) -> None:
    scene = await confirmed(engagements)
    partner, wrong = engagements.cast.partner, []
    for name, change in (COUNTS if counts else DOES_NOT).items():
        await engagements.rows(
            "UPDATE engagements SET plan_confirmed_client_at = now(),"
            " plan_confirmed_consulting_at = now()"
        )
        told = await engagements.rows("SELECT 1 FROM engagement_steps WHERE kind = $1", REOPENED)
        await change(engagements, scene)
        shown = await engagements.get(partner, f"/engagements/{scene['engagement']['id']}")
        given = (shown["plan_confirmed_consulting_at"], shown["plan_confirmed_client_at"])
        steps = await engagements.rows("SELECT 1 FROM engagement_steps WHERE kind = $1", REOPENED)
        said = (shown["reopened"] is not None, len(steps) > len(told))
        if (given == (None, None), *said) != (counts, counts, counts):
            wrong.append((name, given, said))
    assert wrong == []


async def test_it_is_said_who_changed_what_until_both_confirmed_again(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    scene = await confirmed(engagements)
    path = f"/engagements/{scene['engagement']['id']}"
    await engagements.post(cast.lead, f"/members/{scene['places']['core']['id']}/end")
    said = (await engagements.get(cast.pm, path))["reopened"]
    assert said["by"] == "Lead Sun"
    assert said["text"] == {
        "en": "Lead Sun changed the place of 卫骨干: both project managers confirm again.",
        "zh": "Lead Sun调整了卫骨干的项目组角色，需双方项目经理重新确认。",
    }
    assert ("plan", "流程优化") in await engagements.waiting(cast.pm)
    assert ("plan", "流程优化") in await engagements.waiting(cast.lead)
    start = f"/phases/{(await engagements.phases(scene['engagement']))[1]['id']}/start"
    assert (await engagements.post(cast.lead, start, status=409))["code"] == "plan_not_confirmed"
    await engagements.post(cast.pm, f"{path}/confirm-plan")
    assert (await engagements.get(cast.lead, path))["reopened"] is not None
    assert (await engagements.post(cast.lead, f"{path}/confirm-plan"))["reopened"] is None


async def test_the_client_pm_staffs_the_clients_side(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    path = f"/engagements/{engagement['id']}"
    shown = await engagements.get(cast.pm, path)
    assert "staff" in shown["can"]
    assert sorted(shown["staffs"]) == ["client_pm", "core", "peripheral"]
    people = await engagements.get(cast.pm, f"{path}/candidates")
    assert {"id": str(cast.it.user_id), "name": "韩工"} in people
    assert str(cast.rival.user_id) not in {person["id"] for person in people}
    body = {"engagement_id": engagement["id"], "user_id": str(cast.it.user_id)}
    core = body | {"role": "core", "domains": ["采购"]}
    joined = await engagements.post(cast.pm, "/members", core, status=201)
    assert {"edit", "end"} <= set(joined["can"])
    assert (await engagements.get(cast.it, path))["title"] == "流程优化"
    more = {"domains": ["采购", "销售"]}
    changed = await engagements.patch(cast.pm, f"/members/{joined['id']}", more)
    assert changed["domains"] == ["采购", "销售"]
    ended = await engagements.post(cast.pm, f"/members/{joined['id']}/end")
    assert ended["status"] == "ended"
    await engagements.get(cast.it, path, status=404)


async def test_the_client_pm_staffs_neither_executives_nor_the_firm(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    members = (await engagements.get(cast.pm, "/members?limit=50"))["items"]
    for place in members:
        if place["status"] == "live" and place["role"] not in ("client_pm", "core", "peripheral"):
            shown = await engagements.get(cast.pm, f"/members/{place['id']}")
            assert shown["can"] == []
            await engagements.post(cast.pm, f"/members/{place['id']}/end", status=403)
    body = {"engagement_id": engagement["id"], "domains": ["采购"]}
    executive = body | {"user_id": str(cast.it.user_id), "role": "executive"}
    await engagements.post(cast.pm, "/members", executive, status=403)
    expert = body | {"user_id": str(cast.agent.user_id), "role": "expert"}
    await engagements.post(cast.pm, "/members", expert, status=403)
    stranger = body | {"user_id": str(cast.rival.user_id), "role": "core"}
    await engagements.post(cast.pm, "/members", stranger, status=422)
    for actor in (cast.core, cast.peripheral, cast.ceo):
        core = body | {"user_id": str(cast.it.user_id), "role": "core"}
        await engagements.post(actor, "/members", core, status=403)
        shown = await engagements.get(actor, f"/engagements/{engagement['id']}")
        assert shown["staffs"] == [] and "staff" not in shown["can"]
        await engagements.get(actor, f"/engagements/{engagement['id']}/candidates", status=403)


async def test_a_client_pm_takes_back_the_other_sides_word_too(engagements: Engagements) -> None:
    cast = engagements.cast
    scene = await confirmed(engagements)
    await engagements.post(cast.pm, f"/members/{scene['places']['core']['id']}/end")
    shown = await engagements.get(cast.lead, f"/engagements/{scene['engagement']['id']}")
    assert shown["plan_confirmed_consulting_at"] is None
    assert shown["reopened"]["by"] == "陈经理"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE engagements SET plan_confirmed_consulting_at = now()",
        "INSERT INTO members SELECT gen_random_uuid(), engagement_id, client_id, user_id, name,"
        " side, 'executive', domains, NULL, starts_on, NULL, 'live', created_at, 1"
        " FROM members WHERE role = 'core'",
    ],
)
async def test_the_second_wall_keeps_the_client_pm_within_the_own_side(
    engagements: Engagements, statement: str
) -> None:
    await engagements.staffed()
    pm = engagements.cast.pm
    connection = await asyncpg.connect(engagements.dsns.client)
    try:
        async with connection.transaction():
            await connection.execute(
                "SELECT set_config('rapport.user_id', $1, true),"
                " set_config('rapport.client_id', $2, true),"
                " set_config('rapport.side', 'client', true)",
                str(pm.user_id),
                str(pm.client_id),
            )
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
            raise asyncpg.TransactionRollbackError
    except asyncpg.TransactionRollbackError:
        pass
    finally:
        await connection.close()


async def test_nobody_but_the_client_pm_changes_places_behind_the_second_wall(
    engagements: Engagements,
) -> None:
    await engagements.staffed()
    statement = "UPDATE members SET ends_on = '2026-12-31' WHERE status = 'live'"
    for actor, rows in ((engagements.cast.core, 0), (engagements.cast.pm, 3)):
        connection = await asyncpg.connect(engagements.dsns.client)
        try:
            await connection.execute(
                "SELECT set_config('rapport.user_id', $1, false),"
                " set_config('rapport.client_id', $2, false),"
                " set_config('rapport.side', 'client', false)",
                str(actor.user_id),
                str(actor.client_id),
            )
            assert await connection.execute(statement) == f"UPDATE {rows}"
        finally:
            await connection.close()


async def test_a_core_member_takes_no_task_away_from_anothers_peripheral_member(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    await engagements.join(engagement, cast.it, "core", domains=["财务"])
    task = f"/tasks/{(await engagements.tasks(engagement))['questionnaire']['id']}"
    to_peripheral = {"user_id": str(cast.peripheral.user_id)}
    assigned = await engagements.post(cast.core, f"{task}/assign", to_peripheral)
    assert "assign" in assigned["can"]
    assert "assign" not in (await engagements.get(cast.it, task))["can"]
    await engagements.post(cast.it, f"{task}/assign", {"user_id": None}, status=403)
    left = await engagements.post(cast.core, f"{task}/assign", {"user_id": None})
    assert left["assignee"] is None
    assert "assign" in (await engagements.get(cast.it, task))["can"]
