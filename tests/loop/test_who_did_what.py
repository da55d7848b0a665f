"""Who did what to which record: every act of a loop, and every event of one, is in the audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import httpx
import pytest

from deploy.supervisor.home import Home
from deploy.supervisor.topology import PROCESSES
from shared.identity import SYSTEM_ID
from tests.loop.cast import Cast
from tests.loop.steps import DETOURS, STEPS, Walker
from tests.loop.story import PLACES, Story
from tests.loop.test_rebuilding import connect
from tests.support.hours import at_any_hour
from tests.support.instances import Instance
from tests.support.people import Person

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]

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
BY_LINK: Final = "%.response.submitted.v1"
"""Done by a person whom the link in a mail stands for, and nobody who is signed in."""
TELLS_OF_AUDIT: Final = "%.audit.sealed.v1"
WITH_ITS_ENGAGEMENT: Final = (
    "member.added",
    "member.changed",
    "member.ended",
    "task.planned",
    "task.changed",
    "deliverable.planned",
)
"""What is part of an act on an engagement, as a task moves with the plan: it stands under that."""
UNDER: Final = [f"%.{each}.v1" for each in WITH_ITS_ENGAGEMENT]
FEWEST: Final = {"clients": 5, "desk": 15, "engagements": 12, "surveys": 1, "gateway": 3}
"""Kinds of events that people cause here, by service, at the least."""
_CAUSED: Final = f"""
    SELECT type, aggregate_id, EXISTS (
        SELECT 1 FROM audit a WHERE a.at = o.occurred_at AND a.actor_id = o.actor_id
        AND a.action <> '' AND a.subject_id IN (o.aggregate_id, CASE WHEN o.type LIKE ANY ($2)
            THEN (o.data::jsonb ->> 'engagement_id')::uuid END)) AS audited
    FROM outbox o
    WHERE occurred_at >= $3 AND type NOT LIKE '{TELLS_OF_AUDIT}'
    AND (actor_id <> $1 OR type LIKE '{BY_LINK}')
    ORDER BY seq"""
"""Events that a person caused, each with whether the audit has an entry of that moment about the
record by the person."""


@dataclass(frozen=True)
class Acts:
    """What people did since, with the address of each call."""

    began: datetime
    calls: dict[Call, str]


@pytest.fixture(scope="module")
def acts(instance: Instance, cast: Cast) -> Acts:
    """Every act of people in a loop and beside it."""
    campaign = cast.admin.get("/campaigns", key="case_closed")["items"][0]
    cast.admin.patch(f"/campaigns/{campaign['id']}", fatigue_days=0)
    began = datetime.now(UTC)
    with listening(cast) as heard:
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
    """People and contacts of the registry, and the client itself."""
    manager, client = story.cast.manager, story.cast.client_id
    contact = manager.post("/contacts", {"client_id": client, "name": "周工"})["id"]
    manager.patch(f"/contacts/{contact}", title="总工")
    manager.client.delete(f"/contacts/{contact}").raise_for_status()
    manager.patch(f"/clients/{client}", city="苏州")
    manager.post(f"/clients/{client}/grade", {"grade": "A", "reason": "大客户"})


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
    """What an administrator does with somebody's account."""
    newcomer = {"email": "newcomer@firm.example", "name": "Newcomer", "side": "firm"}
    account = f"/users/{cast.admin.post('/users', newcomer | {'roles': ['agent']})['id']}"
    cast.admin.patch(account, title="客服")
    cast.admin.post(f"{account}/deactivate")


async def test_every_act_of_a_person_is_in_the_audit_under_its_request(
    instance: Instance, acts: Acts
) -> None:
    told: set[Call] = set()
    for service in PROCESSES:
        connection = await connect(Home(instance.home), service)
        rows = await connection.fetch("SELECT actor_id::text AS who, request_id FROM audit")
        told |= {(row["who"], row["request_id"]) for row in rows}
        await connection.close()
    assert len(acts.calls) > 60
    assert sorted(path for call, path in acts.calls.items() if call not in told) == []


@pytest.mark.parametrize("service", PROCESSES)
async def test_every_event_that_a_person_caused_has_its_entry_about_the_record(
    instance: Instance, acts: Acts, service: str
) -> None:
    connection = await connect(Home(instance.home), service)
    rows = await connection.fetch(_CAUSED, SYSTEM_ID, UNDER, acts.began)
    await connection.close()
    assert len({row["type"] for row in rows}) >= FEWEST[service]
    assert [(row["type"], str(row["aggregate_id"])) for row in rows if not row["audited"]] == []
