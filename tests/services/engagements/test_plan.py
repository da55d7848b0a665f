"""The plan: made from the template, confirmed by both sides, moved by what really happens."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from uuid import UUID

from services.engagements.templates.library import BUILT_IN, templates
from shared.calendar import WorkingCalendar, is_working_day
from shared.contracts.engagements import TemplateKey
from tests.services.engagements.conftest import Engagements


async def test_the_template_is_shown_whole_in_both_languages(engagements: Engagements) -> None:
    cast = engagements.cast
    (listed,) = (await engagements.get(cast.lead, "/templates"))["items"]
    assert listed["id"] == BUILT_IN and listed["phases"] == 6
    shown = await engagements.get(cast.lead, f"/templates/{BUILT_IN}")
    parts = [shown, *shown["phases"]]
    for phase in shown["phases"]:
        parts += phase["tasks"] + phase["key_nodes"] + phase["deliverables"]
    assert all(part["title"]["en"] and part["title"]["zh"] for part in parts)
    await engagements.get(cast.lead, "/templates/unknown", status=404)
    await engagements.get(cast.pm, "/templates", status=403)


def test_every_template_that_may_be_named_exists() -> None:
    assert set(get_args(TemplateKey)) == set(templates())


async def test_an_unknown_template_is_refused_by_name(engagements: Engagements) -> None:
    body = {"client_id": str(engagements.cast.huaxin), "title": "x", "template": "no-such"}
    refused = await engagements.post(engagements.cast.lead, "/engagements", body, status=422)
    assert [error["pointer"] for error in refused["errors"]] == ["/template"]


async def test_a_draft_has_the_whole_plan_on_working_days(engagements: Engagements) -> None:
    engagement = await engagements.draft(starts_on="2026-11-30")
    phases = await engagements.phases(engagement)
    tasks = await engagements.tasks(engagement)
    assert [phase["key"] for phase in phases][:3] == ["preparation", "survey", "design"]
    assert tasks["team-charter"]["starts_on"] == "2026-11-30"
    assert tasks["team-charter"]["ends_on"] == "2026-12-02"
    assert tasks["kick-off"]["links"][0]["kind"] == "FS"
    weekend = [task for task in tasks.values() if date.fromisoformat(task["ends_on"]).weekday() > 4]
    assert weekend == []
    nodes = (await engagements.get(engagements.cast.lead, "/key-nodes?limit=200"))["items"]
    assert nodes[0]["key"] == "kick-off-meeting"
    assert nodes[0]["planned_on"] == tasks["kick-off"]["ends_on"]
    assert (await engagements.acts("task")) == ["planned"] * len(tasks)


async def test_a_plan_over_the_new_year_counts_the_firms_own_working_days(
    engagements: Engagements,
) -> None:
    first = await engagements.tasks(await engagements.draft(starts_on="2026-12-14"))
    closed = date.fromisoformat(first["documents"]["starts_on"])
    await engagements.rows("INSERT INTO calendar_days (day, working) VALUES ($1, false)", closed)
    calendar = WorkingCalendar(overrides={closed: ()})
    tasks = await engagements.tasks(await engagements.draft(starts_on="2026-12-14"))
    assert max(task["ends_on"] for task in tasks.values()) > "2027-03-01"
    for task in tasks.values():
        starts, ends = (date.fromisoformat(task[name]) for name in ("starts_on", "ends_on"))
        days = [starts + timedelta(days=each) for each in range((ends - starts).days + 1)]
        assert is_working_day(calendar, starts) and is_working_day(calendar, ends), task["key"]
        assert sum(is_working_day(calendar, day) for day in days) == task["days"], task["key"]


async def test_another_first_day_moves_the_plan_and_needs_both_again(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    path = f"/engagements/{engagement['id']}"
    await engagements.post(cast.pm, f"{path}/confirm-plan")
    before = await engagements.tasks(engagement)
    shown = await engagements.get(cast.lead, path)
    assert shown["plan_confirmed_client_at"] and not shown["plan_confirmed_consulting_at"]
    day = date.fromisoformat(shown["starts_on"]) + timedelta(days=7)
    version = shown["version"]
    moved = await engagements.patch(cast.lead, path, {"starts_on": day.isoformat()}, version)
    assert moved["plan_confirmed_client_at"] is None
    after = await engagements.tasks(engagement)
    assert after["team-charter"]["starts_on"] == day.isoformat()
    assert after["acceptance"]["ends_on"] > before["acceptance"]["ends_on"]


async def test_the_plan_takes_effect_when_both_managers_confirmed(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    path = f"/engagements/{engagement['id']}"
    await engagements.post(cast.lead, f"{path}/propose")
    activate = f"{path}/activate"
    refused = await engagements.post(cast.lead, activate, status=409)
    assert refused["code"] == "plan_not_confirmed"
    assert "activate" not in (await engagements.get(cast.lead, path))["can"]
    for actor in (cast.core, cast.consultant, cast.partner):
        await engagements.post(actor, f"{path}/confirm-plan", status=403)
    assert "confirm_plan" in (await engagements.get(cast.pm, path))["can"]
    await engagements.post(cast.pm, f"{path}/confirm-plan")
    await engagements.post(cast.pm, f"{path}/confirm-plan", status=409)
    await engagements.post(cast.lead, activate, status=409)
    await engagements.post(cast.lead, f"{path}/confirm-plan")
    assert "activate" in (await engagements.get(cast.lead, path))["can"]
    assert (await engagements.post(cast.lead, activate))["status"] == "active"


async def test_gaps_in_the_team_block_the_phase_and_are_listed(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft(domains=[])
    await engagements.join(engagement, cast.pm, "client_pm")
    path = f"/engagements/{engagement['id']}"
    for step in ("propose", "confirm-plan"):
        await engagements.post(cast.lead, f"{path}/{step}")
    await engagements.post(cast.pm, f"{path}/confirm-plan")
    await engagements.post(cast.lead, f"{path}/activate")
    phases = await engagements.phases(engagement)
    refused = await engagements.post(cast.lead, f"/phases/{phases[0]['id']}/start", status=409)
    assert [gap["code"] for gap in refused["gaps"]] == ["no_executive"]
    listed = await engagements.get(cast.pm, f"{path}/gaps?phase_id={phases[0]['id']}")
    assert listed == refused["gaps"]
    whole = await engagements.get(cast.pm, f"{path}/gaps")
    assert [gap["code"] for gap in whole] == ["no_executive", "no_domain"]
    other = await engagements.draft()
    foreign = (await engagements.phases(other))[0]["id"]
    await engagements.get(cast.lead, f"{path}/gaps?phase_id={foreign}", status=404)
    await engagements.join(engagement, cast.ceo, "executive")
    for actor in (cast.lead, cast.pm):
        await engagements.post(actor, f"{path}/confirm-plan")
    await engagements.post(cast.lead, f"/phases/{phases[0]['id']}/start")
    refused = await engagements.post(cast.lead, f"/phases/{phases[1]['id']}/start", status=409)
    assert [gap["code"] for gap in refused["gaps"]] == ["no_domain"]


async def test_a_late_finish_moves_everything_after_it(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    before = await engagements.tasks(engagement)
    charter = f"/tasks/{before['team-charter']['id']}"
    await engagements.post(cast.lead, f"{charter}/start")
    engagements.clock.forward(days=14)
    finished = await engagements.post(cast.lead, f"{charter}/finish")
    assert finished["status"] == "done" and finished["finished_on"] == "2026-12-07"
    after = await engagements.tasks(engagement)
    assert after["phase-plan"]["starts_on"] == "2026-12-08"
    assert after["acceptance"]["ends_on"] > before["acceptance"]["ends_on"]
    phases = await engagements.phases(engagement)
    assert phases[-1]["ends_on"] == after["acceptance"]["ends_on"]
    assert (await engagements.acts("task"))[-1] == "finished"
    await engagements.post(cast.lead, f"{charter}/finish", status=409)
    await engagements.post(
        cast.lead, f"/tasks/{after['phase-plan']['id']}/start", {"on": "2027-01-01"}, status=422
    )


async def test_work_waits_for_its_phase_and_the_phase_for_its_work(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    phases, tasks = await engagements.phases(engagement), await engagements.tasks(engagement)
    early = await engagements.post(
        cast.lead, f"/tasks/{tasks['documents']['id']}/start", status=409
    )
    assert early["code"] == "phase_not_running"
    open_still = await engagements.post(cast.lead, f"/phases/{phases[0]['id']}/end", status=409)
    assert open_still["code"] == "tasks_open"
    await finish_phase(engagements, engagement, phases[0])
    ended = await engagements.post(cast.lead, f"/phases/{phases[0]['id']}/end")
    assert ended["status"] == "ended"
    (event,) = await engagements.rows(
        "SELECT data FROM outbox WHERE type = 'engagements.engagement.phase_ended.v1'"
    )
    assert f'"latest_phase_id":"{phases[0]["id"]}"' in event["data"]
    closing = f"/engagements/{engagement['id']}/start-closing"
    await engagements.post(cast.lead, f"/phases/{phases[1]['id']}/start")
    assert (await engagements.post(cast.lead, closing, status=409))["code"] == "phase_running"


async def test_an_engagement_tells_of_each_live_place_of_its_client(
    engagements: Engagements,
) -> None:
    engagement = await engagements.running()
    places = await engagements.rows(
        "SELECT id FROM members WHERE side = 'client' AND status = 'live' ORDER BY id"
    )
    assert places
    event = await engagements.rows(
        "SELECT data FROM outbox WHERE aggregate_id = $1 ORDER BY seq DESC LIMIT 1",
        UUID(engagement["id"]),
    )
    told = json.loads(event[0]["data"])["client_member_ids"]
    assert told == [str(place["id"]) for place in places]


async def finish_phase(
    engagements: Engagements, engagement: dict[str, Any], phase: dict[str, Any]
) -> None:
    """Do every task of a phase."""
    for task in (await engagements.tasks(engagement)).values():
        if task["phase_id"] == phase["id"]:
            for step in ("start", "finish"):
                await engagements.post(engagements.cast.lead, f"/tasks/{task['id']}/{step}")


async def test_a_key_node_is_held_and_stands_in_the_history(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    node = (await engagements.get(cast.lead, "/key-nodes"))["items"][0]
    held = await engagements.post(cast.lead, f"/key-nodes/{node['id']}/hold")
    assert held["status"] == "held" and held["held_on"] == "2026-11-23"
    await engagements.post(cast.lead, f"/key-nodes/{node['id']}/hold", status=409)
    await engagements.post(cast.pm, f"/key-nodes/{node['id']}/hold", status=403)
    assert (await engagements.kinds(engagement, cast.ceo))[-1] == "key_node_held"


async def test_a_key_node_held_before_its_planned_day_says_on_which_and_never_ahead(
    engagements: Engagements,
) -> None:
    """Today is the firm's: at half past one in Shanghai it is still yesterday in UTC."""
    cast = engagements.cast
    engagement = await engagements.running()
    node = (await engagements.get(cast.lead, "/key-nodes"))["items"][0]
    assert node["planned_on"] > "2026-11-23"
    path = f"/key-nodes/{node['id']}/hold"
    engagements.clock.now = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    ahead = await engagements.post(cast.lead, path, {"on": "2026-11-26"}, status=422)
    assert (ahead["code"], ahead["errors"][0]["pointer"]) == ("day_ahead", "/on")
    held = await engagements.post(cast.lead, path, {"on": "2026-11-25"})
    assert (held["held_on"], held["planned_on"]) == ("2026-11-25", node["planned_on"])
    steps = await engagements.get(cast.ceo, f"/engagements/{engagement['id']}/steps?limit=200")
    told = steps["items"][-1]["text"]
    assert told["en"] == f"Key node held on 25 Nov 2026: {node['title']['en']}"
    assert told["zh"] == f"关键节点已于2026年11月25日召开：{node['title']['zh']}"


async def test_a_changed_duration_reschedules_and_needs_both_again(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    engagement = await engagements.running()
    before = await engagements.tasks(engagement)
    task = before["team-charter"]
    path = f"/tasks/{task['id']}"
    await engagements.patch(cast.lead, path, {"days": 8}, task["version"])
    await engagements.patch(cast.lead, path, {"days": 9}, task["version"], status=412)
    after = await engagements.tasks(engagement)
    assert after["phase-plan"]["starts_on"] > before["phase-plan"]["starts_on"]
    shown = await engagements.get(cast.lead, f"/engagements/{engagement['id']}")
    assert shown["plan_confirmed_client_at"] is None
