"""A long body is whole before a service hears of it: its time is for working, not for waiting."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shared.database import Dsns
from shared.middleware import Gate
from tests.gateway.echo import EchoService
from tests.gateway.senders import LOT, upload
from tests.gateway.support import Gateway, running, serve

SECONDS: float = 3.0
"""For a request, shorter than the uploads here take to come; shipped are 15."""


@pytest.mark.parametrize("chunked", [False, True])
async def test_an_upload_that_takes_longer_than_a_request_may_has_all_of_its_time_once_it_is_whole(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path, chunked: bool
) -> None:
    """Through a real service's gate, which keeps the time and has one place, and through ours."""
    dsns, echo = service_database("gateway"), EchoService()
    service = await serve(Gate(echo, 1, SECONDS, max_body_bytes=64_000_000))
    changes: dict[str, Any] = {"request_seconds": SECONDS, "service_places": 2}
    changes |= {"services": {"clients": service.url}, "arrival_seconds": 2.0}
    try:
        async with running(dsns, nats_url, tmp_path, **changes) as gateway:
            token = await gateway.token("manager@firm.example")
            began = time.time()
            sending = asyncio.create_task(upload(gateway.port, token, 6, chunked=chunked))
            async with gateway.client(headers={"Authorization": f"Bearer {token}"}) as client:
                while not sending.done():
                    assert (await client.get("/api/v1/clients")).status_code == 200
                    await asyncio.sleep(0.2)
            answer = await sending
    finally:
        await service.stop()
    assert answer.startswith(b"HTTP/1.1 200"), answer
    (seen,) = (each for each in echo.received if each["method"] == "POST")
    assert seen["length"] == LOT * 6
    until = int(dict(seen["headers"])["rapport-deadline"]) / 1000
    # The last lot leaves after five seconds; a clock of the call's own had run out by then.
    assert began + 5 + SECONDS - 0.1 < until < time.time() + SECONDS


async def test_a_service_that_is_slow_with_a_long_body_is_a_504_at_the_deadline_all_the_same(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    hasty = running(dsns, nats_url, tmp_path, request_seconds=SECONDS)
    async with hasty as gateway, await gateway.signed_in("manager@firm.example") as client:
        started = time.perf_counter()
        answer = await client.post("/api/v1/imports/slow", content=b"x" * 3_000_000)
        took = time.perf_counter() - started
    assert (answer.status_code, answer.json()["code"]) == (504, "deadline_exceeded")
    assert SECONDS - 0.1 < took < SECONDS + 1


async def test_whoever_is_signed_out_while_their_upload_comes_has_sent_it_for_nothing(
    gateway: Gateway,
) -> None:
    token = await gateway.token("manager@firm.example")
    sending = asyncio.create_task(upload(gateway.port, token, 3))
    await asyncio.sleep(1)
    gone = "UPDATE sessions SET ended_at = now() WHERE user_id = $1"
    await gateway.sql(gone, gateway.ids["manager@firm.example"])
    answer = await sending
    assert answer.startswith(b"HTTP/1.1 401"), answer
    assert not [each for each in gateway.echo.received if each["method"] == "POST"]


async def test_long_bodies_that_there_is_no_room_for_are_refused_until_there_is(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    async with running(dsns, nats_url, tmp_path, arriving_bytes=3 * LOT) as gateway:
        token = await gateway.token("manager@firm.example")
        await _hang_up(gateway, token)
        sending = asyncio.create_task(upload(gateway.port, token, 2))
        await _room(gateway, 2 * LOT)
        async with gateway.client(headers={"Authorization": f"Bearer {token}"}) as client:
            refused = await client.post("/api/v1/imports", content=b"x" * 3 * LOT)
            short = await client.post("/api/v1/imports", content=b"x" * 65_536)
            first = await sending
            for _ in range(3):
                after = await client.post("/api/v1/imports", content=b"x" * 3 * LOT)
                assert after.status_code == 200, after.text
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert short.status_code == 200
    assert first.startswith(b"HTTP/1.1 200")


async def _room(gateway: Gateway, room: int) -> None:
    """Wait until there is room for that many bytes of long bodies."""
    house = gateway.door.house
    assert house is not None
    async with asyncio.timeout(10):
        while house.arrivals.room != room:
            await asyncio.sleep(0.01)


async def _hang_up(gateway: Gateway, token: str) -> None:
    """Leave in the middle of an upload, and wait until the door has noticed."""
    _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    head = f"POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
    writer.write(f"{head}Content-Length: {LOT * 3}\r\n\r\n".encode() + b"a" * LOT * 2)
    await _room(gateway, LOT)
    writer.transport.abort()
    await _room(gateway, 3 * LOT)


async def test_a_long_keyed_body_is_sent_once_more_and_whole_where_the_service_broke_off(
    gateway: Gateway,
) -> None:
    tries, sent = list[bytes](), random.Random(1).randbytes(3_000_000)

    async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        tries.append(await reader.readexactly(len(sent)))
        if len(tries) == 2:
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    broken = await asyncio.start_server(break_off, "127.0.0.1", 0)
    house = gateway.door.house
    assert house is not None
    house.upstreams["clients"].base = f"http://127.0.0.1:{broken.sockets[0].getsockname()[1]}"
    async with await gateway.signed_in("manager@firm.example") as client:
        key = {"Idempotency-Key": "k"}
        answer = await client.post("/api/v1/imports", content=sent, headers=key)
    broken.close()
    assert answer.status_code == 204
    assert tries == [sent, sent]
