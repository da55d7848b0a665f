"""A link opens one survey, keeps partial answers, and takes one submission."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from services.surveys.answers.rules import MISSES
from shared.errors import NotKnownYet
from tests.services.surveys.office import OUTSIDER, Office

GOOD = {"satisfaction": 5, "comment": "很好"}


async def closed_case(office: Office) -> str:
    """The token of the survey about a closed case."""
    await office.tell(office.case(), action="closed")
    (token,) = (await office.tokens(1)).values()
    return token


async def test_a_closed_case_asks_its_requester_in_their_language(office: Office) -> None:
    token = await closed_case(office)
    (letter,) = await office.letters(1)
    assert letter["recipient"] == office.team[1].email
    assert letter["subject"] == "您对本次服务处理满意吗？"
    assert "https://rapport.example/survey#" in letter["body"]
    form = await office.answer("GET", token, status=200)
    assert (form["language"], form["anonymous"], form["kind"]) == ("zh", False, "csat")
    assert form["subject"] == "K-2026-000001"
    assert form["about"] == {"en": "培训迟到", "zh": "培训迟到"}
    assert "关于：K-2026-000001“培训迟到”" in letter["body"]
    assert [each["key"] for each in form["questions"]] == ["satisfaction", "kept_word", "comment"]
    for question in form["questions"]:
        assert set(question["title"]) == {"en", "zh"}


async def test_a_long_subject_is_shortened_and_rapports_own_is_said_in_the_persons_language(
    office: Office,
) -> None:
    texts = {"en": "Follow-up", "zh": "跟进" * 40}
    await office.tell(office.case(subject="x", subject_texts=texts), action="closed")
    (letter,) = await office.letters(1)
    assert "“" + "跟进" * 29 + "跟…”" in letter["body"]


async def test_the_same_case_asks_once_however_often_it_is_told(office: Office) -> None:
    case = office.case()
    for _ in range(3):
        await office.tell(case, action="closed")
    assert len(await office.rows("SELECT 1 FROM survey_invitations")) == 1
    assert await office.events() == ["surveys.round.opened.v1"]


@pytest.mark.parametrize(
    ("action", "historical", "status"),
    [
        ("closed", True, "closed"),
        ("snapshot", False, "closed"),
        ("restated", False, "closed"),
        ("resolved", False, "resolved"),
    ],
)
async def test_history_snapshots_and_open_cases_ask_nobody(
    office: Office, action: str, historical: bool, status: str
) -> None:
    await office.tell(office.case(status), action=action, historical=historical)
    assert await office.rows("SELECT 1 FROM survey_rounds") == []


async def test_parts_kept_at_the_same_moment_are_all_kept(office: Office) -> None:
    token = await closed_case(office)
    parts = ({"satisfaction": 4}, {"kept_word": 3}, {"comment": "先写一半"})
    await asyncio.gather(*(office.answer("PUT", token, part, status=204) for part in parts))
    form = await office.answer("GET", token, status=200)
    assert form["answers"] == {"satisfaction": 4, "kept_word": 3, "comment": "先写一半"}


async def test_partial_answers_are_kept_and_count_at_the_end(office: Office) -> None:
    token = await closed_case(office)
    await office.answer("PUT", token, {"satisfaction": 4, "comment": "先写一半"}, status=204)
    await office.answer("PUT", token, {"kept_word": 3, "comment": None}, status=204)
    form = await office.answer("GET", token, status=200)
    assert form["answers"] == {"satisfaction": 4, "kept_word": 3}
    await office.answer("POST", token, {}, status=201)
    (kept,) = (await office.get(office.manager, "/responses"))["items"]
    assert (kept["score"], kept["low"], kept["comment"]) == (4, False, None)
    assert kept["person"]["name"] == office.team[1].actor.name


async def test_a_link_is_good_for_one_submission_under_a_hundred_tries(office: Office) -> None:
    token = await closed_case(office)
    headers = {"Survey-Token": token}
    body = {"answers": GOOD}
    answers = await asyncio.gather(
        *(office.call(OUTSIDER, "POST", "/answers", body, headers=headers) for _ in range(100))
    )
    assert Counter(each.status_code for each in answers) == {201: 1, 404: 99}
    assert len(await office.rows("SELECT 1 FROM survey_responses")) == 1
    assert await office.events() == ["surveys.round.opened.v1", "surveys.response.submitted.v1"]
    (invitation,) = (await office.get(office.manager, "/invitations"))["items"]
    assert invitation["status"] == "answered"


async def test_every_closed_door_looks_alike(office: Office) -> None:
    token = await closed_case(office)
    await office.answer("POST", token, GOOD, status=201)
    other = office.case(requester_id=office.team[2].actor.user_id)
    await office.tell(other, action="closed")
    expired = (await office.tokens(2))[office.team[2].email]
    office.clock.forward(days=20)
    told = set()
    for wrong in (token, expired, "nonsense", "", token[:-1], "x" * 200):
        for method, body in (("GET", None), ("PUT", {}), ("POST", GOOD)):
            answer = await office.call(
                OUTSIDER,
                method,
                "/answers",
                None if body is None else {"answers": body},
                headers={"Survey-Token": wrong},
            )
            told.add((answer.status_code, answer.json()["code"], answer.json()["detail"]))
    assert len(told) == 1
    assert next(iter(told))[:2] == (404, "survey_not_found")


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"satisfaction": 6}, "/answers/satisfaction"),
        ({"satisfaction": "5"}, "/answers/satisfaction"),
        ({"satisfaction": True}, "/answers/satisfaction"),
        ({"satisfaction": 5, "comment": "x" * 4_001}, "/answers/comment"),
        ({"satisfaction": 5, "comment": 3}, "/answers/comment"),
        ({"satisfaction": 5, "other": 1}, "/answers/other"),
        ({"comment": "no score"}, "/answers/satisfaction"),
    ],
)
async def test_what_does_not_fit_is_named_and_the_link_stays_good(
    office: Office, answers: dict[str, object], place: str
) -> None:
    token = await closed_case(office)
    refused = await office.answer("POST", token, answers, status=422)
    assert {
        each["pointer"].removesuffix("/int").removesuffix("/str") for each in refused["errors"]
    } == {place}
    await office.answer("POST", token, GOOD, status=201)


async def test_who_tries_links_is_slowed_down(office: Office) -> None:
    token = await closed_case(office)
    statuses = []
    for number in range(MISSES.count + 5):
        headers = {"Survey-Token": f"guess-{number}", "Rapport-Client-Address": "10.0.0.9"}
        answer = await office.call(OUTSIDER, "GET", "/answers", headers=headers)
        statuses.append(answer.status_code)
    assert statuses == [404] * MISSES.count + [429] * 5
    await office.answer("GET", token, status=200)


async def test_only_hashes_of_links_are_stored(office: Office) -> None:
    token = await closed_case(office)
    assert len(token) >= 43
    (row,) = await office.rows("SELECT hash FROM survey_tokens")
    assert token.encode() not in bytes(row["hash"])
    await office.until("SELECT 1 FROM outgoing_mail WHERE sent_at IS NOT NULL")
    assert [row["body"] for row in await office.rows("SELECT body FROM outgoing_mail")] == [""]


async def test_a_signed_in_person_comes_to_their_own_survey_without_the_mail(
    office: Office,
) -> None:
    token = await closed_case(office)
    requester, colleague = office.team[1].actor, office.team[2].actor
    (waiting,) = (await office.get(requester, "/invitations?waiting=true"))["items"]
    assert waiting["about"]["zh"] == "培训迟到"
    assert "person" not in waiting
    assert (await office.get(colleague, "/invitations"))["items"] == []
    path = f"/invitations/{waiting['id']}/open"
    opened = await office.call(requester, "POST", path, status=200)
    assert opened.json() == {"path": f"/survey#{token}"}
    await office.call(colleague, "POST", path, status=404)
    await office.answer("POST", token, GOOD, status=201)
    await office.call(requester, "POST", path, status=404)


async def test_whom_a_case_is_about_sees_nothing_of_what_was_said_about_it(office: Office) -> None:
    token = await closed_case(office)
    await office.answer("POST", token, {"satisfaction": 1, "comment": "态度差"}, status=201)
    for path in ("/responses", "/invitations"):
        assert len((await office.get(office.manager, path))["items"]) == 1
        assert (await office.get(office.agent, path))["items"] == []
    assert (await office.get(office.agent, "/scores"))["items"] == []


async def test_reminders_are_capped_and_stop_with_the_answer(office: Office) -> None:
    await office.campaign("case_closed", reminders=2, reminder_days=3, open_days=14)
    token = await closed_case(office)
    for number in (2, 3):
        office.clock.forward(days=3)
        letters = await office.letters(number)
    assert sorted(each["subject"].startswith("提醒") for each in letters) == [False, True, True]
    assert {each["body"].split("#")[1].split()[0] for each in letters} == {token}
    office.clock.forward(days=3)
    office.clock.forward(days=5, minutes=1)
    await office.until("SELECT 1 FROM survey_rounds WHERE closed_at IS NOT NULL")
    assert len(await office.letters(3)) == 3
    assert await office.rows("SELECT 1 FROM survey_tokens") == []
    (invitation,) = (await office.get(office.manager, "/invitations"))["items"]
    assert (invitation["status"], invitation["reminders_sent"]) == ("closed", 2)


async def test_who_was_asked_lately_is_spared_by_the_same_campaign_only(office: Office) -> None:
    await closed_case(office)
    office.clock.forward(days=5)
    await office.tell(office.case(), action="closed")
    spared = (await office.get(office.manager, "/invitations?status=spared"))["items"]
    assert [each["spared_because"] for each in spared] == ["asked_lately"]
    await office.end_phase()
    roles = await office.rows(
        "SELECT role FROM survey_invitations WHERE engagement_id IS NOT NULL AND person_id = $1",
        office.team[1].actor.user_id,
    )
    assert [row["role"] for row in roles] == ["client_pm"]
    office.clock.forward(days=20)
    await office.tell(office.case(), action="closed")
    assert len((await office.get(office.manager, "/invitations?status=spared"))["items"]) == 1


async def test_a_phase_asks_its_live_members_by_role(office: Office) -> None:
    await office.end_phase()
    asked = await office.rows(
        "SELECT r.survey_key, i.role, count(*) AS people FROM survey_invitations i"
        " JOIN survey_rounds r ON r.id = i.round_id GROUP BY 1, 2 ORDER BY 1, 2"
    )
    assert [tuple(row) for row in asked] == [
        ("phase_csat", "core", 5),
        ("phase_csat", "peripheral", 1),
        ("phase_nps", "client_pm", 1),
        ("phase_nps", "executive", 1),
    ]
    letters = {each["recipient"]: each for each in await office.letters(8)}
    assert letters[office.team[0].email]["subject"] == "Would you recommend us?"
    await office.end_phase()
    assert len(await office.rows("SELECT 1 FROM survey_invitations")) == 8


async def test_a_phase_asks_nobody_while_a_place_of_its_team_is_not_known_yet(
    office: Office,
) -> None:
    late = office.place(office.team[0])
    ended = office.engagement("ended").model_copy(update={"client_member_ids": (late.id,)})
    with pytest.raises(NotKnownYet):
        await office.tell(ended, action="phase_ended")
    assert await office.rows("SELECT 1 FROM survey_rounds") == []
    await office.tell(late)
    await office.tell(ended, action="phase_ended")
    assert len(await office.rows("SELECT 1 FROM survey_invitations")) == 8


async def test_a_cancelled_engagement_asks_nobody(office: Office) -> None:
    given_up = office.engagement("ended").model_copy(update={"status": "cancelled"})
    await office.tell(given_up, action="cancelled")
    assert await office.rows("SELECT 1 FROM survey_rounds") == []


async def test_a_phase_that_ended_long_ago_is_not_asked_about(office: Office) -> None:
    ended = office.engagement("ended", ends_on=office.clock.now.date() - timedelta(days=8))
    await office.tell(ended, action="changed")
    assert await office.rows("SELECT 1 FROM survey_rounds") == []
