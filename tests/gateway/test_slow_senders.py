"""Whoever sends slowly on purpose is let go; whoever has much to send is waited for."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from gateway.forwarding.protocol import DoorProtocol
from shared.database import Dsns
from tests.gateway.senders import LOT, upload
from tests.gateway.support import running, serve

LIMIT: float = 2.0
"""Seconds for a request to arrive; shipped are 15 (test_shipped_limits)."""


async def test_200_trickling_sockets_are_closed_while_others_are_served(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    async with running(dsns, nats_url, tmp_path, arrival_seconds=LIMIT) as gateway:
        durations = []
        async with await gateway.signed_in("manager@firm.example") as client:
            started = time.monotonic()
            token = await gateway.token("manager@firm.example")
            senders = [_trickle(gateway.port, kind, token) for kind in range(200)]
            closed = [asyncio.create_task(sender) for sender in senders]
            while time.monotonic() - started < 2.0:
                before = time.perf_counter()
                assert (await client.get("/api/v1/clients")).status_code == 200
                durations.append(time.perf_counter() - before)
                await asyncio.sleep(0.02)
        lasted = await asyncio.wait_for(asyncio.gather(*closed), 10)
    assert max(lasted) < 3.5
    assert sorted(durations)[int(len(durations) * 0.99) - 1] < 0.5


async def test_an_upload_that_keeps_coming_is_waited_for(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    """Three times the limit, with a body that comes at a fair rate, and one that stops half way."""
    dsns = service_database("gateway")
    async with running(dsns, nats_url, tmp_path, arrival_seconds=LIMIT) as gateway:
        token = await gateway.token("manager@firm.example")
        whole = await upload(gateway.port, token, seconds=6)
        stopped = await upload(gateway.port, token, seconds=3, announced=LOT * 6)
    assert whole.startswith(b"HTTP/1.1 200")
    assert stopped.startswith(b"HTTP/1.1 408")


async def test_a_body_that_we_hold_up_is_waited_for() -> None:
    """Who does the work does not read for several times the limit; all was sent at once."""
    length, served = 8_000_000, await serve(_busy, http=_patient_for(0.5))
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
        writer.write(head.encode() + b"a" * length)
        answer = await asyncio.wait_for(reader.read(64), 10)
        writer.close()
    finally:
        await served.stop()
    assert answer.startswith(b"HTTP/1.1 204")


async def test_a_body_that_keeps_coming_is_waited_for_until_the_longest_time() -> None:
    protocol = type("Protocol", (_patient_for(0.5),), {"longest_seconds": 1.5})
    served, started = await serve(_reader, http=protocol), time.monotonic()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n")
        answer = asyncio.create_task(reader.read(64))
        while not answer.done() and time.monotonic() - started < 5:
            writer.write(b"a" * LOT)
            await asyncio.sleep(0.1)
        writer.close()
    finally:
        await served.stop()
    assert (await answer).startswith(b"HTTP/1.1 408")
    assert 1.4 < time.monotonic() - started < 3


async def test_a_slow_second_request_of_a_connection_is_told_why_it_is_closed() -> None:
    served = await serve(_busy, http=_patient_for(0.5))
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        first = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        second = await asyncio.wait_for(reader.read(), 10)
        writer.close()
    finally:
        await served.stop()
    assert first.startswith(b"HTTP/1.1 204")
    assert second.startswith(b"HTTP/1.1 408") and b"request_too_slow" in second


@pytest.mark.parametrize("sent", [b"", b"a" * 10])
async def test_the_slow_body_of_an_answered_request_is_closed_without_another_answer(
    sent: bytes,
) -> None:
    served = await serve(_hasty, http=_patient_for(0.5))
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n" + sent)
        told = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        writer.write(b"a")
        with contextlib.suppress(ConnectionError):
            told += await asyncio.wait_for(reader.read(), 10)
        writer.close()
    finally:
        await served.stop()
    assert told.count(b"HTTP/1.1") == 1


def _patient_for(seconds: float) -> type[DoorProtocol]:
    return type("Protocol", (DoorProtocol,), {"arrival_seconds": seconds})


async def _busy(scope: Scope, receive: Receive, send: Send) -> None:
    """Whoever sent something is not listened to for 1.8 seconds."""
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        await asyncio.sleep(1.8)
    await _reader(scope, receive, send)


async def _reader(scope: Scope, receive: Receive, send: Send) -> None:
    while scope["type"] == "http" and (await receive()).get("more_body"):
        pass
    await _hasty(scope, receive, send)


async def _hasty(scope: Scope, _: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def _trickle(port: int, kind: int, token: str) -> float:
    """Say nothing, half a head, or part of a body, a byte at a time; the seconds until closed."""
    started = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    opening = (
        b"",
        b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /api/v1/auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n",
        b"POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 40000000\r\n\r\n",
        b"POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n",
        b"POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n"
        b"Authorization: Bearer " + token.encode() + b"\r\n\r\n",
    )[kind % 6]
    writer.write(opening)
    try:
        while True:
            try:
                got = await asyncio.wait_for(reader.read(4096), 0.2)
                if not got:
                    break
            except TimeoutError:
                if opening:
                    writer.write(b"a")
    except ConnectionError:
        return time.monotonic() - started
    finally:
        writer.close()
    return time.monotonic() - started
