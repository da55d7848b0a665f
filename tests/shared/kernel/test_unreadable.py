"""A request that cannot be taken apart says what is wrong with it, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpx
import orjson
import pytest
from fastapi import FastAPI, Request, UploadFile
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
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        headers = {"Accept-Language": language, **sent.pop("headers", {})}
        return await client.post(path, headers=headers, **sent)


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
