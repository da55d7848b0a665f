"""The demonstration in a real instance: all of it is there, and everybody meets what is theirs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import httpx
import pytest

from deploy.demo.journal import ANCHOR
from deploy.demo.loading import JOURNAL
from deploy.demo.people import PASSWORD, PEOPLE
from tests.deploy.sign_ins import ALL_CASES, ALL_CLIENTS, CLIENT, FIRM, LEADS, LED, SEES, WEEK
from tests.support.instances import Instance, demo_instance
from tests.support.plain import WITHOUT_TLS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2000)]

AT_LEAST: Final = {
    "clients": 58,
    "contacts": 140,
    "interactions": 200,
    "opportunities": 35,
    "cases": 45,
    "promises": 35,
    "solutions": 14,
    "follow-ups": 20,
    "imports": 1,
    "api-keys": 1,
    "users": 40,
    "engagements": 6,
    "members": 20,
    "phases": 18,
    "tasks": 80,
    "key-nodes": 24,
    "deliverables": 30,
    "stakeholders": 10,
    "surveys": 3,
    "responses": 50,
}
HAPPENED: Final = (
    *("created_at", "occurred_at", "opened_at", "closed_at", "resolved_at", "made_at"),
    *("settled_at", "recorded_at", "answered_at", "activated_at", "stage_since"),
)
FIRM_ONLY: Final = ("clients", "contacts", "interactions", "opportunities", "responses")


class Reader:
    """Somebody who is signed in and reads."""

    def __init__(self, instance: Instance, email: str) -> None:
        form = {"grant_type": "password", "username": email, "password": PASSWORD}
        address = f"{instance.address}/api/v1"
        answer = httpx.post(f"{address}/auth/token", data=form).raise_for_status()
        headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=30, verify=WITHOUT_TLS)

    def get(self, path: str, **query: Any) -> httpx.Response:
        """The answer to a GET."""
        return self._http.get(f"/{path}", params=query)

    def count(self, collection: str) -> int:
        """How many records of a collection there are for the reader."""
        return int(self.get(collection, limit=1, total=True).json()["total"])

    def all(self, collection: str, **query: Any) -> list[dict[str, Any]]:
        """Every record of a collection, page by page."""
        found: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.get(collection, limit=200, **query, **cursor).raise_for_status().json()
            found += page["items"]
            if page["next_cursor"] is None:
                return found
            cursor = {"cursor": page["next_cursor"]}


@pytest.fixture(scope="module")
def instance() -> Iterator[Instance]:
    """A demonstration, loaded."""
    with demo_instance() as instance:
        yield instance


@pytest.fixture(scope="module")
def admin(instance: Instance) -> Reader:
    """Who sees everything."""
    return Reader(instance, "admin@firm.example")


def test_the_start_prints_the_address_and_everybodys_sign_in(instance: Instance) -> None:
    said = instance.output
    assert f"Rapport is ready: {instance.address}/" in said
    assert f"password: {PASSWORD}" in said
    for person in PEOPLE:
        (line,) = [line for line in instance.lines if person.email in line]
        assert person.name in line


@pytest.mark.parametrize("collection", AT_LEAST)
def test_every_list_has_something_to_show(admin: Reader, collection: str) -> None:
    assert admin.count(collection) >= AT_LEAST[collection]


def test_cases_and_opportunities_stand_everywhere_they_can(admin: Reader) -> None:
    cases = {case["status"] for case in admin.all("cases")}
    assert cases >= {"open", "assigned", "in_progress", "waiting_client", "solution_offered"}
    assert cases >= {"reopened", "closed", "withdrawn"}
    promises = {promise["status"] for promise in admin.all("promises")}
    assert promises >= {"made", "kept", "broken", "superseded"}
    stages = {opportunity["stage"] for opportunity in admin.all("opportunities")}
    assert stages >= {"site_survey", "needs_analysis", "proposal", "negotiation", "won", "lost"}
    assert {client["grade"] for client in admin.all("clients")} == {"A", "B", "C", None}
    assert len({client["owner_id"] for client in admin.all("clients")}) >= 4


def test_three_engagements_with_joint_teams_are_in_different_phases(admin: Reader) -> None:
    running = admin.all("engagements", status="active")
    assert len(running) == 3
    titles = {each["id"]: each["title"] for each in running}
    now = {titles[p["engagement_id"]]: p["key"] for p in admin.all("phases", status="active")}
    assert now["华信装备流程体系优化"] == "design"
    assert now["华信装备信息化规划"] == "survey"
    assert now.get("恒达华南运营标准化") in {"rollout", "measurement", None}
    teams: dict[str, set[str]] = {each: set() for each in titles}
    for member in admin.all("members", status="live", engagement_id=",".join(titles)):
        teams[member["engagement_id"]].add(member["role"])
    leading = {"director", "consulting_pm", "executive", "client_pm"}
    assert all(roles >= leading | {"consultant", "core"} for roles in teams.values())
    assert {"expert", "peripheral"} <= set.union(*teams.values())


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.email)
def test_everybody_can_sign_in_and_sees_only_their_side(instance: Instance, person: Any) -> None:
    reader = Reader(instance, person.email)
    assert reader.get("me").status_code == 200
    expected = 403 if person.client else 200
    assert {reader.get(name).status_code for name in FIRM_ONLY} == {expected}


def test_what_each_sign_in_meets_is_said_here() -> None:
    assert set(SEES) == {person.email for person in PEOPLE}


def asked(reader: Reader, path: str, query: dict[str, Any]) -> int:
    """How much a question of the week finds, asked as the interface asks it."""
    if query.get("engagement_id") == LED:
        running = reader.all("engagements", mine=True, status="active,closing")
        led = [each["id"] for each in running if LEADS & set(each["my_roles"])]
        if not led:
            return 0
        query = query | {"engagement_id": ",".join(led)}
    return len(reader.all(path, **query))


@pytest.mark.parametrize("email", FIRM)
def test_everybody_of_the_firm_meets_all_clients_and_exactly_what_is_theirs(
    instance: Instance, admin: Reader, email: str
) -> None:
    sees, reader = FIRM[email], Reader(instance, email)
    assert reader.count("clients") == ALL_CLIENTS
    met = {case["id"] for case in reader.all("cases")}
    hidden = [case for case in admin.all("cases") if case["id"] not in met]
    assert {case["subject"] for case in hidden} == sees.hidden
    assert len(met) == ALL_CASES - len(sees.hidden)
    assert {reader.get(f"cases/{case['id']}").status_code for case in hidden} <= {404}
    running = reader.all("engagements", status="active")
    assert {engagement["title"] for engagement in running} == sees.engagements
    filled = {name: asked(reader, *question) for name, question in WEEK.items()}
    assert {name: count for name, count in filled.items() if count} == sees.week


@pytest.mark.parametrize("email", CLIENT)
def test_everybody_of_a_client_meets_exactly_what_is_theirs(instance: Instance, email: str) -> None:
    sees, reader = CLIENT[email], Reader(instance, email)
    assert reader.get("clients").status_code == 403
    engagements = [each["title"] for each in reader.all("engagements")]
    assert sorted(engagements) == sorted(sees.engagements)
    cases = {case["number"]: case["subject"] for case in reader.all("cases")}
    assert sorted(cases.values()) == sorted(sees.cases)
    asked = [cases[invitation["subject"]] for invitation in reader.all("invitations")]
    assert sorted(asked) == sorted(sees.asked_about)


@pytest.mark.parametrize("email", SEES)
def test_what_waits_for_whom_is_theirs(instance: Instance, email: str) -> None:
    sees, waiting = SEES[email], Reader(instance, email).all("waiting")
    found = Counter((item["kind"], item["title"]["zh"]) for item in waiting)
    assert sees.waiting <= found.keys() <= sees.waiting | sees.some_days
    assert max(found.values(), default=1) == 1
    assert {item["engagement"]["title"] for item in waiting} <= sees.engagements


def test_the_agent_a_complaint_is_about_has_other_cases(instance: Instance) -> None:
    agent2 = Reader(instance, "agent2@firm.example")
    assert agent2.all("cases", assignee_id=agent2.get("me").json()["user"]["id"])


def test_who_left_sees_nothing_any_more(instance: Instance) -> None:
    left = Reader(instance, "left@huaxin.example")
    assert left.get("me").json()["client"] is None
    assert [left.count(name) for name in ("cases", "engagements", "members", "tasks")] == [0] * 4


def test_answers_to_surveys_came_over_half_a_year_and_up_to_now(admin: Reader) -> None:
    answered = sorted(each["answered_at"] for each in admin.all("responses"))
    age = [datetime.now(UTC) - datetime.fromisoformat(each) for each in (answered[0], answered[-1])]
    assert age[0] > timedelta(days=182)
    assert age[1] < timedelta(days=21)


def test_cases_and_contact_records_reach_back_half_a_year(admin: Reader) -> None:
    half_a_year = datetime.now(UTC) - timedelta(days=182)
    for collection, moment in (("cases", "created_at"), ("interactions", "occurred_at")):
        first = min(datetime.fromisoformat(each[moment]) for each in admin.all(collection))
        assert first < half_a_year, collection


def test_nothing_that_happened_lies_ahead(admin: Reader) -> None:
    now = datetime.now(UTC)
    checked = 0
    for collection in AT_LEAST:
        for record in admin.all(collection):
            moments = [record[name] for name in HAPPENED if record.get(name)]
            checked += len(moments)
            assert all(datetime.fromisoformat(each) <= now for each in moments), record
    assert checked > 1_000


def test_a_load_that_was_broken_off_goes_on_and_repeats_nothing(
    instance: Instance, admin: Reader
) -> None:
    before = {collection: admin.count(collection) for collection in AT_LEAST}
    instance.stop()
    state = instance.home / "state.json"
    facts = json.loads(state.read_text())
    state.write_text(json.dumps({**facts, "demo_loaded": False}))
    journal = instance.home / JOURNAL
    lines = journal.read_text().splitlines()
    assert lines[0].startswith(ANCHOR)
    forgotten = lines[40::9]
    journal.write_text("\n".join(each for each in lines if each not in forgotten) + "\n")
    said = len(instance.lines)
    instance.launch().wait_for("Rapport is ready", instance.patience, after=said)
    assert "could not be loaded" not in instance.output, instance.last_words
    again = Reader(instance, "admin@firm.example")
    assert {collection: again.count(collection) for collection in AT_LEAST} == before
