"""Contact persons, contact records, the client page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from services.clients.subscribers import SUBSCRIPTIONS
from shared.applying import apply_lot
from shared.contracts.desk import CaseState, CaseStep
from shared.contracts.gateway import UserState
from shared.errors import NotKnownYet
from shared.events import RawEnvelope, Visibility
from shared.identity import Importer
from shared.ids import new_id
from tests.services.clients.conftest import Registry
from tests.services.clients.told import engagement
from tests.support.telling import hear


async def contact(registry: Registry, client: dict[str, Any], **fields: Any) -> dict[str, Any]:
    body = {"client_id": client["id"], "name": "马娟", "mobile": "130 4079 3379", **fields}
    made: dict[str, Any] = await registry.post("/contacts", body, status=201)
    return made


async def call(registry: Registry, client: dict[str, Any], **fields: Any) -> dict[str, Any]:
    body = {
        "client_id": client["id"],
        "kind": "call",
        "occurred_at": registry.clock.now.isoformat(),
        "summary": "了解年度计划",
        **fields,
    }
    made: dict[str, Any] = await registry.post("/interactions", body, status=201)
    return made


async def test_a_person_is_added_counted_and_finds_the_client(registry: Registry) -> None:
    client = await registry.client()
    person = await contact(registry, client)
    assert person["mobile"] == "13040793379"
    found = await registry.get("/clients?q=majuan")
    assert [(each["id"], each["contacts_count"]) for each in found["items"]] == [(client["id"], 1)]
    await registry.call(registry.manager, "DELETE", f"/contacts/{person['id']}", status=204)
    assert (await registry.get("/clients?q=majuan"))["items"] == []


async def test_do_not_contact_needs_its_reason(registry: Registry) -> None:
    client = await registry.client()
    body = {"client_id": client["id"], "name": "赵艳", "do_not_contact": True}
    refused = await registry.post("/contacts", body, status=422)
    assert refused["code"] == "do_not_contact_reason_needed"


async def test_a_contact_record_resets_the_clock_and_stands_on_the_page(registry: Registry) -> None:
    client = await registry.client()
    person = await contact(registry, client)
    record = await call(
        registry,
        client,
        contact_ids=[person["id"]],
        participant_ids=[str(registry.consultant.user_id)],
        intent=4,
    )
    assert record["contacts"] == [{"id": person["id"], "name": "马娟"}]
    page = await registry.get(f"/clients/{client['id']}/page")
    assert page["client"]["last_contact_at"] == "2026-11-23T02:00:00Z"
    assert page["contacts"][0]["name"] == "马娟"
    assert page["timeline"][0]["sentence"]["zh"] == "电话：了解年度计划"


async def test_a_record_of_the_past_is_history_whichever_way_it_is_said(registry: Registry) -> None:
    """By the headers of history the whole act is of then, as by `historical`: nobody is told."""
    client = await registry.client()
    body = {
        "client_id": client["id"],
        "kind": "call",
        "occurred_at": "2026-05-01T01:00:00Z",
        "summary": "了解年度计划",
    }
    past = {"Rapport-Occurred-At": "2026-05-01T02:00:00Z"}
    admin = registry.admin
    behalf = replace(registry.manager, importer=Importer(admin.user_id, admin.name))
    await registry.call(behalf, "POST", "/interactions", body, headers=past, status=201)
    said = body | {"historical": True}
    await registry.call(admin, "POST", "/interactions", said, status=201)
    told = await registry.rows(
        "SELECT historical FROM outbox WHERE type = 'clients.interaction.recorded.v1'"
    )
    assert [row["historical"] for row in told] == [True, True]
    written = await registry.rows(
        "SELECT at > '2026-06-01' AS lately FROM audit WHERE action LIKE 'interaction:%'"
    )
    assert [row["lately"] for row in written] == [True, True], "the trail says when it was entered"


async def test_a_record_is_corrected_for_a_day_and_then_amended(registry: Registry) -> None:
    client = await registry.client()
    record = await call(registry, client)
    path = f"/interactions/{record['id']}"
    early = {"summary": "补充", "reason": "遗漏"}
    await registry.post(f"{path}/amend", early, status=409)
    registry.clock.forward(hours=23, minutes=59)
    corrected = await registry.call(
        registry.manager, "PATCH", path, {"intent": 3}, headers={"If-Match": '"1"'}, status=200
    )
    registry.clock.forward(minutes=2)
    match = {"If-Match": corrected.headers["ETag"]}
    locked = await registry.call(
        registry.manager, "PATCH", path, {"intent": 5}, headers=match, status=409
    )
    assert locked.json()["code"] == "record_locked"
    amended = await registry.post(f"{path}/amend", early)
    assert amended["summary"] == "了解年度计划"
    assert [each["summary"] for each in amended["amendments"]] == ["补充"]


async def test_people_of_another_client_are_refused_by_place(registry: Registry) -> None:
    client = await registry.client()
    other = await registry.client("恒达制造有限公司")
    stranger = await contact(registry, other)
    body = {
        "client_id": client["id"],
        "kind": "visit",
        "occurred_at": registry.clock.now.isoformat(),
        "summary": "x",
        "contact_ids": [stranger["id"]],
    }
    refused = await registry.post("/interactions", body, status=422)
    assert refused["errors"][0]["pointer"] == "/contact_ids/0"


async def test_a_touch_to_come_is_refused(registry: Registry) -> None:
    client = await registry.client()
    body = {"client_id": client["id"], "kind": "call", "summary": "x"}
    body["occurred_at"] = "2027-01-01T00:00:00Z"
    refused = await registry.post("/interactions", body, status=422)
    assert refused["errors"][0]["pointer"] == "/occurred_at"


def case_event(client_id: UUID, *, excluded: tuple[UUID, ...], version: int = 1) -> Any:
    """A complaint as the desk publishes it."""
    state = CaseState(
        id=new_id(),
        visibility=Visibility(client_id=client_id, excluded=excluded),
        number="K-2026-000001",
        kind="complaint",
        subject="培训迟到",
        status="open",
        client_id=client_id,
        requester_id=new_id(),
        opened_at=datetime.now(UTC),
        steps=(
            CaseStep(
                id=new_id(),
                at=datetime.now(UTC),
                kind="opened",
                actor_name="陈经理",
                text={"en": "Complaint received", "zh": "收到投诉"},
            ),
        ),
    )
    body = {"time": datetime.now(UTC).isoformat(), "data": state.model_dump(mode="json")}
    return RawEnvelope(new_id(), "desk.case.opened.v1", "case", state.id, 1, version, body)


async def test_a_case_stands_on_the_page_of_everyone_but_whom_it_is_about(
    registry: Registry,
) -> None:
    client = await registry.client()
    envelope = case_event(UUID(client["id"]), excluded=(registry.agent.user_id,))
    runtime = registry.app.state.runtime
    async with runtime.database.worker_session() as session:
        await apply_lot(session, SUBSCRIPTIONS, [(envelope, b"")])
    path = f"/clients/{client['id']}"
    for actor, seen in ((registry.manager, 1), (registry.agent, 0)):
        page = (await registry.call(actor, "GET", f"{path}/page", status=200)).json()
        assert len(page["cases"]) == seen
        assert sum(entry["source"] == "case" for entry in page["timeline"]) == seen
        listed = (await registry.call(actor, "GET", f"{path}/timeline?source=case")).json()
        assert len(listed["items"]) == seen
        (row,) = (await registry.call(actor, "GET", "/clients")).json()["items"]
        assert row["open_cases"] == seen


async def test_a_contact_record_set_right_sets_the_last_contact_right(registry: Registry) -> None:
    client = await registry.client()
    body = {"client_id": client["id"], "kind": "call", "summary": "电话沟通"}
    moment = {"occurred_at": "2026-11-23T01:00:00Z"}
    record = await registry.post("/interactions", body | moment, status=201)
    earlier = {"occurred_at": "2026-10-23T01:00:00Z"}
    path, read = f"/interactions/{record['id']}", {"If-Match": '"1"'}
    await registry.call(registry.manager, "PATCH", path, earlier, headers=read, status=200)
    now = await registry.get(f"/clients/{client['id']}")
    assert (now["last_contact_at"], now["last_call_on"]) == (earlier["occurred_at"], "2026-10-23")


async def test_a_touch_by_somebody_who_is_heard_of_later_counts(registry: Registry) -> None:
    client = await registry.client()
    newcomer = UserState(id=new_id(), name="新顾问", side="firm", status="active")
    met = engagement(registry, client["id"])
    steps = (met.steps[0].model_copy(update={"actor_id": newcomer.id}),)
    act = (met.model_copy(update={"steps": steps}), "changed", 1)
    with pytest.raises(NotKnownYet):  # delivered again
        await hear(registry, act)
    await hear(registry, (newcomer, "activated", 1))
    await hear(registry, act)
    assert (await registry.get(f"/clients/{client['id']}"))["last_call_on"] == "2026-11-20"
