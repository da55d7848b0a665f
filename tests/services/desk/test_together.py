"""Two people at once, calls repeated, edits that crossed, events applied."""

from __future__ import annotations

import asyncio
import time
from typing import Any
from uuid import uuid4

import httpx
import orjson
from sqlalchemy import text

from services.desk.subscribers import SUBSCRIPTIONS
from shared.applying import apply_lot
from shared.contracts import clients, gateway
from shared.contracts.clients import ClientState
from shared.contracts.gateway import UserState
from shared.events import Event, decode, encode
from shared.identity import Actor
from shared.ids import new_id
from shared.outbox import emit
from shared.writing import write_out
from tests.services.desk.conftest import Desk
from tests.support.services import client_side


async def test_numbers_have_no_gaps(desk: Desk) -> None:
    """Twenty at once, some of them refused late: the numbers that exist follow each other."""

    async def one(at: int) -> int:
        subject = {"subject": f"case {at}"} if at % 5 else {"subject": f"case {at}", "x": 1}
        body = {"kind": "inquiry", "description": "x"} | subject
        return (await desk.call(desk.cast.pm, "POST", "/cases", body)).status_code

    statuses = await asyncio.gather(*(one(at) for at in range(20)))
    assert sorted(set(statuses)) == [201, 422]
    numbers = [row["number"] for row in await desk.rows("SELECT number FROM cases ORDER BY number")]
    assert numbers == [f"K-2026-{at:06d}" for at in range(1, 17)]


async def test_the_year_of_a_number_is_the_firms(desk: Desk) -> None:
    """New Year comes to Shanghai eight hours before it comes to UTC."""
    desk.clock.now = desk.clock.now.replace(year=2026, month=12, day=31, hour=15, minute=59)
    assert (await desk.complaint())["number"] == "K-2026-000001"
    desk.clock.forward(minutes=1)
    assert (await desk.complaint())["number"] == "K-2027-000001"


async def test_two_renegotiate_at_once(desk: Desk) -> None:
    """One wins; the other is told; one new promise exists."""
    case = await desk.assigned()
    promise = await desk.promise(case)
    answers = await asyncio.gather(
        *(
            desk.call(
                actor,
                "POST",
                f"/promises/{promise['id']}/renegotiate",
                {"due_at": "2026-11-23T06:00:00Z", "reason": "x"},
            )
            for actor in (desk.cast.agent, desk.cast.lead)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert sorted(await desk.statuses(case)) == ["made", "superseded"]


async def test_two_choices_at_once(desk: Desk) -> None:
    """Only one solution is ever accepted."""
    case = await desk.understood()
    offered = [await desk.offer(case, f"方案{at}") for at in range(4)]
    answers = await asyncio.gather(
        *(desk.call(desk.cast.pm, "POST", f"/solutions/{each['id']}/accept") for each in offered)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    listed = await desk.get(desk.cast.pm, f"/solutions?case_id={case['id']}")
    assert sorted(each["status"] for each in listed["items"]) == [
        "accepted",
        "not_chosen",
        "not_chosen",
        "not_chosen",
    ]


async def test_a_reply_against_the_timer(desk: Desk) -> None:
    """At the due instant the promise is broken, whoever comes first; never both."""
    for _ in range(3):
        case = await desk.assigned()
        await desk.promise(case, minutes=10)
        desk.clock.forward(minutes=10)
        await asyncio.gather(
            *(
                desk.call(desk.cast.agent, "POST", f"/cases/{case['id']}/messages", {"body": "x"})
                for _ in range(3)
            )
        )
        assert await desk.statuses(case) == ["broken"]
        assert (await desk.kinds(case)).count("promise_broken") == 1


async def test_of_two_who_saw_it_with_nobody_one_takes_it(desk: Desk) -> None:
    """The other is told who was quicker, and may take it from them knowingly."""
    case = await desk.complaint()
    path, agents = f"/cases/{case['id']}/assign", (desk.cast.agent, desk.cast.agent2)

    async def take(agent: Actor, instead_of: str | None) -> httpx.Response:
        body = {"assignee_id": str(agent.user_id), "instead_of": instead_of}
        return await desk.call(agent, "POST", path, body)

    answers = await asyncio.gather(*(take(agent, None) for agent in agents))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    first, second = sorted(zip(agents, answers, strict=True), key=lambda each: each[1].status_code)
    refused = second[1].json()
    assert refused["code"] == "assigned_meanwhile"
    assert first[0].name in refused["detail"]
    assert (await take(first[0], None)).status_code == 200, "what one has one may take again"
    assert (await take(second[0], str(first[0].user_id))).status_code == 200
    await desk.post(second[0], path, {"assignee_id": None})
    gone = (await take(first[0], str(second[0].user_id))).json()
    assert gone["code"] == "given_back_meanwhile"


async def test_ten_agents_take_a_case(desk: Desk) -> None:
    """All are answered, the last word stands, every step is kept."""
    case = await desk.complaint()
    agents = [desk.cast.agent, desk.cast.agent2] * 5
    answers = await asyncio.gather(
        *(
            desk.call(
                agent,
                "POST",
                f"/cases/{case['id']}/assign",
                {"assignee_id": str(agent.user_id)},
            )
            for agent in agents
        )
    )
    assert {answer.status_code for answer in answers} == {200}
    final = await desk.get(desk.cast.lead, f"/cases/{case['id']}")
    steps = await desk.get(desk.cast.lead, f"/cases/{case['id']}/steps?kind=assigned&limit=200")
    assert steps["items"][-1]["params"]["assignee"] == final["assignee"]["name"]
    versions = await desk.rows(
        "SELECT version FROM outbox WHERE aggregate = 'case' ORDER BY version"
    )
    assert [row["version"] for row in versions] == list(range(1, len(steps["items"]) + 2))


async def test_edits_that_crossed(desk: Desk) -> None:
    """Without If-Match 428, with a stale one 412 and theirs; nothing is overwritten."""
    case = await desk.complaint()
    path = f"/cases/{case['id']}"
    await desk.call(desk.cast.agent, "PATCH", path, {"priority": "low"}, status=428)
    read = await desk.call(desk.cast.agent, "GET", path)
    tag = {"If-Match": read.headers["etag"]}
    changed = await desk.call(
        desk.cast.agent, "PATCH", path, {"priority": "high"}, status=200, headers=tag
    )
    assert changed.headers["etag"] != read.headers["etag"]
    stale = await desk.call(
        desk.cast.lead, "PATCH", path, {"priority": "low"}, status=412, headers=tag
    )
    assert stale.json()["current"]["priority"] == "high"
    audited = await desk.rows("SELECT before, after FROM audit WHERE action = 'case:edit'")
    assert orjson.loads(audited[0]["before"]) == {"priority": "normal"}
    assert orjson.loads(audited[0]["after"])["priority"] == "high"


async def test_a_repeated_call_opens_one_case(desk: Desk) -> None:
    """Fifty at once with one key: one row; another body with the key: 422."""
    key = {"Idempotency-Key": str(uuid4())}
    body = {"kind": "inquiry", "subject": "x", "description": "x"}
    answers = await asyncio.gather(
        *(desk.call(desk.cast.pm, "POST", "/cases", body, headers=key) for _ in range(50))
    )
    assert {answer.status_code for answer in answers} <= {201, 409}
    again = await desk.call(desk.cast.pm, "POST", "/cases", body, headers=key, status=201)
    assert again.headers["idempotency-replayed"] == "true"
    assert len(await desk.rows("SELECT 1 FROM cases")) == 1
    other = await desk.call(desk.cast.pm, "POST", "/cases", body | {"subject": "y"}, headers=key)
    assert other.status_code == 422


async def test_a_replay_is_for_those_who_may_still_see(desk: Desk) -> None:
    """A case that turned out to be about the caller is not read back through its key."""
    cast = desk.cast
    key = {"Idempotency-Key": str(uuid4())}
    body = {
        "kind": "complaint",
        "subject": "x",
        "description": "x",
        "client_id": str(cast.huaxin),
        "requester_id": str(cast.pm.user_id),
    }
    opened = await desk.call(cast.agent, "POST", "/cases", body, headers=key, status=201)
    case = opened.json()
    assert case["channel"] == "phone"
    await desk.post(
        cast.lead, f"/cases/{case['id']}/about", {"user_ids": [str(cast.agent.user_id)]}
    )
    await desk.call(cast.agent, "POST", "/cases", body, headers=key, status=404)


async def test_who_is_heard_of_while_a_call_waits_is_known_to_it(desk: Desk) -> None:
    """The call comes 0.2 seconds before the events of its client and person."""
    person = client_side("沈新人", new_id())
    call = desk.call(desk.cast.manager, "POST", "/cases", inquiry_of(person), status=201)
    waiting = asyncio.create_task(call)
    await asyncio.sleep(0.2)
    assert not waiting.done()
    await introduce_by_event(desk, person, "明远精密")
    await waiting


async def test_whoever_never_arrives_is_waited_for_half_a_second(desk: Desk) -> None:
    begun = time.monotonic()
    body = inquiry_of(client_side("沈新人", new_id()))
    unknown = await desk.call(desk.cast.manager, "POST", "/cases", body, status=422)
    assert unknown.json()["code"] == "not_known_yet"
    assert 0.5 <= time.monotonic() - begun < 2


async def test_a_client_and_a_person_are_known_by_event_and_found_by_a_new_name(
    desk: Desk,
) -> None:
    person = client_side("沈新人", new_id())
    for name in ("明远精密", "明远智造"):
        await introduce_by_event(desk, person, name)
        await desk.call(desk.cast.manager, "POST", "/cases", inquiry_of(person), status=201)
    found = await desk.get(desk.cast.lead, "/cases?q=mingyuanzhizao")
    assert [item["client"]["name"] for item in found["items"]] == ["明远智造"] * 2
    assert desk.app.state.runtime.database.in_use()["write_firm"] == 0


def inquiry_of(person: Actor) -> dict[str, str]:
    """What raises an inquiry for somebody of a client."""
    return {
        "kind": "inquiry",
        "subject": "开通",
        "description": "x",
        "client_id": str(person.client_id),
        "requester_id": str(person.user_id),
    }


async def introduce_by_event(desk: Desk, person: Actor, client_name: str) -> None:
    """Let the desk hear of a person and their client, as it does from the other services."""
    assert person.client_id is not None
    client = ClientState(id=person.client_id, number="C-000009", legal_name=client_name)
    user = UserState(
        id=person.user_id,
        name=person.name,
        side="client",
        status="active",
        client_id=person.client_id,
    )
    await publish(desk, clients.ClientChanged(state=client), gateway.UserChanged(state=user))


async def publish(desk: Desk, *events: Event[Any]) -> None:
    """Hand events to the desk's subscriptions as the other services' streams would."""
    async with desk.app.state.runtime.database.worker_session() as session:
        for event in events:
            await emit(session, event)
        await write_out(session)
        rows = await session.execute(
            text("SELECT * FROM outbox ORDER BY seq DESC LIMIT :count"), {"count": len(events)}
        )
        messages = [encode(row) for row in rows.mappings()]
        await session.execute(text("DELETE FROM outbox WHERE type !~ '^desk'"))
        await apply_lot(session, SUBSCRIPTIONS, [(decode(each), each) for each in messages])
