"""The surveys' matrix: results are the firm's, within reach; a link opens one survey."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from services.surveys.policy import POLICY
from shared.identity import Actor, Side
from shared.ids import new_id
from tests.security.filters import shown_by_filters
from tests.security.matrix import (
    Route,
    Row,
    Stranger,
    Who,
    actions_of,
    call,
    digest,
    expected_status,
    left_out,
    letter_rows,
    run_out,
    settled,
)
from tests.services.surveys.conftest import office
from tests.services.surveys.office import TODAY, Member, Office
from tests.support.services import PRIVATE_KEY, client_side, firm

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
MOVING: Final = {"limit_windows"}
"""A wrong link is counted."""


def test_every_route_has_a_row_and_a_policy_entry(office: Office) -> None:
    actions = actions_of(office.app.state.service)
    assert set(actions) == set(ROWS)
    assert set(actions.values()) <= set(POLICY)


Scene = dict[str, str]


async def scenes_of(office: Office) -> list[Scene]:
    """A phase asked about and answered by the executive, and a case about the agent, answered.

    The phase's other invitations are open. The case is answered by the client's project manager.
    """
    await office.end_phase()
    token = (await office.tokens(8))[office.team[0].email]
    await office.answer("POST", token, {"recommend": 2}, status=201)
    case = office.case()
    await office.tell(case, action="closed")
    letter = (await office.letters(9))[-1]
    assert letter["recipient"] == office.team[1].email
    token = letter["body"].split("/survey#")[1].split()[0]
    await office.answer("POST", token, {"satisfaction": 1}, status=201)
    await office.until("SELECT 1 FROM outgoing_mail HAVING count(sent_at) = 9")
    phase = await _scene(office, "engagement_id IS NOT NULL", office.team[0])
    about = await _scene(office, "engagement_id IS NULL", office.team[1])
    nothing_else = {"engagement_id": phase["engagement_id"], "phase_id": phase["phase_id"]}
    return [phase | {"case_id": str(case.id)}, about | {"case_id": str(case.id)} | nothing_else]


async def _scene(office: Office, which: str, answerer: Member) -> Scene:
    (response,) = await office.rows(f"SELECT id FROM survey_responses WHERE {which}")
    (invitation,) = await office.rows(
        f"SELECT id, round_id FROM survey_invitations WHERE {which} AND person_id = $1",
        answerer.actor.user_id,
    )
    (campaign,) = await office.rows("SELECT id FROM campaigns WHERE key = 'case_closed'")
    (survey,) = await office.rows("SELECT id FROM surveys WHERE key = 'case_csat'")
    return {
        "client_id": str(office.client_id),
        "engagement_id": str(office.engagement_id),
        "phase_id": str(office.phase_id),
        "owner_id": str(office.manager.user_id),
        "person_id": str(answerer.actor.user_id),
        "response_id": str(response["id"]),
        "invitation_id": str(invitation["id"]),
        "round_id": str(invitation["round_id"]),
        "campaign_id": str(campaign["id"]),
        "survey_id": str(survey["id"]),
    }


async def strangers(office: Office) -> list[Stranger]:
    """Everybody of the checklist; the last may know of cases, and of no engagement."""
    other = new_id()
    rival = Actor(new_id(), "rival", Side.CLIENT, client_id=other)
    key = Actor(new_id(), "key", Side.CLIENT, client_id=other, scopes=frozenset({"invitation:*"}))
    climber = Actor(new_id(), "x", Side.CLIENT, frozenset({"admin"}), other)
    it, left = client_side("it", office.client_id), client_side("left", office.client_id)
    gone = firm("gone", "consultant")
    elsewhere = {"engagement_id": new_id()}
    over = {"status": "ended", "ends_on": TODAY - timedelta(days=1)}
    for actor, role, changes in (
        (it, "client_pm", elsewhere), (left, "executive", over), (gone, "consultant", over),
    ):  # fmt: skip
        await office.tell(office.place(Member(actor, role, ""), **changes))
    return [
        Stranger("nobody", Who.NOBODY, None),
        await run_out(office.app, "surveys", PRIVATE_KEY, office.admin, "/surveys"),
        Stranger("another client's user", Who.OTHER_CLIENT, rival),
        Stranger("another client's key", Who.OTHER_CLIENTS_KEY, key),
        Stranger("a firm's role in the client's token", Who.OTHER_CLIENT, climber),
        Stranger("of another engagement", Who.OTHER_ENGAGEMENT, it),
        Stranger("whose place ended", Who.ENDED, left),
        Stranger("whom the complaint is about", Who.COMPLAINED_ABOUT, office.agent),
        Stranger("a consultant whose place ended", Who.ENDED, gone),
        Stranger("consultant not on the engagement", Who.BYSTANDER, office.bystander),
    ]


def lower_roles() -> list[Stranger]:
    """Who reads, and does no more."""
    return [Stranger("no role", Who.LOWER_ROLE, Actor(new_id(), "x", Side.FIRM))]


OF_THE_FIRM: Final = ("a consultant whose place ended", "consultant not on the engagement")
"""A case is no engagement's: what was asked about it they may know."""


async def places(office: Office) -> list[tuple[Scene, list[Stranger]]]:
    """What is asked for by whom who must not find it."""
    everybody = await strangers(office)
    phase, case = await scenes_of(office)
    return [
        (phase, everybody),
        (case, [who for who in everybody if who.name not in OF_THE_FIRM]),
    ]


async def test_no_actor_is_left_out(office: Office) -> None:
    assert left_out(await strangers(office), lower_roles()) == set()


async def quiet_digest(office: Office) -> dict[str, str]:
    """Every table's fingerprint but those that move by themselves."""
    prints = await digest(office.dsns.worker)
    return {name: value for name, value in prints.items() if name not in MOVING}


SECRETS: Final = ("response_id", "invitation_id", "person_id", "round_id")


async def test_strangers_find_and_change_nothing(office: Office) -> None:
    asked = await places(office)
    actions = actions_of(office.app.state.service)
    before = await settled(office.dsns.worker, apart_from=MOVING)
    for scene, everybody in asked:
        for route, row in ROWS.items():
            for who in everybody:
                answer = await call(office.app, "surveys", PRIVATE_KEY, route, row, who, scene)
                expected = expected_status(row, route, actions[route], who, POLICY)
                assert answer.status_code == expected, (route, who.name, answer.text)
                shown = [name for name in SECRETS if scene[name] in answer.text]
                assert answer.status_code != 200 or shown == [], (route, who.name)
    assert await quiet_digest(office) == before


async def test_ids_of_others_in_the_query_show_nothing(office: Office) -> None:
    asked = await places(office)
    before = await settled(office.dsns.worker, apart_from=MOVING)
    for scene, everybody in asked:
        assert await shown_by_filters(office.app, ROWS, everybody, scene, POLICY, SECRETS) == []
    assert await quiet_digest(office) == before


async def test_a_colleague_of_the_team_sees_their_own_invitation_alone(office: Office) -> None:
    scene, _ = await scenes_of(office)
    colleague = Stranger("of the team", Who.OTHER_ENGAGEMENT, office.team[2].actor)
    own = Row(query="?limit=200")
    answer = await call(
        office.app, "surveys", PRIVATE_KEY, ("GET", "/invitations"), own, colleague, scene
    )
    assert len(answer.json()["items"]) == 1
    assert [name for name in ("invitation_id", "person_id") if scene[name] in answer.text] == []
    for route in (("GET", "/invitations/{id}"), ("POST", "/invitations/{id}/open")):
        answer = await call(
            office.app, "surveys", PRIVATE_KEY, route, ROWS[route], colleague, scene
        )
        assert answer.status_code == 404


async def test_the_matrix_itself_can_fail(office: Office) -> None:
    await office.end_phase()
    token = (await office.tokens(8))[office.team[0].email]
    await office.until("SELECT 1 FROM outgoing_mail HAVING count(sent_at) = 8")
    before = await settled(office.dsns.worker, apart_from=MOVING)
    await office.answer("POST", token, {"recommend": 9}, status=201)
    assert await quiet_digest(office) != before


async def test_lower_roles_change_nothing(office: Office) -> None:
    scene, _ = await scenes_of(office)
    actions = actions_of(office.app.state.service)
    before = await settled(office.dsns.worker, apart_from=MOVING)
    for who in lower_roles():
        assert who.actor is not None
        for route, row in ROWS.items():
            if not POLICY[actions[route]].allows(who.actor):
                answer = await call(office.app, "surveys", PRIVATE_KEY, route, row, who, scene)
                assert answer.status_code == 403, route
    assert await quiet_digest(office) == before
