"""An answer of the past names the people and records of one client."""

from __future__ import annotations

import pytest

from shared.ids import new_id
from tests.security.bodies import id_fields
from tests.services.surveys.office import Member, Office, importing
from tests.support.services import client_side

WHEN = {"Rapport-Occurred-At": "2026-06-01T03:00:00Z"}
FIELDS = ("person_id", "case_id", "engagement_id", "phase_id")


async def strange(office: Office) -> dict[str, str]:
    """A person, a case, an engagement and a phase of another client, all known here."""
    client = new_id()
    rival = Member(client_side("韩经理", client), "client_pm", "rival@hengda.example")
    await office.known(rival.actor, rival.email)
    case = office.case(client_id=client, requester_id=rival.actor.user_id)
    engagement = office.engagement().model_copy(update={"id": new_id(), "client_id": client})
    await office.tell(case, action="closed")
    await office.tell(engagement)
    return {
        "person_id": str(rival.actor.user_id),
        "case_id": str(case.id),
        "engagement_id": str(engagement.id),
        "phase_id": str(new_id()),
    }


@pytest.mark.parametrize("field", FIELDS)
async def test_what_is_another_clients_is_refused_by_its_field(office: Office, field: str) -> None:
    body = await office.past_answer() | {field: (await strange(office))[field]}
    path = "/responses"
    answer = await office.call(importing(office.admin), "POST", path, body, headers=WHEN)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]
    assert await office.rows("SELECT 1 FROM survey_responses") == []


@pytest.mark.parametrize("field", ["client_id", "engagement_id", "person_id", "case_id"])
async def test_what_was_never_heard_of_may_be_asked_again(office: Office, field: str) -> None:
    body = await office.past_answer() | {field: str(new_id())}
    answer = await office.call(importing(office.admin), "POST", "/responses", body, headers=WHEN)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_known_yet")
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]
    assert answer.headers["Retry-After"]


def test_every_id_of_the_body_is_looked_at() -> None:
    taken = {field[0] for route, field in id_fields("surveys") if route == ("POST", "/responses")}
    assert taken == {"client_id", *FIELDS}
    assert {route for route, _ in id_fields("surveys")} == {("POST", "/responses")}
