"""On NATS a service says its own facts and hears its own answers, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from nats.aio.client import Client
from nats.errors import TimeoutError as NoAnswer

from deploy.engines import Nats
from deploy.nats_config import NatsUser
from shared.blanking import erase_from_stream
from shared.bus import Bus, BusUnavailable, Outgoing, inbox_of
from shared.bus_rights import rights_of
from shared.events import encode
from shared.ids import new_id
from shared.pull import Pull, acknowledge
from shared.stream_reading import read_stream
from tests.support.engines import Engines

OPERATOR = NatsUser("rapport", "the operator's")
USERS = (OPERATOR, *(NatsUser(name, f"{name}'s", rights_of(name)) for name in ("clients", "desk")))
SOON = 0.5


@pytest.fixture(scope="module")
def guarded(engines: Engines) -> Iterator[Nats]:
    """A nats-server with a user per service."""
    with Nats(engines.home / "nats-guarded", users=USERS) as server:
        yield server


@pytest.fixture
async def bus(guarded: Nats) -> AsyncIterator[Callable[[str], Bus]]:
    """Buses of users, by name; the two streams are there."""
    made: dict[str, Bus] = {}

    def of(name: str) -> Bus:
        user = next(each for each in USERS if each.name == name)
        return made.setdefault(name, Bus(guarded.url_for(user), name=name))

    for name in ("clients", "desk"):
        await of(name).ensure_stream(name)
    yield of
    for each in made.values():
        await each.close()


async def connect(guarded: Nats, user: NatsUser) -> tuple[Client, list[str]]:
    """A plain connection of a user, and what the server refuses it."""
    client, refused = Client(), []

    async def note(error: Exception) -> None:
        refused.append(str(error))

    await client.connect(guarded.url_for(user), error_cb=note)
    return client, refused


async def test_a_service_publishes_its_facts_and_follows_anothers(
    bus: Callable[[str], Bus],
) -> None:
    desk, clients = bus("desk"), bus("clients")
    facts = [Outgoing("clients.client.changed.v1", b"%d" % n, f"fact {n}") for n in range(3)]
    assert len(await clients.publish_batch(facts)) == 3
    assert len(await clients.publish_each(facts[:1])) == 1
    await desk.ensure_consumer("clients", "desk", ["clients.>"], ack_wait=1)
    pull = Pull(desk, "clients", "desk")
    await pull.open()
    lot = await pull.lot()
    await acknowledge(desk, lot)
    assert [delivery.data for delivery in lot][:3] == [b"0", b"1", b"2"]
    await asyncio.sleep(1.2)
    info = await desk.consumer_info("clients", "desk")
    assert (info["num_ack_pending"], info["num_redelivered"]) == (0, 0), "acknowledgements arrive"
    await pull.close()
    await clients.erase("clients", 1)
    left = [each.data async for each in read_stream(bus("rapport"), "clients", reader="look")]
    assert b"0" not in left


async def test_a_publisher_may_erase_people_from_its_own_stream(bus: Callable[[str], Bus]) -> None:
    clients, person = bus("clients"), new_id()
    facts = [
        Outgoing("clients.contact.added.v1", _fact(person if n % 2 else new_id()), f"about {n}")
        for n in range(4)
    ]
    await clients.publish_each(facts)
    assert await erase_from_stream(clients, "clients", {person}) == 2
    assert await erase_from_stream(clients, "clients", {person}) == 0


def _fact(person: UUID) -> bytes:
    """An event about a person, as the outbox sends it."""
    return encode(
        {
            "id": new_id(), "type": "clients.contact.added.v1", "aggregate_id": person, "epoch": 1,
            "version": 1, "starts_epoch": True, "subject_ids": [person], "actor_id": None,
            "occurred_at": datetime(2026, 11, 23, tzinfo=UTC), "historical": False,
            "traceparent": None, "data": b"{}",
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("what", "subject"),
    [
        ("publish another's facts", "clients.client.changed.v1"),
        ("delete another's stream", "$JS.API.STREAM.DELETE.CLIENTS"),
        ("purge another's stream", "$JS.API.STREAM.PURGE.CLIENTS"),
        ("change another's stream", "$JS.API.STREAM.UPDATE.CLIENTS"),
        ("erase another's fact", "$JS.API.STREAM.MSG.DELETE.CLIENTS"),
        ("take another's messages", "$JS.API.CONSUMER.MSG.NEXT.DESK.clients"),
        ("search another's stream", "$JS.API.CONSUMER.INFO.CLIENTS.desk-eraser"),
        ("delete another's consumer", "$JS.API.CONSUMER.DELETE.DESK.clients"),
        ("acknowledge for another", "$JS.ACK.DESK.clients.1.1.1.1.0"),
        ("answer in another's place", f"{inbox_of('clients')}.x"),
    ],
)
async def test_a_service_is_refused(
    guarded: Nats, bus: Callable[[str], Bus], what: str, subject: str
) -> None:
    before = await bus("clients").stream_identity("clients")
    desk, refused = await connect(guarded, USERS[2])
    await desk.publish(subject, b"{}")
    await desk.flush()
    await asyncio.sleep(0.05)
    await desk.close()
    assert len(refused) == 1 and "permissions violation" in refused[0].lower(), what
    assert await bus("clients").stream_identity("clients") == before


async def test_nobody_reads_what_is_answered_to_another(
    guarded: Nats, bus: Callable[[str], Bus]
) -> None:
    desk, refused = await connect(guarded, USERS[2])
    heard: list[bytes] = []

    async def listen(message: object) -> None:
        heard.append(b"something")

    for subject in (f"{inbox_of('clients')}.>", "_INBOX.>", ">", "clients.>", "$JS.API.>"):
        await desk.subscribe(subject, cb=listen)
    await desk.flush()
    await bus("clients").stream_identity("clients")
    await asyncio.sleep(0.1)
    await desk.close()
    assert len(refused) == 5
    assert heard == []


async def test_the_operator_may_do_what_services_may_not(bus: Callable[[str], Bus]) -> None:
    await bus("rapport").api("STREAM.PURGE.CLIENTS")
    await bus("rapport").ensure_consumer("clients", "some-reader", ["clients.>"])
    await bus("rapport").delete_consumer("clients", "some-reader")


async def test_without_a_password_nobody_comes_in(guarded: Nats) -> None:
    stranger = Bus(guarded.url, name="desk")
    with pytest.raises(BusUnavailable):
        await stranger.client()


async def test_the_bus_tells_of_a_refused_request_by_no_answer(
    guarded: Nats,
) -> None:
    desk, _ = await connect(guarded, USERS[2])
    with pytest.raises(NoAnswer):
        await desk.request("$JS.API.STREAM.DELETE.CLIENTS", timeout=SOON)
    await desk.close()
