"""Every act of people in a loop and beside it, done once for whoever reads what the audit kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import httpx

from tests.loop.cast import Cast
from tests.loop.steps import DETOURS, STEPS, Walker
from tests.loop.story import PLACES, Story
from tests.support.hours import at_any_hour
from tests.support.instances import Instance
from tests.support.people import PASSWORD, Person

DOES: Final = {role: name for name, role in PLACES.items()}
"""Who of the cast has which role in the team."""
PROFILE: Final = {
    "influence": 3,
    "interest": 3,
    "stance_now": "neutral",
    "stance_wanted": "supportive",
}
Call = tuple[str, str]
"""Who called, and the id of the request."""


@dataclass(frozen=True)
class Acts:
    """What people did since, with the address of each call."""

    began: datetime
    calls: dict[Call, str]


def act_all(instance: Instance, cast: Cast) -> Acts:
    """Do all of it."""
    campaign = f"/campaigns/{cast.admin.get('/campaigns', key='case_closed')['items'][0]['id']}"
    cast.admin.patch(campaign, fatigue_days=1)
    began = datetime.now(UTC)
    with listening(cast) as heard:
        cast.admin.patch(campaign, fatigue_days=0)
        first = Walker(Story(cast, 800))
        for step in STEPS:
            first.take(step)
        with at_any_hour(instance.home):
            other = Walker(Story(cast, 801))
            for step in DETOURS:
                other.take(step)
        on_the_engagement(first.story)
        on_the_client(first.story)
        on_a_case(cast)
        on_an_account(cast)
    return Acts(began, heard)


@contextmanager
def listening(cast: Cast) -> Iterator[dict[Call, str]]:
    """Note whatever somebody of the cast writes, and is answered that it is done."""
    people = [each for each in vars(cast).values() if isinstance(each, Person)]
    heard: dict[Call, str] = {}
    for person in people:

        def note(answer: httpx.Response, who: str = person.id) -> None:
            asked = answer.request
            if asked.method != "GET" and answer.status_code < 300:
                path = f"{asked.method} {asked.url.path}"
                heard[who, answer.headers["Rapport-Request-Id"]] = path

        person.client.event_hooks = {"response": [note]}
    try:
        yield heard
    finally:
        for person in people:
            person.client.event_hooks = {}


def on_the_engagement(story: Story) -> None:
    """Tasks, places, profiles and deliverables, besides those of the loop."""
    cast, engagement = story.cast, story.ids["engagement"]
    lead = cast.lead
    tasks = lead.get("/tasks", engagement_id=engagement, phase_id=story.ids["phase"])["items"]
    found = next(each for each in tasks if each["status"] == "planned" and each["role"] in DOES)
    task, who = found["id"], getattr(cast, DOES[found["role"]])
    lead.patch(f"/tasks/{task}", days=9)
    lead.post(f"/tasks/{task}/assign", {"user_id": who.id})
    who.post(f"/tasks/{task}/start", {})
    who.post(f"/tasks/{task}/finish", {})
    lead.post("/deliverables", {"task_id": task, "title": {"en": "List", "zh": "清单"}})
    person = {"engagement_id": engagement, "user_id": cast.ceo.id, "name": cast.ceo.name}
    profile = lead.post("/stakeholders", person | PROFILE)["id"]
    lead.patch(f"/stakeholders/{profile}", influence=2)
    lead.patch(f"/members/{story.ids['peripheral']}", domains=["研发", "采购"])
    lead.post(f"/members/{story.ids['peripheral']}/end")
    lead.post(f"/engagements/{engagement}/hold", {"reason": "年终结账"})
    lead.post(f"/engagements/{engagement}/resume")


def on_the_client(story: Story) -> None:
    """People, contacts and chances of the registry, and the client itself."""
    manager, client = story.cast.manager, story.cast.client_id
    contact = manager.post("/contacts", {"client_id": client, "name": "周工"})["id"]
    manager.patch(f"/contacts/{contact}", title="总工")
    manager.client.delete(f"/contacts/{contact}").raise_for_status()
    talk = {"kind": "call", "occurred_at": datetime.now(UTC).isoformat(), "summary": "问进度"}
    spoken = manager.post("/interactions", talk | {"client_id": client})["id"]
    manager.patch(f"/interactions/{spoken}", next_step="寄方案")
    chance = manager.post("/opportunities", {"client_id": client, "title": "供应链诊断"})["id"]
    manager.patch(f"/opportunities/{chance}", title="采购诊断")
    manager.patch(f"/clients/{client}", city="苏州")
    manager.post(f"/clients/{client}/grade", {"grade": "C", "reason": "小客户"})


def on_a_case(cast: Cast) -> None:
    """What an agent does with a case besides solving it."""
    said = {"kind": "inquiry", "subject": "发票", "description": "发票何时寄出？"}
    case = f"/cases/{cast.pm.post('/cases', said)['id']}"
    cast.agent.patch(case, priority="high")
    cast.agent.post(f"{case}/assign", {"assignee_id": cast.agent.id})
    cast.agent.post(f"{case}/notes", {"body": "问财务"})
    cast.agent.post(f"{case}/about", {"user_ids": [cast.lead.id]})
    cast.agent.post(f"{case}/start")
    cast.agent.post(f"{case}/wait", {"reason": "等发票号"})
    cast.agent.post(f"{case}/resume")


def on_an_account(cast: Cast) -> None:
    """Somebody comes, is renamed and kept out; a key and a view come and go."""
    admin = cast.admin
    newcomer = admin.bring_in(
        "next@huaxin.example", "新同事", side="client", client_id=cast.client_id
    )
    passwords = {"current_password": PASSWORD, "new_password": PASSWORD[::-1]}
    newcomer.post("/me/password", passwords)
    again = Person(newcomer.instance, newcomer.email, PASSWORD[::-1])
    again.client.delete("/auth/session").raise_for_status()
    user = f"/users/{newcomer.id}"
    admin.patch(user, title="主管")
    admin.patch(user, client_until="2099-01-01T00:00:00Z")
    admin.post(f"{user}/deactivate")
    key = admin.post("/api-keys", {"name": "报表", "scopes": ["case:*"]})["id"]
    admin.client.delete(f"/api-keys/{key}").raise_for_status()
    view = {"collection": "cases", "address": "status=open", "name": "在办"}
    mine = f"/views/{cast.agent.post('/views', view)['id']}"
    cast.agent.patch(mine, name="待办")
    cast.agent.client.delete(mine).raise_for_status()
