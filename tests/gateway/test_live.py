"""Live updates: what reaches whom, what is missed is sent again, and when a stream ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx

from gateway.live.stream import LiveStream
from shared.bus import Bus, Outgoing
from shared.contracts.clients import ClientRegistered, ClientState
from shared.contracts.desk import CaseNoted, CaseOpened, CaseState
from shared.events import Event, Visibility
from shared.ids import new_id
from tests.gateway.support import HENGDA, HUAXIN, Gateway


async def publish(gateway: Gateway, event: Event[Any], version: int = 1) -> None:
    """Put an event on the bus as its publisher's relay would."""
    body = {
        "specversion": "1.0",
        "id": str(new_id()),
        "source": f"/{event.state.publisher}",
        "type": event.type(),
        "subject": str(event.state.id),
        "time": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        "epoch": 1,
        "version": version,
        "actorid": None,
        "historical": False,
        "traceparent": None,
        "data": event.state.model_dump(mode="json"),
    }
    bus: Bus = gateway.door.state.runtime.bus
    await bus.ensure_stream(event.state.publisher)
    message = Outgoing(event.type(), json.dumps(body).encode(), str(new_id()))
    await bus.publish_each([message])


def client_event(name: str = "华信装备", **visibility: Any) -> ClientRegistered:
    state = ClientState(
        id=new_id(), number="C-000001", legal_name=name, visibility=Visibility(**visibility)
    )
    return ClientRegistered(state=state)


def case_state(requester: UUID, client: UUID, *excluded: UUID) -> CaseState:
    return CaseState(
        id=new_id(),
        number="K-2026-000001",
        kind="complaint",
        subject="交付延期",
        status="open",
        client_id=client,
        requester_id=requester,
        opened_at=datetime.now(UTC),
        visibility=Visibility(client_id=client, client_users=(requester,), excluded=excluded),
    )


class Stream:
    """What a stream has said so far."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.ended = asyncio.Event()
        self.open = asyncio.Event()

    async def read(self, response: httpx.Response) -> None:
        async for line in response.aiter_lines():
            self.open.set()
            if line.startswith("id: "):
                self.ids.append(line[4:])
            if line.startswith("data: "):
                self.said.append(json.loads(line[6:]))
        self.ended.set()

    def about(self, event: Event[Any]) -> list[dict[str, Any]]:
        return [said for said in self.said if said.get("aggregate_id") == str(event.state.id)]

    async def hears(self, event: Event[Any], seconds: float = 10) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while not self.about(event):
                await asyncio.sleep(0.02)
        return self.about(event)[0]


@asynccontextmanager
async def listening(gateway: Gateway, email: str, last: str | None = None) -> AsyncIterator[Stream]:
    headers = {"Last-Event-ID": last} if last else {}
    async with (
        await gateway.signed_in(email) as client,
        client.stream("GET", "/api/v1/events/stream", headers=headers) as response,
    ):
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream"
        stream = Stream()
        reading = asyncio.create_task(stream.read(response))
        await asyncio.wait_for(stream.open.wait(), 5)
        try:
            yield stream
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def test_a_notification_is_thin_and_reaches_the_firm(gateway: Gateway) -> None:
    async with listening(gateway, "manager@firm.example") as stream:
        event = client_event()
        await publish(gateway, event)
        said = await stream.hears(event)
    assert set(said) == {"id", "type", "aggregate", "aggregate_id", "version", "at"}
    assert said["type"] == "clients.client.registered.v1"


async def test_only_those_who_may_see_it_learn_of_a_case(gateway: Gateway) -> None:
    ids = gateway.ids
    state = case_state(ids["pm@huaxin.example"], HUAXIN, ids["agent2@firm.example"])
    opened, noted = CaseOpened(state=state), CaseNoted(state=state)
    last = client_event()
    async with (
        listening(gateway, "agent@firm.example") as agent,
        listening(gateway, "agent2@firm.example") as about,
        listening(gateway, "pm@huaxin.example") as requester,
        listening(gateway, "ceo@huaxin.example") as colleague,
        listening(gateway, "left@huaxin.example") as left,
        listening(gateway, "pm@hengda.example") as stranger,
    ):
        await publish(gateway, opened)
        await agent.hears(opened)
        await publish(gateway, noted, 2)
        await publish(gateway, last)
        for firm in (agent, about):
            await firm.hears(last)
        await requester.hears(opened)
        await asyncio.sleep(0.3)
        assert about.about(opened) == []
        for outsider in (colleague, left, stranger):
            assert outsider.about(opened) == []
    # That an internal note was written is not told by the type either.
    assert {said["type"] for said in requester.said} == {"desk.case.changed.v1"}


async def test_someone_who_left_the_client_hears_no_more_even_of_own_cases(
    gateway: Gateway,
) -> None:
    left = gateway.ids["left@huaxin.example"]
    event = CaseOpened(state=case_state(left, HUAXIN))
    other = CaseOpened(state=case_state(gateway.ids["pm@hengda.example"], HENGDA))
    async with (
        listening(gateway, "left@huaxin.example") as gone,
        listening(gateway, "pm@hengda.example") as there,
    ):
        await publish(gateway, event)
        await publish(gateway, other)
        await there.hears(other)
        await asyncio.sleep(0.3)
        assert gone.about(event) == []
        assert there.about(event) == []


async def test_what_was_missed_is_sent_after_the_last_id_in_order(gateway: Gateway) -> None:
    async with listening(gateway, "manager@firm.example") as stream:
        first = client_event()
        await publish(gateway, first)
        await stream.hears(first)
        last_id = stream.ids[-1]
    missed = [client_event() for _ in range(5)]
    for event in missed:
        await publish(gateway, event)
    async with listening(gateway, "agent@firm.example") as witness:
        marker = client_event()
        await publish(gateway, marker)
        await witness.hears(marker)
    async with listening(gateway, "manager@firm.example", last_id) as stream:
        await stream.hears(marker)
        heard = [said["aggregate_id"] for said in stream.said]
    expected = [str(event.state.id) for event in (*missed, marker)]
    assert [each for each in heard if each in expected] == expected
    assert str(first.state.id) not in heard


async def test_who_missed_more_than_is_held_is_told_to_load_afresh(gateway: Gateway) -> None:
    async with listening(gateway, "manager@firm.example") as stream:
        event = client_event()
        await publish(gateway, event)
        await stream.hears(event)
    await gateway.sql("UPDATE live_events SET stored_at = stored_at")
    await gateway.sql("DELETE FROM live_events")
    await gateway.sql(
        "INSERT INTO live_events (event_id, type, aggregate, aggregate_id, version, at,"
        " client_users, excluded, roles, stored_at) SELECT gen_random_uuid(),"
        " 'clients.client.changed.v1', 'client', gen_random_uuid(), 1, now(), '{}', '{}', '{}',"
        " now() FROM generate_series(1, 3)"
    )
    async with listening(gateway, "manager@firm.example", "1") as late:
        async with asyncio.timeout(5):
            while not late.said:
                await asyncio.sleep(0.02)
    assert late.said[0]["type"] == "gateway.stream.reset.v1"


async def test_a_stream_beats_and_ends_when_the_session_ends(gateway: Gateway) -> None:
    house = gateway.door.house
    assert house is not None
    runtime = gateway.door.state.runtime
    house.live = LiveStream(runtime.database, house.callers, house.hub, heartbeat=0.5)
    async with listening(gateway, "agent@firm.example") as stream:
        await asyncio.sleep(1.2)
        assert not stream.ended.is_set()
        await gateway.sql("UPDATE sessions SET ended_at = now()")
        await asyncio.wait_for(stream.ended.wait(), 3)


async def test_a_stream_needs_a_sign_in(gateway: Gateway) -> None:
    async with gateway.client() as client:
        assert (await client.get("/api/v1/events/stream")).status_code == 401


async def test_search_finds_by_text_pinyin_and_initials_what_the_caller_may_see(
    gateway: Gateway,
) -> None:
    ids = gateway.ids
    client = client_event("深圳市华信科技股份有限公司")
    case = CaseOpened(
        state=case_state(ids["pm@huaxin.example"], HUAXIN, ids["agent2@firm.example"])
    )
    async with listening(gateway, "agent@firm.example") as stream:
        await publish(gateway, client)
        await publish(gateway, case)
        await stream.hears(client)
        await stream.hears(case)

    async def finds(email: str, query: str, **more: str) -> set[str]:
        async with await gateway.signed_in(email) as searcher:
            answer = await searcher.get("/api/v1/search", params={"q": query, **more})
            assert answer.status_code == 200, answer.text
            return {item["id"] for item in answer.json()["items"]}

    a_client, a_case = str(client.state.id), str(case.state.id)
    for query in ("华信", "信科", "huaxin", "hxkj", "C-000001"):
        assert a_client in await finds("agent@firm.example", query), query
    assert a_case in await finds("agent@firm.example", "延期")
    assert await finds("agent@firm.example", "延期", kind="client") == set()
    assert a_case not in await finds("agent2@firm.example", "延期")
    assert await finds("pm@huaxin.example", "延期") == {a_case}
    assert await finds("pm@huaxin.example", "华信") == set()
    for stranger in ("ceo@huaxin.example", "left@huaxin.example", "pm@hengda.example"):
        assert await finds(stranger, "延期") == set()
