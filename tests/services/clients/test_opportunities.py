"""Opportunities go along the default pipeline, keep their history, and are won once."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from services.clients.opportunities import rules
from services.clients.opportunities.rules import CLOSED, OpportunityStage
from tests.services.clients.conftest import Registry

AMOUNT = {"amount_minor": 120_000_000, "currency": "CNY"}


async def opened(registry: Registry, **fields: Any) -> dict[str, Any]:
    """A fresh opportunity of a fresh client."""
    client = await registry.client()
    body = {"client_id": client["id"], "title": "流程优化咨询", "amount": AMOUNT, **fields}
    made: dict[str, Any] = await registry.post("/opportunities", body, status=201)
    return made


async def move(registry: Registry, one: dict[str, Any], stage: str, **more: Any) -> Any:
    """Move an opportunity; the answer."""
    return await registry.post(f"/opportunities/{one['id']}/move", {"stage": stage, **more})


@pytest.mark.parametrize("stage", list(OpportunityStage))
def test_a_closed_opportunity_leaves_no_doubt(stage: OpportunityStage) -> None:
    after = rules.probability_after(stage, 42)
    assert after == ({"won": 100, "lost": 0}[stage] if stage in CLOSED else 42)
    assert rules.probability_after(stage, None) == rules.PROBABILITY[stage]


async def test_an_opportunity_is_opened_found_and_stands_on_the_client_page(
    registry: Registry,
) -> None:
    made = await opened(registry, close_on="2027-01-31", template="process-consulting")
    assert (made["number"], made["stage"], made["probability"]) == ("O-000001", "lead", 5)
    assert made["amount"] == AMOUNT
    assert made["owner"]["name"] == "林晓"
    assert made["close_on"] == "2027-01-31"
    assert [stay["stage"] for stay in made["stages"]] == ["lead"]
    for query in ("q=liucheng", "q=华信", f"client_id={made['client_id']}", "open=true"):
        listed = await registry.get(f"/opportunities?{query}")
        assert [each["id"] for each in listed["items"]] == [made["id"]], query
    page = await registry.get(f"/clients/{made['client_id']}/page")
    assert page["opportunities"][0]["title"] == "流程优化咨询"
    assert page["timeline"][0]["sentence"]["zh"] == "新建商机：流程优化咨询"
    assert (await registry.events())[-1] == "clients.opportunity.opened.v1"


async def test_the_way_through_the_pipeline_is_kept_with_its_durations(registry: Registry) -> None:
    made = await opened(registry)
    registry.clock.forward(days=3)
    await move(registry, made, "site_survey")
    registry.clock.forward(hours=5)
    await move(registry, made, "lead", reason="换了联系人")
    registry.clock.forward(days=1)
    now = await move(registry, made, "lost", reason="价格", competitor="某咨询")
    stays = [(stay["stage"], stay["seconds"], stay["reason"]) for stay in now["stages"]]
    assert stays == [
        ("lead", 3 * 86_400, None),
        ("site_survey", 5 * 3600, None),
        ("lead", 86_400, "换了联系人"),
        ("lost", 0, "价格"),
    ]
    assert (now["loss_reason"], now["competitor"], now["probability"]) == ("价格", "某咨询", 0)
    again = await move(registry, made, "qualified", reason="重新启动")
    assert (again["loss_reason"], again["closed_at"]) == (None, None)
    assert (await registry.events())[-2:] == [
        "clients.opportunity.lost.v1",
        "clients.opportunity.stage_moved.v1",
    ]


async def test_a_loss_needs_its_reason_and_a_closed_one_is_not_changed(registry: Registry) -> None:
    made = await opened(registry)
    path = f"/opportunities/{made['id']}"
    refused = await registry.post(f"{path}/move", {"stage": "lost"}, status=422)
    assert refused["code"] == "loss_reason_needed"
    await move(registry, made, "won")
    await registry.post(f"{path}/move", {"stage": "lead"}, status=409)
    closed = await registry.call(
        registry.manager, "PATCH", path, {"title": "x"}, headers={"If-Match": '"2"'}, status=409
    )
    assert closed.json()["code"] == "opportunity_closed"


async def test_of_twenty_wins_at_once_one_counts(registry: Registry) -> None:
    made = await opened(registry, template="process-consulting")
    path = f"/opportunities/{made['id']}/move"
    answers = await asyncio.gather(
        *(registry.call(registry.manager, "POST", path, {"stage": "won"}) for _ in range(20))
    )
    assert sorted(each.status_code for each in answers) == [200] + [409] * 19
    rows = await registry.rows("SELECT data FROM outbox WHERE type = 'clients.opportunity.won.v1'")
    assert len(rows) == 1
    for part in ('"process-consulting"', '"amount_minor":120000000', '"currency":"CNY"'):
        assert part in rows[0]["data"].replace(": ", ":")


async def test_a_change_needs_the_version_and_says_what_changed(registry: Registry) -> None:
    made = await opened(registry)
    path = f"/opportunities/{made['id']}"
    changed = await registry.call(
        registry.manager,
        "PATCH",
        path,
        {"probability": 33, "close_on": "2027-03-01"},
        headers={"If-Match": '"1"'},
        status=200,
    )
    assert (changed.json()["probability"], changed.json()["close_on"]) == (33, "2027-03-01")
    stale = {"If-Match": '"1"'}
    await registry.call(registry.manager, "PATCH", path, {"title": "y"}, headers=stale, status=412)


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": {"amount_minor": -1, "currency": "CNY"}},
        {"amount": {"amount_minor": 1, "currency": "yuan"}},
        {"probability": 101},
        {"close_on": "2027-02-30"},
        {"pipeline": "other"},
        {"occurred_at": "2020-01-01T00:00:00"},
    ],
)
async def test_bad_values_are_refused(registry: Registry, fields: dict[str, Any]) -> None:
    client = await registry.client()
    await registry.post(
        "/opportunities", {"client_id": client["id"], "title": "x", **fields}, status=422
    )
    assert await registry.rows("SELECT 1 FROM opportunities") == []


async def test_whose_account_is_not_active_is_given_no_opportunity(registry: Registry) -> None:
    client = await registry.client()
    kept = await registry.post(
        "/opportunities", {"client_id": client["id"], "title": "精益一期"}, status=201
    )
    await registry.lets_go(registry.consultant)
    owner = {"owner_id": str(registry.consultant.user_id)}
    for method, path, body in (
        ("POST", "/opportunities", owner | {"client_id": client["id"], "title": "精益二期"}),
        ("PATCH", f"/opportunities/{kept['id']}", owner),
    ):
        answer = await registry.call(
            registry.manager, method, path, body, status=422, headers={"If-Match": '"1"'}
        )
        assert answer.json()["code"] == "not_assignable"
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/owner_id"]
    assert len(await registry.rows("SELECT 1 FROM opportunities")) == 1


async def test_nobody_may_own_an_opportunity(registry: Registry) -> None:
    client = await registry.client()
    made = await registry.post(
        "/opportunities", {"client_id": client["id"], "title": "精益一期"}, status=201
    )
    answer = await registry.call(
        registry.manager,
        "PATCH",
        f"/opportunities/{made['id']}",
        {"owner_id": None},
        status=200,
        headers={"If-Match": '"1"'},
    )
    assert answer.json()["owner"] is None
    held = await registry.rows("SELECT owner_name FROM opportunities")
    assert [row["owner_name"] for row in held] == [None]


async def test_an_unknown_template_is_refused_by_name(registry: Registry) -> None:
    client = await registry.client()
    body = {"client_id": client["id"], "title": "x", "template": "no-such"}
    refused = await registry.post("/opportunities", body, status=422)
    assert [error["pointer"] for error in refused["errors"]] == ["/template"]
    opening = {"client_id": client["id"], "title": "流程优化咨询", "amount": AMOUNT}
    made = await registry.post("/opportunities", opening, status=201)
    path = f"/opportunities/{made['id']}"
    tag = {"If-Match": '"1"'}
    change = {"template": "no-such"}
    await registry.call(registry.manager, "PATCH", path, change, headers=tag, status=422)


async def test_history_is_an_administrators_and_runs_forward(registry: Registry) -> None:
    client = await registry.client()
    body = {"client_id": client["id"], "title": "旧商机", "occurred_at": "2026-05-01T01:00:00Z"}
    await registry.post("/opportunities", body, status=403)
    nobody = body | {"owner_id": str(uuid4())}
    refused = await registry.call(registry.admin, "POST", "/opportunities", nobody, status=422)
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/owner_id"]
    answer = await registry.call(registry.admin, "POST", "/opportunities", body, status=201)
    made = answer.json()
    assert (made["historical"], made["opened_at"]) == (True, "2026-05-01T01:00:00Z")
    path = f"/opportunities/{made['id']}/move"
    early = {"stage": "won", "occurred_at": "2026-04-01T00:00:00Z"}
    await registry.call(registry.admin, "POST", path, early, status=422)
    later = {"stage": "won", "occurred_at": "2026-06-01T01:00:00Z"}
    won = (await registry.call(registry.admin, "POST", path, later, status=200)).json()
    assert won["stages"][0]["seconds"] == 31 * 86_400
    told = await registry.rows(
        "SELECT historical FROM outbox WHERE type = 'clients.opportunity.won.v1'"
    )
    assert [row["historical"] for row in told] == [True]


async def test_what_cannot_begin_as_won_is_refused_in_words(registry: Registry) -> None:
    client = await registry.client()
    body = {"client_id": client["id"], "title": "x", "stage": "won"}
    for language, said in (("zh", "不能直接登记为“赢单”"), ("en", "not as “Won”")):
        refused = await registry.call(
            registry.manager,
            "POST",
            "/opportunities",
            body,
            headers={"Accept-Language": language},
            status=409,
        )
        assert said in refused.json()["detail"]


async def test_a_title_is_told_as_it_was_written_even_where_it_is_a_word_of_ours(
    registry: Registry,
) -> None:
    client = await registry.client()
    titled = {"client_id": client["id"], "title": "proposal", "stage": "proposal"}
    chance = await registry.post("/opportunities", titled, status=201)
    await registry.post(f"/opportunities/{chance['id']}/move", {"stage": "negotiation"})
    page = await registry.get(f"/clients/{client['id']}/page")
    told = [each["sentence"]["zh"] for each in page["timeline"]]
    assert told[:2] == ["商机“proposal”：提交方案 → 商务谈判", "新建商机：proposal"]


async def test_an_opportunity_is_found_by_what_its_client_is_called_now(
    registry: Registry,
) -> None:
    client = await registry.client("华信科技有限公司")
    titled = {"client_id": client["id"], "title": "精益二期"}
    chance = await registry.post("/opportunities", titled, status=201)
    path, read = f"/clients/{client['id']}", {"If-Match": f'"{client["version"]}"'}
    body = {"legal_name": "远大重工集团"}
    await registry.call(registry.manager, "PATCH", path, body, headers=read, status=200)
    found = await registry.get("/opportunities?q=远大重工")
    assert [each["id"] for each in found["items"]] == [chance["id"]]
