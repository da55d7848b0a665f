"""Live updates: what reaches whom, what is missed is sent again, and when a stream ends."""

from __future__ import annotations

import asyncio

import pytest

from gateway.live.store import purge_live_events
from gateway.live.stream import LiveStream
from shared.contracts.desk import CaseNoted, CaseOpened
from shared.contracts.engagements import MemberAdded, MemberEnded, TaskPlanned
from shared.events import Visibility
from shared.ids import new_id
from tests.gateway.support import HENGDA, HUAXIN, Gateway
from tests.gateway.telling import case_state, client_event, listening, place_state, task_state
from tests.support.telling import publish

RESET = "gateway.stream.reset.v1"


async def test_a_notification_is_thin_and_reaches_the_firm(gateway: Gateway) -> None:
    async with listening(gateway, "manager@firm.example") as stream:
        event = client_event()
        await publish(gateway.door.state.runtime.bus, event)
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
        await publish(gateway.door.state.runtime.bus, opened)
        await agent.hears(opened)
        await publish(gateway.door.state.runtime.bus, noted, 2)
        await publish(gateway.door.state.runtime.bus, last)
        for firm in (agent, about):
            await firm.hears(last)
        await requester.hears(opened)
        await asyncio.sleep(0.3)
        assert about.about(opened) == []
        for outsider in (colleague, left, stranger):
            assert outsider.about(opened) == []
    # That an internal note was written is not told by the type either.
    assert {said["type"] for said in requester.about(opened)} == {"desk.case.changed.v1"}


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
        await publish(gateway.door.state.runtime.bus, event)
        await publish(gateway.door.state.runtime.bus, other)
        await there.hears(other)
        await asyncio.sleep(0.3)
        assert gone.about(event) == []
        assert there.about(event) == []


async def test_what_was_missed_is_sent_after_the_last_id_in_order(gateway: Gateway) -> None:
    async with listening(gateway, "manager@firm.example") as stream:
        first = client_event()
        await publish(gateway.door.state.runtime.bus, first)
        await stream.hears(first)
        last_id = stream.ids[-1]
    missed = [client_event() for _ in range(5)]
    for event in missed:
        await publish(gateway.door.state.runtime.bus, event)
    async with listening(gateway, "agent@firm.example") as witness:
        marker = client_event()
        await publish(gateway.door.state.runtime.bus, marker)
        await witness.hears(marker)
    async with listening(gateway, "manager@firm.example", last_id) as stream:
        await stream.hears(marker)
        heard = [said["aggregate_id"] for said in stream.said]
    expected = [str(event.state.id) for event in (*missed, marker)]
    assert [each for each in heard if each in expected] == expected
    assert str(first.state.id) not in heard


async def test_what_was_missed_of_a_record_is_for_those_who_may_know_it_now(
    gateway: Gateway,
) -> None:
    about = gateway.ids["agent2@firm.example"]
    open_to_all = case_state(gateway.ids["pm@huaxin.example"], HUAXIN)
    kept_back = open_to_all.model_copy(update={"visibility": Visibility(excluded=(about,))})
    event, marker = CaseOpened(state=open_to_all), client_event()
    async with listening(gateway, "agent@firm.example") as witness:
        bus = gateway.door.state.runtime.bus
        await publish(bus, event)
        await witness.hears(event)
        await publish(bus, CaseNoted(state=kept_back), 2)
        await witness.hears(event, times=2)
        await publish(bus, marker)
        await witness.hears(marker)
    for email, knows in (("agent2@firm.example", False), ("agent@firm.example", True)):
        async with listening(gateway, email, "1") as late:
            await late.hears(marker)
            assert bool(late.about(event)) is knows


async def test_whoever_left_a_team_is_not_sent_what_they_missed_of_its_tasks_and_members(
    gateway: Gateway,
) -> None:
    """Their records did not change since, so that the lists of each still name who was there."""
    ids, bus = gateway.ids, gateway.door.state.runtime.bus
    people = [ids[f"{who}@huaxin.example"] for who in ("ceo", "pm")]
    people.append(ids["consultant@firm.example"])
    seen = Visibility(
        client_id=HUAXIN,
        engagement_id=new_id(),
        client_users=tuple(people[:2]),
        firm_users=(people[2],),
        roles=("client_manager",),
    )
    places = [
        place_state(one, side, seen)
        for one, side in zip(people, ("client", "client", "firm"), strict=True)
    ]
    markers = [client_event(client_id=HUAXIN, client_users=(one,)) for one in people]
    task = TaskPlanned(state=task_state(seen))
    async with listening(gateway, "manager@firm.example") as witness:
        for state in places:
            await publish(bus, added := MemberAdded(state=state))
            await witness.hears(added)
        await publish(bus, task)
        for state in (places[0], places[2]):
            ended = MemberEnded(state=state.model_copy(update={"status": "ended"}))
            await publish(bus, ended, 2)
            await witness.hears(ended, times=2)
        for marker in markers:
            await publish(bus, marker)
            await witness.hears(marker)
    for email, marker, stayed in (
        ("ceo@huaxin.example", markers[0], False),
        ("pm@huaxin.example", markers[1], True),
        ("consultant@firm.example", markers[2], False),
        ("manager@firm.example", markers[2], True),
    ):
        async with listening(gateway, email, "1") as late:
            await late.hears(marker)
            assert bool(late.about(task)) is stayed, email
            assert bool(late.about(MemberAdded(state=places[1]))) is stayed, email


async def test_who_missed_more_than_is_held_is_told_to_load_afresh(gateway: Gateway) -> None:
    async with listening(gateway, "manager@firm.example") as stream:
        event = client_event()
        await publish(gateway.door.state.runtime.bus, event)
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
    assert late.said[0]["type"] == RESET


async def test_who_comes_back_after_the_ring_forgot_everything_is_told_to_load_afresh(
    gateway: Gateway,
) -> None:
    async with listening(gateway, "manager@firm.example") as stream:
        for event in (client_event(), client_event()):
            await publish(gateway.door.state.runtime.bus, event)
            await stream.hears(event)
    await gateway.sql("UPDATE live_events SET stored_at = stored_at - interval '30 days'")
    newest = (await gateway.sql("SELECT max(position) AS at FROM live_events"))[0]["at"]
    async with gateway.door.state.runtime.database.worker_session() as session:
        await purge_live_events(session)
    async with listening(gateway, "manager@firm.example", str(newest - 2)) as late:
        async with asyncio.timeout(5):
            while not late.said:
                await asyncio.sleep(0.02)
    assert late.said[0]["type"] == RESET


@pytest.mark.parametrize("rows", [0, 1], ids=["an empty ring", "a ring"])
async def test_an_id_beyond_the_newest_is_told_to_load_afresh_and_hears_what_follows(
    gateway: Gateway, rows: int
) -> None:
    bus, event = gateway.door.state.runtime.bus, client_event()
    async with listening(gateway, "agent@firm.example") as witness:
        for _ in range(rows):
            await publish(bus, known := client_event())
            await witness.hears(known)
    async with listening(gateway, "manager@firm.example", "999999999") as ahead:
        async with asyncio.timeout(5):
            while not ahead.said:
                await asyncio.sleep(0.02)
        await publish(bus, event)
        await ahead.hears(event)
    assert [said["type"] for said in ahead.said].count(RESET) == 1
    assert ahead.said[0]["type"] == RESET


async def test_the_newest_id_is_not_told_to_load_afresh(gateway: Gateway) -> None:
    bus, first, event = gateway.door.state.runtime.bus, client_event(), client_event()
    async with listening(gateway, "manager@firm.example") as stream:
        await publish(bus, first)
        await stream.hears(first)
    async with listening(gateway, "manager@firm.example", stream.ids[-1]) as back:
        await publish(bus, event)
        await back.hears(event)
    assert RESET not in {said["type"] for said in back.said}


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


async def test_a_stream_that_is_never_quiet_ends_when_the_session_ends(gateway: Gateway) -> None:
    house = gateway.door.house
    assert house is not None
    runtime = gateway.door.state.runtime
    house.live = LiveStream(runtime.database, house.callers, house.hub, heartbeat=0.5)

    async def never_quiet() -> None:
        while True:
            await publish(runtime.bus, client_event())
            await asyncio.sleep(0.05)

    async with listening(gateway, "agent@firm.example") as stream:
        telling = asyncio.create_task(never_quiet())
        await asyncio.sleep(1.2)
        assert len(stream.said) > 3 and not stream.ended.is_set()
        await gateway.sql("UPDATE sessions SET ended_at = now()")
        await asyncio.wait_for(stream.ended.wait(), 3)
        telling.cancel()


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
        await publish(gateway.door.state.runtime.bus, client)
        await publish(gateway.door.state.runtime.bus, case)
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
