"""Engagements and survey results stand on the client page, for whoever may know of them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest

from services.clients.page.readings import SOURCE
from services.clients.page.store import client_page
from services.clients.reach import known_entries
from services.surveys.scores.rules import counted, estimate
from shared.contracts.desk import PromiseSummary
from shared.contracts.surveys import GroupScore, RoundState
from shared.events import Visibility
from shared.ids import new_id
from tests.services.clients.conftest import Registry
from tests.services.clients.told import AT, NO_EXECUTIVE, answer, engagement, follow_up, tell


async def test_everything_stands_on_the_page_and_the_timeline(registry: Registry) -> None:
    client = await registry.client()
    for _ in range(2):
        await tell(registry, engagement(registry, client["id"]))
    for kind, score in (("nps", 10), ("nps", 3), ("csat", 5), ("csat", 2)):
        await tell(registry, answer(registry, client["id"], kind, score), "submitted")
    page = await registry.get(f"/clients/{client['id']}/page")
    for each in page["engagements"]:
        assert [(phase["title"]["zh"], phase["status"]) for phase in each["phases"]] == [
            ("诊断", "active")
        ]
        assert each["team"] == {"client": 4, "firm": 2, "gaps": [NO_EXECUTIVE]}
    scores = {each["kind"]: each for each in page["surveys"]["scores"]}
    assert {kind: (each["responses"], each["score"]) for kind, each in scores.items()} == {
        "csat": (2, 50.0),
        "nps": (2, 0.0),
    }
    assert {each["low"] for each in page["surveys"]["latest"]} == {True, False}
    said = {each["sentence"]["en"] for each in page["timeline"]}
    assert said >= {"Key node held: workshop", "陈经理: satisfied 2 of 5"}
    listed = await registry.get(f"/clients/{client['id']}/timeline?source=survey,engagement")
    assert len(listed["items"]) == 6


async def test_who_is_not_on_the_engagement_sees_nothing_of_it(registry: Registry) -> None:
    client = await registry.client()
    await tell(registry, engagement(registry, client["id"]))
    await tell(registry, answer(registry, client["id"], "nps", 3), "submitted")
    path = f"/clients/{client['id']}"
    for actor, seen in ((registry.consultant, 1), (registry.manager, 1), (registry.agent, 0)):
        page = (await registry.call(actor, "GET", f"{path}/page", status=200)).json()
        assert len(page["engagements"]) == seen
        assert len(page["surveys"]["latest"]) == seen
        assert len(page["surveys"]["scores"]) == seen
        kinds = {each["source"] for each in page["timeline"]} & {"engagement", "survey"}
        assert len(kinds) == 2 * seen


async def test_the_statements_by_themselves_keep_to_who_may_know(registry: Registry) -> None:
    """On the worker's role, which row security keeps nothing from."""
    client = await registry.client()
    await tell(registry, engagement(registry, client["id"]))
    await tell(registry, answer(registry, client["id"], "nps", 3), "submitted")
    connection = await asyncpg.connect(registry.dsns.worker)
    try:
        for actor, seen in ((registry.consultant, 1), (registry.manager, 1), (registry.agent, 0)):
            page = orjson.loads(await client_page(connection, UUID(client["id"]), actor))
            told = [page["engagements"], page["surveys"]["latest"], page["surveys"]["scores"]]
            assert [len(each) for each in told] == [seen] * 3
            scope = known_entries(actor).sql.replace(":actor_id", "$1").replace(":held", "$2")
            entries = await connection.fetch(
                f"SELECT source FROM {SOURCE} WHERE {scope}", actor.user_id, sorted(actor.roles)
            )
            for found in ([e["source"] for e in page["timeline"]], [e["source"] for e in entries]):
                assert len({"engagement", "survey"} & set(found)) == 2 * seen
                assert "client" in found
    finally:
        await connection.close()


async def test_an_anonymous_round_says_what_it_may_once_it_is_closed(registry: Registry) -> None:
    client = await registry.client()
    state = RoundState(
        id=new_id(),
        campaign="phase_ended_team",
        survey_key="phase_csat",
        kind="csat",
        anonymous=True,
        client_id=UUID(client["id"]),
        subject="E-2026-001",
        invited=8,
        opened_at=AT,
        closes_at=AT,
    )
    await tell(registry, state, "opened")
    closed = state.model_copy(
        update={
            "closed_at": datetime(2026, 11, 21, tzinfo=UTC),
            "groups": (
                GroupScore(role=None, responses=7, score=71.4, positive=5, negative=2),
                GroupScore(role="core", responses=7, score=71.4, positive=5, negative=2),
            ),
        }
    )
    for _ in range(2):
        await tell(registry, closed, "closed")
    page = await registry.get(f"/clients/{client['id']}/page")
    assert [each["sentence"]["zh"] for each in page["timeline"][1:3]] == [
        "匿名答卷 7 份：满意率 71%",
        "已邀请 8 人填写满意度问卷",
    ]
    (latest,) = page["surveys"]["latest"]
    assert (latest["responses"], latest["person_name"], latest["score"]) == (7, None, 71.4)
    (score,) = page["surveys"]["scores"]
    assert (score["kind"], score["responses"], score["score"]) == ("csat", 7, 71.4)


@pytest.mark.parametrize(
    ("kind", "scores"),
    [
        ("nps", [10]),
        ("nps", [0, 0, 0]),
        ("nps", [10, 9, 8, 7, 6, 3, 10, 10]),
        ("csat", [5]),
        ("csat", [1, 2, 3]),
        ("csat", [5, 4, 4, 3, 2, 5, 5]),
    ],
)
async def test_the_page_is_as_sure_of_a_score_as_surveys_are(
    registry: Registry, kind: str, scores: list[int]
) -> None:
    client = await registry.client()
    for score in scores:
        await tell(registry, answer(registry, client["id"], kind, score), "submitted")
    page = await registry.get(f"/clients/{client['id']}/page")
    (found,) = page["surveys"]["scores"]
    known = estimate(kind, counted(kind, Counter(scores)))
    assert [found["score"], found["low"], found["high"]] == pytest.approx(
        [known.score, known.low, known.high], abs=0.051
    )


async def test_a_low_answer_leads_to_the_case_it_opened(registry: Registry) -> None:
    client = await registry.client()
    state = answer(registry, client["id"], "csat", 1)
    await tell(registry, state, "submitted")
    path = f"/clients/{client['id']}/page"
    assert (await registry.get(path))["surveys"]["latest"][0]["follow_up"] is None
    case = follow_up(registry, state)
    await tell(registry, case, "opened")
    (latest,) = (await registry.get(path))["surveys"]["latest"]
    assert latest["follow_up"] == {
        "id": str(case.id),
        "number": "K-2026-000007",
        "status": "assigned",
    }


async def test_the_page_tells_what_is_late_and_whose_clock_stands_still(registry: Registry) -> None:
    client = await registry.client()
    case = follow_up(registry, answer(registry, client["id"], "csat", 2))
    stopped = PromiseSummary(id=new_id(), kind="update", due_at=AT, status="made", paused=True)
    still: dict[str, Any] = {"status": "waiting_client", "next_due_at": AT, "promises": (stopped,)}
    clocks = {"next_due_at", "overdue_since"}
    shown = []
    for version, state in enumerate([still, {"overdue_since": AT}], start=1):
        await tell(registry, case.model_copy(update=state), "paused", version=version)
        (line,) = (await registry.get(f"/clients/{client['id']}/page"))["cases"]
        shown.append((line["next_promise"], {name for name in clocks if line[name]}))
    assert shown == [({"paused": True}, {"next_due_at"}), (None, {"overdue_since"})]


async def test_whom_the_follow_up_is_about_never_learns_of_it(registry: Registry) -> None:
    client = await registry.client()
    state = answer(registry, client["id"], "csat", 1).model_copy(
        update={"visibility": Visibility()}
    )
    await tell(registry, state, "submitted")
    await tell(registry, follow_up(registry, state), "opened")
    path = f"/clients/{client['id']}/page"
    for actor, told in ((registry.manager, True), (registry.agent, False)):
        page = (await registry.call(actor, "GET", path, status=200)).json()
        (latest,) = page["surveys"]["latest"]
        assert (latest["follow_up"] is not None) is told


@pytest.mark.parametrize("met", ["key_node_held", "bypass_recorded"])
async def test_meeting_and_going_past_the_channel_are_touches(registry: Registry, met: str) -> None:
    client = await registry.client()
    await registry.post(f"/clients/{client['id']}/grade", {"grade": "A", "reason": "x"})
    await tell(registry, engagement(registry, client["id"], met))
    now = await registry.get(f"/clients/{client['id']}")
    assert (now["last_call_on"], now["next_call_on"]) == ("2026-11-20", "2026-11-27")


@pytest.mark.parametrize("sort", ["last_contact_at", "-last_contact_at"])
async def test_the_list_by_last_contact_goes_on_behind_those_without_one(
    registry: Registry, sort: str
) -> None:
    ids = {(await registry.client(name))["id"] for name in ("甲设备厂", "乙食品集团", "丙物流")}
    found, cursor = set(), ""
    for _ in ids:
        page = await registry.get(f"/clients?sort={sort}&limit=1{cursor}")
        found |= {each["id"] for each in page["items"]}
        cursor = f"&cursor={page['next_cursor']}"
    assert (found, page["next_cursor"]) == (ids, None)
