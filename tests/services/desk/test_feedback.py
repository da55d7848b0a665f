"""A low survey score opens one case, for the right owner, out of sight of whom it is about."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest

from services.desk.feedback import rules
from shared.contracts.surveys import GroupScore, ResponseState, RoundState
from shared.events import Visibility
from shared.identity import Actor
from shared.ids import new_id
from tests.services.desk.conftest import Desk
from tests.support.telling import tell as handed

tell = partial(handed, action="submitted")
"""Hand an answer, or the scores of a round, to whoever subscribes to it."""


def answer(desk: Desk, owner: Actor | None, **changes: Any) -> ResponseState:
    """A low answer of the client's project manager about a case of agent2."""
    values = {
        "id": new_id(),
        "visibility": Visibility(excluded=(desk.cast.agent2.user_id,)),
        "survey_key": "case_csat",
        "survey_version": 1,
        "kind": "csat",
        "score": 1,
        "low": True,
        "client_id": desk.cast.huaxin,
        "subject": "K-2026-000001",
        "person_id": desk.cast.pm.user_id,
        "role": "client_pm",
        "owner_id": owner.user_id if owner else None,
        "comment": "两次都没有人回复",
        "answered_at": desk.clock.now,
    }
    return ResponseState(**(values | changes))


def anonymous_round(desk: Desk, **changes: Any) -> RoundState:
    """A closed anonymous round with a low group."""
    values = {
        "id": new_id(),
        "campaign": "phase_ended_team",
        "survey_key": "phase_csat",
        "kind": "csat",
        "anonymous": True,
        "client_id": desk.cast.huaxin,
        "subject": "E-2026-001",
        "opened_at": desk.clock.now,
        "closes_at": desk.clock.now,
        "closed_at": desk.clock.now,
        "low": True,
        "groups": (GroupScore(role=None, responses=7, score=28.6, low=True),),
    }
    return RoundState(**(values | changes))


async def cases(desk: Desk, actor: Actor, query: str = "") -> list[dict[str, Any]]:
    """The cases an actor sees."""
    found: list[dict[str, Any]] = (await desk.get(actor, f"/cases{query}"))["items"]
    return found


async def test_a_low_score_opens_one_case_for_its_owner_however_often_it_is_told(
    desk: Desk,
) -> None:
    state = answer(desk, desk.cast.manager)
    await asyncio.gather(*(tell(desk, state) for _ in range(5)))
    (case,) = await cases(desk, desk.cast.lead)
    assert case["subject"] == "关于 K-2026-000001 反馈意见的跟进"
    assert (case["status"], case["assignee"]["name"]) == ("assigned", "Manager Zhou")
    whole = await desk.get(desk.cast.manager, f"/cases/{case['id']}")
    assert whole["description"] == "满意度：1（满分 5）。\n\n两次都没有人回复"
    assert whole["channel"] == "survey"
    assert [each["id"] for each in await cases(desk, desk.cast.pm)] == [case["id"]]
    assert await cases(desk, desk.cast.agent2) == []
    types = await desk.rows("SELECT type FROM outbox ORDER BY seq")
    assert [row["type"] for row in types] == ["desk.case.opened.v1", "desk.case.assigned.v1"]


async def test_it_says_its_own_words_in_both_languages(desk: Desk) -> None:
    """So that whoever reads it, and whoever searches it, does so in their own."""
    await tell(desk, answer(desk, desk.cast.manager))
    (case,) = await cases(desk, desk.cast.manager)
    assert case["subject_texts"] == {
        "en": "Follow-up on the feedback about K-2026-000001",
        "zh": "关于 K-2026-000001 反馈意见的跟进",
    }
    path = f"/cases/{case['id']}"
    whole = await desk.get(desk.cast.pm, path)
    assert whole["description_texts"] == {
        "en": "Satisfaction: 1 of 5.\n\n两次都没有人回复",
        "zh": "满意度：1（满分 5）。\n\n两次都没有人回复",
    }
    opened = (await desk.get(desk.cast.pm, f"{path}/steps"))["items"][0]
    assert opened["text"]["en"].endswith("a complaint: " + case["subject_texts"]["en"])
    assert opened["text"]["zh"].endswith("投诉：" + case["subject_texts"]["zh"])
    for words in ("feedback", "反馈意见"):
        assert len((await desk.get(desk.cast.manager, f"/cases?q={words}"))["items"]) == 1


async def test_what_somebody_writes_instead_stands_as_written(desk: Desk) -> None:
    await tell(desk, answer(desk, desk.cast.manager))
    (case,) = await cases(desk, desk.cast.manager)
    match = {"If-Match": f'"{case["version"]}"'}
    body = {"subject": "无人回复"}
    path = f"/cases/{case['id']}"
    changed = await desk.call(desk.cast.manager, "PATCH", path, body, headers=match, status=200)
    assert (changed.json()["subject"], changed.json()["subject_texts"]) == ("无人回复", None)
    assert changed.json()["description_texts"] is not None


async def test_it_leads_to_the_case_asked_about_whoever_may_see_that(desk: Desk) -> None:
    cast = desk.cast
    earlier = await desk.complaint()
    asked = {"case_id": earlier["id"], "subject": earlier["number"]}
    await tell(desk, answer(desk, cast.manager, visibility=Visibility(), **asked))
    (case,) = [each for each in await cases(desk, cast.lead) if each["channel"] == "survey"]
    path = f"/cases/{case['id']}"
    about = {"user_ids": [str(cast.agent2.user_id)]}
    await desk.post(cast.lead, f"/cases/{earlier['id']}/about", about)
    there = {"id": earlier["id"], "number": earlier["number"]}
    for reader, seen in ((cast.lead, there), (cast.pm, there), (cast.agent2, None)):
        assert (await desk.get(reader, path))["asked_case"] == seen


async def test_of_an_engagement_it_tells_no_more_than_that_there_is_an_answer(desk: Desk) -> None:
    """The desk reads every case; only those on the engagement read its answers."""
    asked = {"engagement_id": new_id(), "phase_id": new_id(), "subject": "E-2031-777"}
    await tell(desk, answer(desk, desk.cast.manager, **asked))
    (case,) = await cases(desk, desk.cast.manager)
    whole = await desk.get(desk.cast.manager, f"/cases/{case['id']}")
    assert whole["asked_case"] is None
    assert whole["asked_engagement_id"] == str(asked["engagement_id"])
    assert whole["description_texts"] == rules.ELSEWHERE
    assert "E-2031-777" not in str(whole) and "两次都没有人回复" not in str(whole)
    assert await cases(desk, desk.cast.lead, "?q=E-2031-777") == []
    assert "asked_engagement_id" not in await desk.get(desk.cast.pm, f"/cases/{case['id']}")


@pytest.mark.parametrize("who", ["manager", "consulting_pm", "partner"])
async def test_its_owner_works_on_it_to_the_end(desk: Desk, who: str) -> None:
    owner: Actor = getattr(desk.cast, who)
    await tell(desk, answer(desk, owner))
    (case,) = await cases(desk, owner)
    assert case["assignee"]["id"] == str(owner.user_id)
    path = f"/cases/{case['id']}"
    await desk.post(owner, f"{path}/messages", {"body": "非常抱歉"}, status=201)
    await desk.post(owner, f"{path}/resolve", {"resolution": "已当面沟通"})
    assert (await desk.get(desk.cast.pm, path))["status"] == "resolved"


@pytest.mark.parametrize(
    "more", [{"historical": True}, {"action": "snapshot"}], ids=["history", "snapshot"]
)
async def test_history_and_states_told_again_open_nothing(desk: Desk, more: dict[str, Any]) -> None:
    await tell(desk, answer(desk, desk.cast.manager), **more)
    assert await cases(desk, desk.cast.lead) == []


async def test_good_scores_open_nothing(desk: Desk) -> None:
    await tell(desk, answer(desk, None, low=False, score=5))
    assert await cases(desk, desk.cast.lead) == []


async def test_without_an_owner_who_may_it_waits_for_dispatch(desk: Desk) -> None:
    cast = desk.cast
    for owner in (None, cast.agent2, cast.inactive, cast.consultant):
        await tell(desk, answer(desk, owner))
    found = await cases(desk, desk.cast.lead)
    assert [(case["status"], case["assignee"]) for case in found] == [("open", None)] * 4


async def test_a_low_anonymous_round_opens_a_case_that_names_nobody(desk: Desk) -> None:
    state = anonymous_round(desk, case_id=new_id(), owner_id=desk.cast.manager.user_id)
    for _ in range(2):
        await tell(desk, state, action="closed")
    (case,) = await cases(desk, desk.cast.manager)
    whole = await desk.get(desk.cast.manager, f"/cases/{case['id']}")
    assert whole["description_texts"] == {
        "en": "7 anonymous answers: 29 (percent satisfied).",
        "zh": "匿名答卷 7 份：29（满意率，%）。",
    }
    assert whole["description"] == whole["description_texts"]["zh"]
    # A case has one requester: no round that asks namelessly may lead to one.
    kept = await desk.rows("SELECT asked_case_id FROM cases")
    assert [row["asked_case_id"] for row in kept] == [None]
    assert whole["assignee"]["name"] == "Manager Zhou"
    assert await cases(desk, desk.cast.pm) == []


async def test_the_case_follows_whom_its_answer_is_kept_from(desk: Desk) -> None:
    """Who is named later loses it, its assignee too; who was named in it by hand stays named."""
    cast = desk.cast
    state = answer(desk, cast.manager, visibility=Visibility())
    await tell(desk, state)
    (case,) = await cases(desk, cast.agent2)
    path = f"/cases/{case['id']}"
    await desk.post(cast.lead, f"{path}/about", {"user_ids": [str(cast.agent.user_id)]})
    both = Visibility(excluded=(cast.agent2.user_id, cast.manager.user_id))
    for _ in range(2):
        await tell(desk, state.model_copy(update={"visibility": both}), action="reach_changed")
    for unseen in (cast.agent, cast.agent2, cast.manager):
        assert await cases(desk, unseen) == []
    whole = await desk.get(cast.lead, path)
    assert (whole["status"], whole["assignee"]) == ("open", None)
    await tell(desk, state, action="reach_changed")
    assert [len(await cases(desk, who)) for who in (cast.agent, cast.agent2)] == [0, 1]
    types = [row["type"] for row in await desk.rows("SELECT type FROM outbox ORDER BY seq")]
    assert types.count("desk.case.about_changed.v1") == 3


async def test_an_answer_of_the_past_opens_nothing_when_its_reach_changes(desk: Desk) -> None:
    state = answer(desk, desk.cast.manager, historical=True)
    await tell(desk, state, historical=True)
    await tell(desk, state, action="reach_changed")
    assert await cases(desk, desk.cast.lead) == []
