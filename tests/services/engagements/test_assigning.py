"""Who may give a task to whom: whoever leads, the client's manager, and core members their own."""

from __future__ import annotations

from typing import Any

import orjson

from shared.identity import Actor
from tests.services.engagements.conftest import Engagements
from tests.services.engagements.test_dated_members import until


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


async def holder(engagements: Engagements, task: dict[str, Any]) -> str | None:
    """Whose the task is now, by name."""
    shown = await engagements.get(engagements.cast.lead, f"/tasks/{task['id']}")
    return shown["assignee"] and str(shown["assignee"]["name"])


async def told_last(engagements: Engagements) -> tuple[str, str | None]:
    """Of which task the newest event tells, and whose it says it is."""
    (newest,) = await engagements.rows(
        "SELECT data FROM outbox WHERE aggregate = 'task' ORDER BY seq DESC LIMIT 1"
    )
    state = orjson.loads(newest["data"])
    return state["id"], state["assignee_id"]


async def waiting_tasks(engagements: Engagements, actor: Actor) -> set[str]:
    """The ids of the tasks that wait for somebody."""
    waiting = await engagements.get(actor, "/waiting?kind=task&limit=200")
    return {item["record_id"] for item in waiting["items"]}


async def test_an_open_task_of_who_leaves_the_team_is_its_roles_again(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    task = (await engagements.tasks(engagement))["member-briefing"]
    path = f"/tasks/{task['id']}/assign"
    second = await engagements.join(engagement, cast.former, "consultant")
    await engagements.post(cast.lead, path, {"user_id": str(cast.former.user_id)})
    assert task["id"] not in await waiting_tasks(engagements, cast.consultant)
    before = await engagements.acts("task")
    await engagements.post(cast.lead, f"/members/{second['id']}/end")
    assert await holder(engagements, task) is None
    assert task["id"] in await waiting_tasks(engagements, cast.consultant)
    assert await engagements.acts("task") == [*before, "changed"]
    assert await told_last(engagements) == (task["id"], None)


async def test_a_client_pm_who_ends_a_place_leaves_its_tasks_alone_with_their_role(
    engagements: Engagements,
) -> None:
    """Under the grants and the row security of the client's role."""
    cast = engagements.cast
    engagement = await engagements.running()
    tasks = await engagements.tasks(engagement)
    for key, taker in (("member-briefing", cast.consultant), ("documents", cast.core)):
        body = {"user_id": str(taker.user_id)}
        await engagements.post(cast.lead, f"/tasks/{tasks[key]['id']}/assign", body)
    asked = f"/members?engagement_id={engagement['id']}&role=core&status=live"
    (core,) = (await engagements.get(cast.pm, asked))["items"]
    await engagements.post(cast.pm, f"/members/{core['id']}/end")
    assert await holder(engagements, tasks["documents"]) is None
    assert await holder(engagements, tasks["member-briefing"]) == cast.consultant.name


async def test_whoever_goes_on_in_the_role_keeps_the_tasks(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    task = (await engagements.tasks(engagement))["member-briefing"]
    path = f"/tasks/{task['id']}/assign"
    first = await engagements.join(engagement, cast.former, "consultant", ends_on="2026-11-24")
    await engagements.join(engagement, cast.former, "consultant", starts_on="2026-11-25")
    await engagements.post(cast.lead, path, {"user_id": str(cast.former.user_id)})
    engagements.clock.forward(days=2)
    await until(engagements, first["id"], "ended")
    assert await holder(engagements, task) == cast.former.name
    body = {"ends_on": "2026-11-25"}
    (later,) = (
        await engagements.get(cast.lead, f"/members?user_id={cast.former.user_id}&status=live")
    )["items"]
    await engagements.post(cast.lead, f"/members/{later['id']}/end", body)
    engagements.clock.forward(days=1)
    await until(engagements, later["id"], "ended")
    assert await holder(engagements, task) is None
