"""The gate: a bounded number at work, a bounded line, a deadline, a body limit, a problem each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from shared import deadline, middleware
from shared.middleware import Gate
from shared.telemetry import log


class Slow:
    """Answers after `seconds` and remembers how many were at work at once."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.now = self.most = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await Request(scope, receive).body()
            await asyncio.sleep(self.seconds)
            await PlainTextResponse("ok")(scope, receive, send)
        finally:
            self.now -= 1


def client(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


def gate(app: ASGIApp, **options: int) -> Gate:
    return Gate(
        app,
        places=options.get("places", 2),
        request_seconds=options.get("seconds", 15),
        max_body_bytes=100,
        waiting=options.get("waiting", 2),
    )


async def test_no_more_than_the_places_work_at_once_and_the_rest_is_shed() -> None:
    app = Slow(0.1)
    async with client(gate(app)) as http:
        answers = await asyncio.gather(*(http.get("/") for _ in range(10)))
    assert app.most == 2
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [503] * 6
    shed = next(answer for answer in answers if answer.status_code == 503)
    assert shed.headers["retry-after"] and shed.json()["code"] == "overloaded"


async def test_a_packed_body_is_refused() -> None:
    async with client(gate(Slow(0))) as http:
        for encoding, status in (("gzip", 415), ("Identity", 200)):
            headers = {"Content-Encoding": encoding}
            assert (await http.post("/", content=b"{}", headers=headers)).status_code == status


async def test_health_is_never_shed() -> None:
    app = Slow(0.1)
    async with client(gate(app, waiting=0)) as http:
        answers = await asyncio.gather(*(http.get("/healthz") for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}


async def test_those_who_gave_up_in_line_leave_no_gap() -> None:
    gated = gate(Slow(0.05), places=1)
    async with client(gated) as http:
        first = asyncio.create_task(http.get("/"))
        await asyncio.sleep(0.01)
        second = asyncio.create_task(http.get("/"))
        await asyncio.sleep(0.01)
        second.cancel()
        await first
        answers = [await http.get("/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3


async def test_whose_turn_comes_too_late_is_refused_and_not_begun_in_vain() -> None:
    app = Slow(0.2)
    async with client(gate(app, places=1, waiting=200, seconds=2)) as http:
        answers = await asyncio.gather(*(http.get("/") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200, 503}, "begun in vain"
    assert {answer.json()["code"] for answer in answers if answer.status_code == 503} == {
        "overloaded"
    }


async def test_the_deadline_of_the_caller_is_kept() -> None:
    async with client(gate(Slow(5))) as http:
        started = time.monotonic()
        until = {deadline.HEADER: str(int((time.time() + 0.2) * 1000))}
        answer = await http.get("/", headers=until | {"accept-language": "zh"})
    assert answer.status_code == 504
    assert answer.json()["title"] == "处理超时"
    assert time.monotonic() - started < 0.7


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_the_limit_is_refused(chunked: bool) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 10

    async with client(gate(Slow(0))) as http:
        answer = await http.post("/", content=chunks() if chunked else b"x" * 200)
    assert answer.status_code == 413
    assert answer.json()["request_id"] == answer.headers["rapport-request-id"]


async def test_whatever_breaks_is_answered_with_a_problem_document() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    async with client(gate(broken)) as http:
        answer = await http.get("/")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["rapport-request-id"]


async def test_a_log_line_names_the_request_and_its_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    with capture_logs(processors=[merge_contextvars]) as logged:
        # Loggers keep the setting of their first line; a new one has that of now.
        monkeypatch.setattr(middleware, "_log", log("gate"))
        async with client(gate(broken)) as http:
            headers = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
            answer = await http.get("/", headers=headers)
    (line,) = [line for line in logged if line["event"] == "request_failed"]
    assert line["trace"] == trace
    assert line["request_id"] == answer.headers["rapport-request-id"]
