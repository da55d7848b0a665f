"""Scores, their intervals, non-response and who looks after a low one."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.surveys.campaigns.rules import ClientRole
from services.surveys.responses.rules import (
    SMALLEST_GROUP,
    group_score,
    kept_roles,
    nps,
    owner_for,
    publishable,
    satisfied_share,
    week_of,
)
from services.surveys.scores.rules import counted, estimate, nps_interval, share_interval
from shared.ids import new_id
from tests.services.surveys.office import Office, importing

RATINGS = st.lists(st.integers(1, 5), min_size=1, max_size=60)
LIKELIHOODS = st.lists(st.integers(0, 10), min_size=1, max_size=60)


@given(LIKELIHOODS)
def test_nps_lies_within_its_bounds_and_its_interval(scores: list[int]) -> None:
    found = estimate("nps", counted("nps", Counter(scores)))
    assert found.score == pytest.approx(nps(scores), abs=0.0501), "rounded to a tenth"
    assert -100 <= found.low <= found.score <= found.high <= 100
    assert nps(scores) == pytest.approx(-nps([_mirrored(score) for score in scores]))


def _mirrored(score: int) -> int:
    return 0 if score >= 9 else 10 if score <= 6 else score


@given(RATINGS)
def test_satisfaction_lies_within_its_bounds_and_its_interval(scores: list[int]) -> None:
    found = estimate("csat", counted("csat", Counter(scores)))
    assert 0 <= found.low <= found.score <= found.high <= 100
    assert satisfied_share(scores) == pytest.approx(
        100 * sum(1 for score in scores if score in (4, 5)) / len(scores)
    )


@given(scores=LIKELIHOODS, times=st.integers(2, 6))
def test_more_of_the_same_is_surer(scores: list[int], times: int) -> None:
    few, many = (nps_interval(counted("nps", Counter(all_))) for all_ in (scores, scores * times))
    assert many[1] - many[0] < few[1] - few[0]


@given(hits=st.integers(0, 50), misses=st.integers(0, 50), times=st.integers(2, 6))
def test_a_share_is_surer_with_more_and_mirrors_its_opposite(
    hits: int, misses: int, times: int
) -> None:
    count = hits + misses
    if count == 0:
        return
    low, high = share_interval(hits, count)
    assert 0 <= low <= hits / count + 1e-9
    assert hits / count - 1e-9 <= high <= 1
    assert share_interval(misses, count) == pytest.approx((1 - high, 1 - low))
    surer = share_interval(hits * times, count * times)
    assert surer[1] - surer[0] < high - low


def test_known_values() -> None:
    """Wilson's interval of 8 in 10, and NPS of 5 promoters, 3 passives, 2 detractors."""
    assert share_interval(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    scores = [10] * 5 + [7] * 3 + [3] * 2
    assert nps(scores) == pytest.approx(30.0)
    assert nps_interval(counted("nps", Counter(scores))) == pytest.approx((-19.1, 65.2), abs=0.1)


@given(st.lists(st.tuples(st.sampled_from([None, *ClientRole]), st.integers(1, 5)), max_size=30))
def test_no_group_under_five_can_be_told_even_by_subtraction(
    answers: list[tuple[str | None, int]],
) -> None:
    groups = publishable(answers)
    sizes = {group.role: len(group.scores) for group in groups}
    assert all(size >= SMALLEST_GROUP for size in sizes.values())
    if groups:
        rest = sizes[None] - sum(size for role, size in sizes.items() if role is not None)
        assert rest == 0 or rest >= SMALLEST_GROUP
    else:
        assert len(answers) < SMALLEST_GROUP


@given(st.dates())
def test_the_time_kept_is_a_monday(day: Any) -> None:
    assert week_of(day).weekday() == 0
    assert 0 <= (day - week_of(day)).days <= 6


@given(st.lists(st.sampled_from([None, *ClientRole]), min_size=5, max_size=30))
def test_no_kept_role_nor_the_lack_of_one_tells_fewer_than_five(asked: list[str | None]) -> None:
    roles = kept_roles(asked)
    kept = [role if role in roles else None for role in asked]
    assert all(kept.count(role) >= SMALLEST_GROUP for role in kept)
    alone = len(set(asked)) == 1 and asked[0] is not None
    assert not alone or roles == set(asked)


@given(st.lists(st.integers(0, 10), min_size=5, max_size=20))
def test_a_group_is_low_with_more_detractors_than_promoters(scores: list[int]) -> None:
    score, low = group_score("nps", scores)
    detractors = sum(each <= 6 for each in scores)
    assert low == (detractors > sum(each >= 9 for each in scores)) == (score < 0)


def test_the_owner_is_the_right_one_for_the_role() -> None:
    director, lead, owner = new_id(), new_id(), new_id()
    everybody = {"director": director, "consulting_pm": lead, "client_owner": owner}
    expected = {"executive": director, "client_pm": lead, "core": lead, "peripheral": lead}
    for role, found in expected.items():
        assert owner_for(role, everybody) == found
    assert owner_for(None, everybody) == owner
    for role, missing in product(expected, everybody):
        rest = everybody | {missing: None}
        assert owner_for(role, rest) not in (None, everybody[missing])
    assert owner_for("core", dict.fromkeys(everybody)) is None


async def test_scores_by_role_count_who_did_not_answer(office: Office) -> None:
    await office.end_phase()
    tokens = await office.tokens(8)
    given = {0: {"recommend": 3}, 1: {"recommend": 9}, 2: {"satisfaction": 5}}
    for place, answers in given.items():
        await office.answer("POST", tokens[office.team[place].email], answers, status=201)
    found = (await office.get(office.lead, "/scores?by=role"))["items"]
    shown = {
        (each["kind"], each["key"]): (each["invited"], each["responses"], each["score"])
        for each in found
    }
    assert shown == {
        ("csat", "core"): (5, 1, 100.0),
        ("csat", "peripheral"): (1, 0, None),
        ("nps", "client_pm"): (1, 1, 100.0),
        ("nps", "executive"): (1, 1, -100.0),
    }
    assert await read_by_pages(office, "/scores?by=role&limit=3") == [found[:3], found[3:]]
    foreign = (await office.get(office.lead, "/scores?by=role&limit=1"))["next_cursor"]
    refused = await office.get(office.lead, f"/scores?by=client&cursor={foreign}", status=400)
    assert refused["errors"][0]["pointer"] == "?cursor"
    core = next(each for each in found if each["key"] == "core")
    assert core["response_rate"] == 0.2
    assert core["rate_low"] < 0.2 < core["rate_high"]
    for by, key in (("engagement", office.engagement_id), ("phase", office.phase_id)):
        by_one = (await office.get(office.lead, f"/scores?by={by}"))["items"]
        assert {each["key"] for each in by_one} == {str(key)}
    labelled = (await office.get(office.lead, "/scores?by=client"))["items"]
    assert {each["label"] for each in labelled} == {"华信科技有限公司"}
    elsewhere = await office.get(office.lead, f"/scores?client_id={new_id()}")
    assert elsewhere["items"] == []


async def read_by_pages(office: Office, path: str) -> list[list[Any]]:
    """The items of every page, as far as they go on."""
    pages, cursor = [], ""
    while cursor is not None:
        page = await office.get(office.lead, f"{path}&cursor={cursor}" if cursor else path)
        pages.append(page["items"])
        cursor = page["next_cursor"]
    return pages


async def test_a_consultant_who_is_not_on_the_engagement_sees_nothing_of_it(
    office: Office,
) -> None:
    await office.end_phase()
    token = (await office.tokens(8))[office.team[0].email]
    await office.answer("POST", token, {"recommend": 2}, status=201)
    for path in ("/responses", "/invitations", "/scores"):
        assert (await office.get(office.lead, path))["items"] != []
        assert (await office.get(office.bystander, path))["items"] == []


async def test_a_low_score_names_its_owner_by_the_role_of_whoever_gave_it(office: Office) -> None:
    await office.end_phase()
    tokens = await office.tokens(8)
    for place, answers in ((0, {"recommend": 2}), (1, {"recommend": 6}), (2, {"satisfaction": 1})):
        await office.answer("POST", tokens[office.team[place].email], answers, status=201)
    await office.tell(office.case(), action="closed")
    requester = (await office.letters(9))[-1]
    token = requester["body"].split("#")[1].split()[0]
    await office.answer("POST", token, {"satisfaction": 2}, status=201)
    rows = await office.rows(
        "SELECT role, owner_id, low FROM survey_responses ORDER BY answered_at, id"
    )
    owners = {row["role"]: row["owner_id"] for row in rows}
    assert owners == {
        "executive": office.partner.user_id,
        "client_pm": office.lead.user_id,
        "core": office.lead.user_id,
        None: office.manager.user_id,
    }
    assert all(row["low"] for row in rows)


async def test_history_is_an_administrators_and_sends_nothing(office: Office) -> None:
    case = office.case()
    await office.tell(case, action="closed", historical=True)
    body = {
        "campaign": "case_closed",
        "client_id": str(office.client_id),
        "subject": "K-2026-000009",
        "case_id": str(case.id),
        "person_id": str(office.team[1].actor.user_id),
        "invited": 1,
        "answers": {"satisfaction": 2, "comment": "慢"},
    }
    refused = await office.call(office.admin, "POST", "/responses", body, status=403)
    assert refused.json()["code"] == "only_history"
    when = {"Rapport-Occurred-At": "2026-06-01T03:00:00Z"}
    admin = importing(office.admin)
    kept = await office.call(admin, "POST", "/responses", body, headers=when, status=201)
    made = kept.json()
    assert kept.headers["Location"] == f"/api/v1/responses/{made['id']}"
    assert (made["historical"], made["answered_at"]) == (True, "2026-06-01T03:00:00Z")
    told = await office.rows("SELECT type, historical FROM outbox")
    assert [tuple(row) for row in told] == [("surveys.response.submitted.v1", True)]
    assert await office.rows("SELECT 1 FROM outgoing_mail") == []
    await office.call(office.manager, "POST", "/responses", body, headers=when, status=403)


async def test_an_answer_of_the_past_is_entered_once_however_often_it_is_sent(
    office: Office,
) -> None:
    body = await office.past_answer()
    admin, when = importing(office.admin), {"Rapport-Occurred-At": "2026-06-01T03:00:00Z"}
    keyed = when | {"Idempotency-Key": "k"}
    first = await office.call(admin, "POST", "/responses", body, headers=keyed, status=201)
    again = await office.call(admin, "POST", "/responses", body, headers=keyed, status=201)
    assert again.headers["Idempotency-Replayed"] == "true"
    # The call's answer was lost after the work was committed: nobody knows of the key.
    lost = when | {"Idempotency-Key": "another"}
    third = await office.call(admin, "POST", "/responses", body, headers=lost, status=201)
    assert first.json() == again.json() == third.json()
    other = body | {"answers": {"satisfaction": 5}}
    refused = await office.call(admin, "POST", "/responses", other, headers=when, status=409)
    assert refused.json()["code"] == "answered_otherwise"
    kept = await office.rows(
        "SELECT invited, (SELECT count(*) FROM survey_responses) AS answered FROM survey_rounds"
    )
    assert [tuple(row) for row in kept] == [(1, 1)]
    assert await office.events() == ["surveys.response.submitted.v1"]


async def test_a_campaign_is_changed_by_an_administrator_alone(office: Office) -> None:
    (one,) = (await office.get(office.admin, "/campaigns?key=case_closed"))["items"]
    path, match = f"/campaigns/{one['id']}", {"If-Match": '"1"'}
    await office.call(office.agent, "PATCH", path, {"active": False}, headers=match, status=403)
    alone = await office.call(
        office.admin, "PATCH", path, {"anonymous": True}, headers=match, status=422
    )
    assert alone.json()["errors"][0]["pointer"] == "/anonymous"
    await office.campaign("case_closed", active=False)
    await office.tell(office.case(), action="closed")
    assert await office.rows("SELECT 1 FROM survey_rounds") == []
