"""Who may give a task to whom: whoever leads, the client's manager, and core members their own."""

from __future__ import annotations

from typing import Any

from tests.services.engagements.conftest import Engagements


async def test_tasks_go_to_people_in_their_role_by_who_may_give_them(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    tasks = await engagements.tasks(await engagements.running())
    kick_off, briefing = tasks["kick-off"], tasks["member-briefing"]
    questions = f"/tasks/{tasks['questionnaire']['id']}/assign"
    to_peripheral = {"user_id": str(cast.peripheral.user_id)}
    await engagements.post(cast.core, questions, to_peripheral)
    await engagements.post(cast.core, questions, {"user_id": str(cast.core.user_id)}, status=422)
    await engagements.post(cast.peripheral, questions, to_peripheral, status=403)
    to_pm = {"user_id": str(cast.pm.user_id)}
    await engagements.post(cast.pm, f"/tasks/{kick_off['id']}/assign", to_pm)
    wrong = {"user_id": str(cast.consultant.user_id)}
    await engagements.post(cast.pm, f"/tasks/{briefing['id']}/assign", wrong, status=403)
    assigned = await engagements.post(cast.lead, f"/tasks/{briefing['id']}/assign", wrong)
    assert assigned["assignee"]["name"] == "Consultant Wu"
    mine = (await engagements.get(cast.consultant, "/tasks?mine=true&limit=200"))["items"]
    assert {task["role"] for task in mine} == {"consultant"}
    done = await engagements.post(cast.consultant, f"/tasks/{briefing['id']}/start")
    assert "finish" in done["can"]
    await engagements.post(cast.core, f"/tasks/{kick_off['id']}/start", status=403)
    await engagements.post(cast.pm, f"/tasks/{kick_off['id']}/start")


async def test_a_core_member_gives_tasks_to_the_own_peripheral_members_only(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    tasks = await engagements.tasks(engagement)
    second = await engagements.join(engagement, cast.it, "core", domains=["采购"])
    of_second = {"domains": ["采购"], "answers_to": second["id"]}
    await engagements.join(engagement, cast.left, "peripheral", **of_second)
    path = f"/tasks/{tasks['questionnaire']['id']}/assign"

    async def give(giver: Any, taker: Any, status: int = 200) -> str | None:
        body = {"user_id": taker and str(taker.user_id)}
        given = await engagements.post(giver, path, body, status=status)
        return given["assignee"]["name"] if given.get("assignee") else None

    await give(cast.core, cast.left, status=403)
    await give(cast.it, cast.peripheral, status=403)
    assert await give(cast.it, cast.left) == "蒋前员工"
    await give(cast.core, cast.peripheral, status=403)
    assert await give(cast.it, None) is None
    assert await give(cast.core, cast.peripheral) == "沈专员"
    of_the_core = f"/tasks/{tasks['documents']['id']}/assign"
    own = {"user_id": str(cast.core.user_id)}
    await engagements.post(cast.core, of_the_core, own, status=403)
