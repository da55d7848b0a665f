"""A request that cannot be taken apart says what is wrong with it, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import orjson
import pytest
from fastapi import FastAPI, Request, UploadFile
from pydantic import Field
from starlette.types import Message

from shared.errors import Unprocessable
from shared.files import require_one
from shared.inputs import Body
from shared.problems import install


class Anything(Body):
    """A body that takes whatever is JSON."""

    value: Any = None


app = FastAPI()
install(app)


@app.post("/json")
async def take(body: Anything) -> None:
    """Take JSON."""


class Bounded(Body):
    """Values with bounds."""

    number: int = Field(le=10)
    day: date = Field(ge=date(1900, 1, 1))


@app.put("/bounded/{record_id}")
async def put_bounded(record_id: UUID, body: Bounded) -> None:
    """Take what is within bounds."""


@app.post("/file")
async def take_file(file: UploadFile, request: Request) -> None:
    """Take one file."""
    await require_one(request, "file")


@app.post("/whole")
async def take_whole(request: Request) -> None:
    """Take whatever comes."""
    await request.body()


async def post(path: str, language: str = "en", **sent: Any) -> httpx.Response:
    """The answer to a POST."""
    return await ask("POST", path, language, **sent)


async def put(path: str, language: str = "en", **sent: Any) -> httpx.Response:
    """The answer to a PUT."""
    return await ask("PUT", path, language, **sent)


async def ask(method: str, path: str, language: str, **sent: Any) -> httpx.Response:
    """The answer to a request."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        headers = {"Accept-Language": language, **sent.pop("headers", {})}
        return await client.request(method, path, headers=headers, **sent)


@pytest.mark.parametrize(
    ("content", "english", "chinese"),
    [
        (b'{"value": "\xff"}', "UTF-8", "UTF-8"),
        (b'{"value": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too deeply", "嵌套过深"),
        (b'{"value": ' + b"9" * 5_000 + b"}", "too many digits", "位数过多"),
    ],
    ids=["no utf-8", "deep", "long number"],
)
async def test_json_that_cannot_be_read(content: bytes, english: str, chinese: str) -> None:
    for language, words in (("en", english), ("zh", chinese)):
        headers = {"Content-Type": "application/json"}
        answer = await post("/json", language, content=content, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_body")
        assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    "parts",
    [
        [("file", ("a.csv", b"a"))] + [("x", (None, b"1"))] * 2_000,
        [("file", ("a.csv", b"a")), ("x", (None, b"1" * 2_000_000))],
        [("file", ("a" * 20_000 + ".csv", b"a"))],
    ],
    ids=["many parts", "large part", "long file name"],
)
async def test_a_form_that_cannot_be_read(parts: Sequence[Any]) -> None:
    answer = await post("/file", files=parts)
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable_body")
    assert "errors" not in answer.json()["detail"]


async def test_of_two_files_none_is_taken() -> None:
    two = [("file", ("a.csv", b"a")), ("file", ("b.csv", b"b"))]
    answer = await post("/file", files=two)
    assert (answer.status_code, answer.json()["code"]) == (422, Unprocessable.code)
    assert answer.json()["errors"][0]["pointer"] == "/file"
    assert (await post("/file", files=two[:1])).status_code == 200


async def test_a_body_that_broke_off_is_not_our_fault() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/whole", "headers": [], "query_string": b""}
    await app(scope, receive, send)
    assert sent[0]["status"] == 400
    assert orjson.loads(sent[1]["body"])["code"] == "unreadable_body"


async def test_a_form_with_parts_that_nobody_knows_is_refused_by_their_names() -> None:
    parts = {"file": ("a.csv", b"x"), "Mode": (None, b"update"), "also": ("b.csv", b"y")}
    answer = await post("/file", files=parts)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/Mode", "/also"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", {"Not more than 10", "Not before 1900-01-01", "This field is not known here"}),
        ("zh", {"不得大于 10", "不得早于 1900-01-01", "不允许的字段"}),
    ],
)
async def test_a_bound_is_said_as_people_write_it(language: str, said: set[str]) -> None:
    sent = {"number": 11, "day": "1899-12-31", "colour": 1}
    answer = await put(f"/bounded/{UUID(int=1)}", language, json=sent)
    assert answer.status_code == 422
    assert {error["detail"] for error in answer.json()["errors"]} == said


async def test_what_can_be_no_id_is_not_found() -> None:
    answer = await put("/bounded/nonsense", json={"number": 1, "day": "2026-11-23"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
