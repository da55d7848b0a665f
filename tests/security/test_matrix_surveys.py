"""The surveys' matrix: results are the firm's, within reach; a link opens one survey."""

from __future__ import annotations

from typing import Final

from services.surveys.policy import POLICY
from shared.identity import Actor, Side
from shared.ids import new_id
from tests.security.matrix import (
    Route,
    Row,
    Stranger,
    actions_of,
    call,
    digest,
    expected_status,
    letter_rows,
    settled,
)
from tests.services.surveys.conftest import office
from tests.services.surveys.office import Office
from tests.support.services import PRIVATE_KEY

__all__ = ["office"]

FORM: Final = 200
"""Forms and campaigns are the same for every engagement: whoever is of the firm reads them."""
RESPONSE: Final = {
    "campaign": "case_closed",
    "client_id": "{client_id}",
    "subject": "K-1",
    "case_id": "{client_id}",
    "person_id": "{person_id}",
    "answers": {"satisfaction": 1},
}
ROWS: Final[dict[Route, Row]] = {
    **letter_rows("surveys"),
    ("GET", "/surveys"): Row(),
    ("GET", "/surveys/{id}"): Row(instead=FORM),
    ("GET", "/campaigns"): Row(),
    ("GET", "/campaigns/{id}"): Row(instead=FORM),
    ("PATCH", "/campaigns/{id}"): Row({"active": False}),
    ("GET", "/invitations"): Row(),
    ("GET", "/invitations/{id}"): Row(),
    ("POST", "/invitations/{id}/open"): Row(),
    ("GET", "/answers"): Row(headers={"Survey-Token": "guess"}, instead=404),
    ("PUT", "/answers"): Row({"answers": {}}, headers={"Survey-Token": "guess"}, instead=404),
    ("POST", "/answers"): Row({"answers": {}}, headers={"Survey-Token": "guess"}, instead=404),
    ("GET", "/responses"): Row(),
    ("GET", "/responses/{id}"): Row(),
    # Whoever may import history says so with the request; without it nobody enters an answer.
    ("POST", "/responses"): Row(RESPONSE, instead=403),
    ("GET", "/scores"): Row(),
}
MOVING: Final = {"limit_windows", "outgoing_mail", "timers"}
"""A wrong link is counted; mail leaves by itself."""


def test_every_route_has_a_row_and_a_policy_entry(office: Office) -> None:
    actions = actions_of(office.app.state.service)
    assert set(actions) == set(ROWS)
    assert set(actions.values()) <= set(POLICY)


async def scene_of(office: Office) -> dict[str, str]:
    """A phase asked about, answered by the executive, its other invitations open."""
    await office.end_phase()
    token = (await office.tokens(8))[office.team[0].email]
    await office.answer("POST", token, {"recommend": 2}, status=201)
    await office.until("SELECT 1 FROM outgoing_mail HAVING count(sent_at) = 8")
    (response,) = await office.rows("SELECT id FROM survey_responses")
    (invitation,) = await office.rows(
        "SELECT id FROM survey_invitations WHERE person_id = $1", office.team[1].actor.user_id
    )
    (campaign,) = await office.rows("SELECT id FROM campaigns WHERE key = 'case_closed'")
    (survey,) = await office.rows("SELECT id FROM surveys WHERE key = 'case_csat'")
    return {
        "client_id": str(office.client_id),
        "person_id": str(office.team[0].actor.user_id),
        "response_id": str(response["id"]),
        "invitation_id": str(invitation["id"]),
        "campaign_id": str(campaign["id"]),
        "survey_id": str(survey["id"]),
    }


def strangers(office: Office) -> list[Stranger]:
    """Everybody of the checklist who exists here."""
    other = new_id()
    key = Actor(new_id(), "key", Side.CLIENT, client_id=other, scopes=frozenset({"invitation:*"}))
    climber = Actor(new_id(), "x", Side.CLIENT, frozenset({"admin"}), other)
    return [
        Stranger("nobody", None),
        Stranger("expired token", office.admin, expired=True),
        Stranger("another client's user", Actor(new_id(), "rival", Side.CLIENT, client_id=other)),
        Stranger("another client's key", key),
        Stranger("another member of the team", office.team[2].actor),
        Stranger("ended membership", Actor(office.team[1].actor.user_id, "left", Side.CLIENT)),
        Stranger("client side with a firm's role in the token", climber),
        Stranger("consultant not on the engagement", office.bystander),
    ]


async def quiet_digest(office: Office) -> dict[str, str]:
    """Every table's fingerprint but those that move by themselves."""
    prints = await digest(office.dsns.worker)
    return {name: value for name, value in prints.items() if name not in MOVING}


async def test_strangers_find_and_change_nothing(office: Office) -> None:
    scene = await scene_of(office)
    actions = actions_of(office.app.state.service)
    before = await settled(office.dsns.worker, apart_from=MOVING)
    secret = ("response_id", "invitation_id", "person_id")
    for route, row in ROWS.items():
        for who in strangers(office):
            answer = await call(office.app, "surveys", PRIVATE_KEY, route, row, who, scene)
            expected = expected_status(row, route, actions[route], who, POLICY)
            assert answer.status_code == expected, (route, who.name, answer.text)
            if answer.status_code == 200 and who.name != "another member of the team":
                shown = [name for name in secret if scene[name] in answer.text]
                assert shown == [], (route, who.name)
    assert await quiet_digest(office) == before


async def test_lower_roles_change_nothing(office: Office) -> None:
    scene = await scene_of(office)
    actions = actions_of(office.app.state.service)
    before = await settled(office.dsns.worker, apart_from=MOVING)
    nobody_special = Actor(new_id(), "x", Side.FIRM)
    for route, row in ROWS.items():
        if not POLICY[actions[route]].allows(nobody_special):
            who = Stranger("no role", nobody_special)
            answer = await call(office.app, "surveys", PRIVATE_KEY, route, row, who, scene)
            assert answer.status_code == 403, route
    assert await quiet_digest(office) == before
