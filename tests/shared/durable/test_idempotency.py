"""Repeating a POST with the same key does the work once and tells nobody else."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.answers import purge_idempotency
from shared.body_digest import BodyDigest
from shared.database import Database, Dsns
from shared.history import OCCURRED_AT
from shared.identity import Actor, Importer, Side
from shared.ids import new_id
from tests.shared.durable.app import PUBLIC_KEY, identity, make_app
from tests.shared.durable.conftest import fetch, person


@pytest.fixture
async def http(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(make_app(database))
    async with httpx.AsyncClient(transport=transport, base_url="http://t/api/v1") as client:
        yield client


async def post(
    http: httpx.AsyncClient, actor: Actor, key: str | None, path: str = "/things", **body: Any
) -> httpx.Response:
    headers = identity(actor) | ({"Idempotency-Key": key} if key else {})
    if not body:
        body = {"json": {"name": "n"}}
    return await http.post(path, headers=headers, **body)


async def rows(dsns: Dsns) -> int:
    return int((await fetch(dsns, "SELECT count(*) FROM things"))[0][0])


@pytest.mark.parametrize("side", [Side.FIRM, Side.CLIENT])
async def test_the_second_call_answers_what_the_first_did(
    http: httpx.AsyncClient, dsns: Dsns, side: Side
) -> None:
    actor = person(side)
    first = await post(http, actor, "k")
    second = await post(http, actor, "k")
    assert first.status_code == second.status_code == 201
    assert second.content == first.content
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert await rows(dsns) == 1


@pytest.mark.parametrize("names", [[], ["a", "b"]])
async def test_an_answer_that_is_a_list_is_given_again_an_empty_one_too(
    http: httpx.AsyncClient, agent: Actor, names: list[str]
) -> None:
    first = await post(http, agent, "k", path="/lots", json=names)
    second = await post(http, agent, "k", path="/lots", json=names)
    assert (second.status_code, second.content) == (201, first.content)
    assert len(first.json()) == len(names)


async def test_50_parallel_calls_with_one_key_make_one_row(
    http: httpx.AsyncClient, dsns: Dsns, agent: Actor
) -> None:
    answers = await asyncio.gather(*(post(http, agent, "k") for _ in range(50)))
    created = [answer for answer in answers if answer.status_code == 201]
    refused = [answer for answer in answers if answer.status_code == 409]
    assert len(created) + len(refused) == 50
    assert len({answer.content for answer in created}) == 1
    assert {answer.json()["code"] for answer in refused} <= {"idempotency_key_in_use"}
    assert await rows(dsns) == 1


async def test_without_a_key_each_call_creates(
    http: httpx.AsyncClient, dsns: Dsns, agent: Actor
) -> None:
    await post(http, agent, None)
    await post(http, agent, None)
    assert await rows(dsns) == 2


async def test_the_same_key_with_another_body_is_refused(
    http: httpx.AsyncClient, dsns: Dsns, agent: Actor
) -> None:
    await post(http, agent, "k")
    answer = await post(http, agent, "k", json={"name": "other"})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert await rows(dsns) == 1


async def test_the_same_key_of_another_actor_sees_nothing(
    http: httpx.AsyncClient, dsns: Dsns, agent: Actor
) -> None:
    mine = await post(http, agent, "k")
    theirs = await post(http, person(Side.CLIENT), "k")
    assert theirs.status_code == 201
    assert theirs.json()["id"] != mine.json()["id"]
    assert await rows(dsns) == 2


async def test_a_failed_call_is_not_remembered(
    http: httpx.AsyncClient, dsns: Dsns, agent: Actor
) -> None:
    assert (await post(http, agent, "k", json={"nome": 1})).status_code == 422
    assert (await post(http, agent, "k")).status_code == 201
    assert await rows(dsns) == 1


@pytest.mark.parametrize("key", ["", "a b", "ü".encode(), "x" * 201])
async def test_a_malformed_key_is_refused(
    http: httpx.AsyncClient, dsns: Dsns, agent: Actor, key: str | bytes
) -> None:
    headers: Any = identity(agent) | {"Idempotency-Key": key}
    answer = await http.post("/things", headers=headers, json={"name": "n"})
    assert answer.status_code in {400, 422}
    assert await rows(dsns) == 0


async def test_a_replay_is_authorised_again(http: httpx.AsyncClient, dsns: Dsns) -> None:
    live = person(Side.CLIENT, client_id=new_id())
    assert (await post(http, live, "k")).status_code == 201
    left = replace(live, client_id=None)
    answer = await post(http, left, "k")
    assert (answer.status_code, answer.json()["code"]) == (403, "replay_refused")
    promoted = replace(live, roles=frozenset({"client_pm"}))
    assert (await post(http, promoted, "k")).status_code == 201
    assert await rows(dsns) == 1


async def test_a_replay_asks_whether_the_record_is_still_visible(
    http: httpx.AsyncClient, dsns: Dsns, agent: Actor
) -> None:
    assert (await post(http, agent, "k", "/guarded")).status_code == 201
    assert (await post(http, agent, "k", "/guarded")).status_code == 201
    await fetch(dsns, "DELETE FROM things")
    assert (await post(http, agent, "k", "/guarded")).status_code == 404


async def test_secrets_shown_once_are_not_stored(
    http: httpx.AsyncClient, dsns: Dsns, agent: Actor
) -> None:
    first = await post(http, agent, "k", "/secrets", content=b"")
    second = await post(http, agent, "k", "/secrets", content=b"")
    assert first.json()["key"] == "rk_very_secret"
    assert second.json() == first.json() | {"key": None}
    [stored] = await fetch(dsns, "SELECT idempotency::text AS row FROM idempotency")
    assert "very_secret" not in stored["row"]


async def test_uploads_are_compared_by_content_not_by_boundary(
    http: httpx.AsyncClient, dsns: Dsns, agent: Actor
) -> None:
    big = os.urandom(300_000)
    first = await post(http, agent, "k", "/uploads", files={"file": ("a.bin", big)})
    again = await post(http, agent, "k", "/uploads", files={"file": ("a.bin", big)})
    other = await post(http, agent, "k", "/uploads", files={"file": ("a.bin", big[::-1])})
    assert first.request.headers["Content-Type"] != again.request.headers["Content-Type"]
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert await rows(dsns) == 1


async def test_an_answer_a_minute_younger_than_24_hours_is_replayed(
    http: httpx.AsyncClient, database: Database, dsns: Dsns, agent: Actor
) -> None:
    first = await post(http, agent, "k")
    await age_and_purge(database, dsns, "23 hours 59 minutes")
    second = await post(http, agent, "k")
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.content == first.content
    assert await rows(dsns) == 1


async def test_answers_are_forgotten_after_24_hours(
    http: httpx.AsyncClient, database: Database, dsns: Dsns, agent: Actor
) -> None:
    await post(http, agent, "k")
    await age(dsns, "24 hours 1 second")
    assert "Idempotency-Replayed" not in (await post(http, agent, "k")).headers
    assert await rows(dsns) == 2
    await age_and_purge(database, dsns, "24 hours 1 second")
    assert await fetch(dsns, "SELECT 1 FROM idempotency") == []


async def age(dsns: Dsns, interval: str) -> None:
    """Make every stored answer look as old as `interval` says."""
    await fetch(dsns, f"UPDATE idempotency SET created_at = now() - interval '{interval}'")


async def age_and_purge(database: Database, dsns: Dsns, interval: str) -> None:
    """Make every stored answer that old, and run the job that forgets the old ones."""
    await age(dsns, interval)
    async with database.worker_session() as session:
        await purge_idempotency(session)


async def test_the_answer_to_imported_history_is_kept_from_when_it_was_entered(
    http: httpx.AsyncClient, database: Database, dsns: Dsns, agent: Actor
) -> None:
    importing = replace(agent, importer=Importer(agent.user_id, agent.name))
    headers = identity(importing) | {
        OCCURRED_AT: "2020-05-18T09:30:00+08:00",
        "Idempotency-Key": "k",
    }
    first = await http.post("/things", headers=headers, json={"name": "n"})
    async with database.worker_session() as session:
        await purge_idempotency(session)
    second = await http.post("/things", headers=headers, json={"name": "n"})
    assert second.content == first.content
    assert second.headers["Idempotency-Replayed"] == "true"
    assert await rows(dsns) == 1


SERVER = """
import asyncio, socket, sys
import uvicorn
from shared.database import Database, Dsns
from tests.shared.durable.app import make_app

async def main():
    database = Database(Dsns(*sys.argv[1:5]))
    await database.open()
    config = uvicorn.Config(make_app(database, sys.argv[5]), log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    listener = socket.socket(fileno=int(sys.argv[6]))
    print("ready", flush=True)
    await server.serve(sockets=[listener])

asyncio.run(main())
"""


async def test_killed_between_commit_and_response_the_retry_returns_the_original(
    http: httpx.AsyncClient, dsns: Dsns, agent: Actor
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SERVER, dsns.owner, dsns.firm, dsns.client, dsns.worker,
            PUBLIC_KEY, str(listener.fileno()), pass_fds=[listener.fileno()],
            env=os.environ | {"CRASH": "1"}, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
    assert server.stdout is not None
    await server.stdout.readline()
    headers = identity(agent) | {"Idempotency-Key": "k"}
    url = f"http://127.0.0.1:{port}/api/v1/things"
    async with httpx.AsyncClient() as direct:
        with pytest.raises(httpx.TransportError):
            await direct.post(url, headers=headers, json={"name": "crash"})
    assert await server.wait() == -9
    retry = await post(http, agent, "k", json={"name": "crash"})
    [thing] = await fetch(dsns, "SELECT id FROM things")
    assert retry.status_code == 201
    assert retry.json()["id"] == str(thing["id"])


@given(content=st.binary(max_size=200), cuts=st.lists(st.integers(0, 260), max_size=6))
def test_the_sum_of_an_upload_depends_neither_on_boundary_nor_on_chunks(
    content: bytes, cuts: list[int]
) -> None:
    def total(boundary: bytes, places: list[int]) -> bytes:
        body = b"--" + boundary + b"\r\n\r\n" + content + b"\r\n--" + boundary + b"--\r\n"
        digest = BodyDigest(f"multipart/form-data; boundary={boundary.decode()}")
        edges = [0, *sorted(places), len(body)]
        for start, end in pairwise(edges):
            digest.feed(body[start:end])
        return digest.finish("")

    assert total(b"Xq81-first-0001", []) == total(b"Zr92-second-000002", cuts)
