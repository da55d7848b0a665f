"""What must not pass, sent through raw sockets as an attacker would."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.gateway.support import Gateway, running
from tests.support.engines import Engines

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def door(
    engines: Engines, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Gateway]:
    """One gateway for the whole corpus: nothing in it changes anything."""
    dsns = engines.database("gateway")
    async with running(dsns, engines.nats.url, tmp_path_factory.mktemp("door")) as gateway:
        yield gateway
    engines.drop(dsns)


@pytest_asyncio.fixture(loop_scope="module")
async def gateway(door: Gateway) -> Gateway:
    """The gateway, with nothing received yet."""
    door.echo.received.clear()
    return door


async def raw(gateway: Gateway, request: bytes) -> tuple[int, dict[str, object], bytes]:
    """Send bytes as they are; the status, the problem document and the whole answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    writer.write(request)
    await writer.drain()
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length")
    )
    body = await reader.readexactly(length)
    writer.close()
    return int(head.split(b" ")[1]), json.loads(body), head + body


async def request(gateway: Gateway, target: str, *headers: str, body: bytes = b"") -> bytes:
    token = await gateway.known_token("manager@firm.example")
    lines = [f"POST {target} HTTP/1.1" if body else f"GET {target} HTTP/1.1", "Host: localhost"]
    lines += [f"Authorization: Bearer {token}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked", "Content-Length: 5"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: 5", "Content-Length: 5"),
        ("Content-Length: +5",),
        ("Content-Length: 5,5",),
        ("Content-Length: -1",),
        ("Content-Length: 0x5",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding : chunked",),
        ("Transfer-Encoding: gzip, chunked",),
        ("Host: elsewhere", "Content-Length: 5"),
        ("Content-Type: a/b", "Content-Type: c/d", "Content-Length: 5"),
        (" Folded: line", "Content-Length: 5"),
    ],
)
async def test_unclear_lengths_and_doubled_headers_are_400(
    gateway: Gateway, headers: tuple[str, ...]
) -> None:
    status, problem, _ = await raw(
        gateway, await request(gateway, "/api/v1/clients", *headers, body=b"0\r\n\r\n")
    )
    assert status == 400
    assert problem["status"] == 400
    assert gateway.echo.received == []


@pytest.mark.parametrize(
    "target",
    [
        "/api/v1/clients/%2e%2e/users",
        "/api/v1/clients/%2E%2E/users",
        "/api/v1/clients%2fsecret",
        "/api/v1/clients%2Fsecret",
        "/api/v1/clients/..%5cusers",
        "/api/v1//clients",
        "//api/v1/clients",
        "/api/v1/clients/../users",
        "/api/v1/clients/./x",
        "/api/v1/clients/..",
        "/api/v1/clients\\..\\users",
        "/api/v1/clients/%00",
        "/api/v1/clients/%0d%0aX: y",
        "/api/v1/clients/%zz",
        "/api/v1/clients/%",
        "/x/%2e%2e/index.html",
        "/assets//app.js",
    ],
)
async def test_ambiguous_paths_are_400(gateway: Gateway, target: str) -> None:
    status, problem, _ = await raw(gateway, await request(gateway, target))
    assert status == 400
    assert problem["code"] in {"ambiguous_path", "malformed_request"}
    assert gateway.echo.received == []


@pytest.mark.parametrize(
    "spelling",
    [
        "Rapport-Identity",
        "rapport_identity",
        "RAPPORT.IDENTITY",
        "Rapport--Identity",
        "X-Rapport-Identity",
        "Rapport_Request.Id",
        "Rapport-Deadline",
        "Rapport-Client-Address",
        "X-Forwarded-For",
        "x_forwarded_host",
        "Forwarded",
        "X-Real-IP",
    ],
)
async def test_claims_of_identity_from_outside_never_reach_a_service(
    gateway: Gateway, spelling: str
) -> None:
    twice = (f"{spelling}: forged", f"{spelling}: forged again")
    status, _, _ = await raw(gateway, await request(gateway, "/api/v1/clients", *twice))
    assert status == 200
    assert "forged" not in json.dumps(gateway.echo.received)


async def test_connection_cannot_name_our_headers_away(gateway: Gateway) -> None:
    listed = "Connection: keep-alive, Rapport-Identity, X-Private, Rapport-Deadline"
    status, _, _ = await raw(
        gateway, await request(gateway, "/api/v1/clients", listed, "X-Private: 1", "X-Kept: 1")
    )
    assert status == 200
    headers = dict(gateway.echo.received[0]["headers"])
    assert headers["rapport-identity"] and headers["rapport-deadline"]
    assert "x-private" not in headers
    assert headers["x-kept"] == "1"
    assert "connection" not in headers


async def test_identity_headers_do_not_help_at_the_gateways_own_routes(gateway: Gateway) -> None:
    stolen = gateway.door.house
    assert stolen is not None
    status, problem, _ = await raw(
        gateway,
        b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nRapport-Identity: anything\r\n"
        b"rapport_identity: anything\r\n\r\n",
    )
    assert status == 401
    assert problem["code"] == "unauthenticated"


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /api/v1/me HTTP/9.9\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        b"GET /api/v1/me HTTP/1.1\r\nBad Header: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
async def test_what_is_no_http_is_answered_with_a_problem(
    gateway: Gateway, request_bytes: bytes
) -> None:
    status, problem, answer = await raw(gateway, request_bytes)
    assert status == 400
    assert problem["code"] == "malformed_request"
    assert b"application/problem+json" in answer


@pytest.mark.parametrize("upgrade", ["h2c", "websocket", "TLS/1.0"])
async def test_an_upgrade_cannot_hide_a_body(gateway: Gateway, upgrade: str) -> None:
    headers = ("Connection: Upgrade", f"Upgrade: {upgrade}", "Content-Length: 5")
    status, _, _ = await raw(
        gateway, await request(gateway, "/api/v1/clients", *headers, body=b"GET /")
    )
    assert status in {200, 400}
    after, seen, _ = await raw(gateway, await request(gateway, "/api/v1/clients"))
    assert after == 200
    assert seen["method"] == "GET" and seen["raw_path"] == "/api/v1/clients"
    assert all(each["length"] in {0, 5} for each in gateway.echo.received)


@pytest.mark.parametrize(
    "line", [b"CONNECT evil.example:80", b"OPTIONS *", b"GET http://evil.example/api/v1/me"]
)
async def test_other_forms_of_a_target_lead_nowhere(gateway: Gateway, line: bytes) -> None:
    status, problem, _ = await raw(gateway, line + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert status in {400, 401, 404, 405}
    assert problem["status"] == status
    assert gateway.echo.received == []


async def test_a_request_without_a_host_is_refused(gateway: Gateway) -> None:
    status, problem, _ = await raw(gateway, b"GET /api/v1/me HTTP/1.1\r\n\r\n")
    assert (status, problem["code"]) == (400, "no_host")


@pytest.mark.parametrize(
    "head",
    [
        b"".join(b"X-%d: y\r\n" % number for number in range(101)) + b"\r\n",
        b"X-Long: " + b"y" * 66_000 + b"\r\n\r\n",
        b"X-Endless: " + b"y" * 70_000,
    ],
    ids=["many", "long", "endless"],
)
async def test_a_head_larger_than_anybody_needs_is_refused(gateway: Gateway, head: bytes) -> None:
    status, problem, _ = await raw(gateway, b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + head)
    assert (status, problem["code"]) == (431, "headers_too_large")


async def test_what_the_parser_refuses_is_said_in_the_callers_language(gateway: Gateway) -> None:
    head = b"GET /healthz HTTP/1.1\r\nAccept-Language: zh\r\nHost: x\r\nBroken\r\n\r\n"
    status, problem, whole = await raw(gateway, head)
    assert (status, problem["title"]) == (400, "请求格式错误")
    assert b"content-language: zh" in whole


async def test_status_pages_are_only_read(gateway: Gateway) -> None:
    head = b"POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
    status, problem, whole = await raw(gateway, head)
    assert (status, problem["code"]) == (405, "method_not_allowed")
    assert b"allow: get, head" in whole.lower()
