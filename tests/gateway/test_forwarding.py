"""The forward path: what goes on, what comes back, what is refused."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from shared.database import Dsns
from shared.identity import Side
from tests.gateway.support import Gateway, running


async def test_a_request_is_forwarded_with_a_signed_identity(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        answer = await client.get("/api/v1/clients?q=%E5%8D%8E&limit=5")
    seen = answer.json()
    headers = dict(seen["headers"])
    assert seen["raw_path"] == "/api/v1/clients"
    assert seen["query"] == "q=%E5%8D%8E&limit=5"
    actor = gateway.echo.verifier.verify(headers["rapport-identity"])
    assert actor.user_id == gateway.ids["manager@firm.example"]
    assert actor.side is Side.FIRM
    assert "authorization" not in headers and "cookie" not in headers
    left = int(headers["rapport-deadline"]) / 1000 - time.time()
    assert 13 < left <= 15
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_the_signed_token_is_reused(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        tokens = {
            dict((await client.get("/api/v1/clients")).json()["headers"])["rapport-identity"]
            for _ in range(5)
        }
    assert len(tokens) == 1


async def test_bodies_of_every_size_arrive_whole_in_both_directions(gateway: Gateway) -> None:
    async def chunks(count: int) -> AsyncIterator[bytes]:
        for _ in range(count):
            yield b"y" * 50_000

    async with await gateway.signed_in("manager@firm.example") as client:
        for size in (0, 1, 65_536, 65_537, 900_000):
            answer = await client.post("/api/v1/clients", content=b"x" * size)
            assert answer.json()["length"] == size
        chunked = await client.post("/api/v1/clients", content=chunks(15))
        assert chunked.json()["length"] == 750_000
        upload = await client.post("/api/v1/imports", content=b"z" * 20_000_000)
        assert upload.json()["length"] == 20_000_000
        stream = await client.get("/api/v1/clients/stream")
        assert len(stream.content) == 64 * 65_536


async def test_bodies_over_the_limit_are_refused_chunked_ones_too(gateway: Gateway) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b"y" * 50_000

    async with await gateway.signed_in("manager@firm.example") as client:
        declared = await client.post("/api/v1/clients", content=b"x" * 1_000_001)
        assert declared.status_code == 413
        assert declared.json()["code"] == "too_large"
        assert [each["pointer"] for each in declared.json()["errors"]] == [""]
        upload = await client.post("/api/v1/imports", content=b"z" * 64_000_001)
        assert (upload.status_code, upload.json()["code"]) == (413, "too_large")
        try:
            chunked = await client.post("/api/v1/clients", content=chunks())
            assert chunked.status_code == 413
        except httpx.WriteError:
            pytest.fail("the refusal was lost")


async def test_an_anonymous_request_is_refused_before_any_service_sees_it(
    gateway: Gateway,
) -> None:
    async with gateway.client() as client:
        answer = await client.get("/api/v1/clients")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert gateway.echo.received == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v2/clients", 404),
        ("GET", "/api", 404),
        ("POST", "/", 405),
        ("DELETE", "/api/openapi.json", 405),
        ("DELETE", "/api/asyncapi.json", 405),
        ("PUT", "/api/v1/me", 405),
        ("GET", "/api/v1/users/not-an-id", 404),
    ],
)
async def test_every_refusal_is_a_problem_in_the_callers_language(
    gateway: Gateway, method: str, path: str, status: int
) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        for language, letters in (("zh-CN,zh;q=0.9", True), ("en", False)):
            answer = await client.request(method, path, headers={"Accept-Language": language})
            assert answer.status_code == status
            assert answer.headers["content-type"] == "application/problem+json"
            body = answer.json()
            assert body["status"] == status and body["request_id"]
            assert any(ord(letter) > 0x4E00 for letter in body["title"]) == letters


async def test_a_service_that_is_away_is_a_503_with_the_time_to_wait(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    services = {"clients": "http://127.0.0.1:9"}
    away = running(dsns, nats_url, tmp_path, services=services)
    async with away as gateway, await gateway.signed_in("manager@firm.example") as client:
        answer = await client.get("/api/v1/clients")
        assert answer.status_code == 503
        assert answer.json()["code"] == "service_unavailable"
        assert int(answer.headers["retry-after"]) > 0
        ready = await client.get("/readyz")
        assert ready.status_code == 503
        assert ready.json()["checks"]["clients"].startswith("unreachable")
        assert (await client.get("/healthz")).status_code == 200


async def test_a_slow_service_is_a_504_at_the_deadline(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    hasty = running(dsns, nats_url, tmp_path, request_seconds=3.0)
    async with hasty as gateway, await gateway.signed_in("manager@firm.example") as client:
        started = time.perf_counter()
        answer = await client.get("/api/v1/clients/slow")
        took = time.perf_counter() - started
    assert answer.status_code == 504
    assert answer.json()["code"] == "deadline_exceeded"
    assert 2.9 < took < 3.5


async def test_a_504_says_when_to_repeat_what_is_safe_to_repeat(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    hasty = running(dsns, nats_url, tmp_path, request_seconds=3.0)
    methods = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
    async with hasty as gateway, await gateway.signed_in("manager@firm.example") as client:
        slow = (client.request(each, "/api/v1/clients/slow") for each in methods)
        answers = dict(zip(methods, await asyncio.gather(*slow), strict=True))
    assert {answer.status_code for answer in answers.values()} == {504}
    told = {each for each, answer in answers.items() if "retry-after" in answer.headers}
    assert told == {"GET", "HEAD"}
    assert int(answers["GET"].headers["retry-after"]) > 0


async def test_beyond_its_places_a_service_is_spared(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    slowly = running(dsns, nats_url, tmp_path, request_seconds=4.0, service_places=3)
    async with slowly as gateway, await gateway.signed_in("manager@firm.example") as client:
        await client.get("/api/v1/clients")
        slow = [asyncio.create_task(client.get("/api/v1/clients/slow")) for _ in range(3)]
        await asyncio.sleep(0.3)
        shed = await client.get("/api/v1/clients")
        healthy = await client.get("/healthz")
        await asyncio.gather(*slow)
        after = await client.get("/api/v1/clients")
    assert shed.status_code == 503 and shed.headers["retry-after"] == "1"
    assert healthy.status_code == 200
    assert after.status_code == 200


async def test_one_retry_for_safe_and_keyed_requests_none_for_others(gateway: Gateway) -> None:
    tries: list[bytes] = []

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tries.append(await reader.readline())
        writer.close()

    broken = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = broken.sockets[0].getsockname()[1]
    house = gateway.door.house
    assert house is not None
    house.upstreams["clients"].base = f"http://127.0.0.1:{port}"
    async with await gateway.signed_in("manager@firm.example") as client:
        counts = []
        for method, headers in (
            ("GET", {}),
            ("POST", {}),
            ("POST", {"Idempotency-Key": "k"}),
            ("PUT", {}),
            ("DELETE", {}),
        ):
            tries.clear()
            answer = await client.request(method, "/api/v1/clients", headers=headers)
            assert answer.status_code == 503
            counts.append(len(tries))
    broken.close()
    assert counts == [2, 1, 2, 1, 1]


async def test_hundreds_of_callers_hanging_up_leave_nothing_behind(gateway: Gateway) -> None:
    token = await gateway.token("manager@firm.example")

    async def hang_up(number: int) -> None:
        path = ("/api/v1/clients", "/api/v1/users", "/api/v1/me")[number % 3]
        _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        head = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
        writer.write(head.encode())
        await asyncio.sleep(number % 50 / 1000)
        writer.transport.abort()

    for _ in range(10):
        await asyncio.gather(*(hang_up(number) for number in range(60)))
    house = gateway.door.house
    assert house is not None
    for _ in range(100):
        await asyncio.sleep(0.1)
        busy = gateway.door.state.runtime.database.in_use()
        if not any(busy.values()) and not house.upstreams["clients"].in_flight:
            break
    assert not any(busy.values()), busy
    assert house.upstreams["clients"].in_flight == 0
    # The gateway's own loops are inside a transaction now and then, but never for a second.
    await asyncio.sleep(1.5)
    idle = await gateway.sql(
        "SELECT count(*) AS n FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
        " AND datname = current_database() AND state_change < now() - interval '1 second'"
    )
    assert idle[0]["n"] == 0
