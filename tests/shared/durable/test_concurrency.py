"""Of editors who read the same version one wins; the others learn what is there now."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from shared.database import Database, Dsns
from shared.identity import Actor
from shared.ids import new_id
from tests.shared.durable.app import identity, make_app
from tests.shared.durable.conftest import fetch


@pytest.mark.parametrize(
    ("if_match", "status"),
    [
        (None, 428),
        ("*", 428),
        ('"7"', 204),
        ('"6"', 412),
        ('W/"7"', 412),
        ("7", 412),
        ('"7", "8"', 412),
    ],
)
async def test_if_match_must_name_the_current_version(
    database: Database, dsns: Dsns, agent: Actor, if_match: str | None, status: int
) -> None:
    thing = new_id()
    await fetch(dsns, "INSERT INTO things (id, name) VALUES ($1, '7:old')", thing)
    headers = identity(agent) | ({"If-Match": if_match} if if_match else {})
    transport = httpx.ASGITransport(make_app(database))
    async with httpx.AsyncClient(transport=transport, base_url="http://t/api/v1") as http:
        answer = await http.patch(f"/things/{thing}", headers=headers, json={"name": "new"})
    assert answer.status_code == status
    if if_match == "*":
        assert answer.json()["code"] == "if_match_any"
    if status == 412:
        assert answer.json()["current"] == {"name": "old", "version": 7}
        assert answer.headers["ETag"] == '"7"'


async def test_20_editors_race_and_each_version_has_one_winner(
    database: Database, dsns: Dsns, agent: Actor
) -> None:
    thing = new_id()
    await fetch(dsns, "INSERT INTO things (id, name) VALUES ($1, '1:start')", thing)
    transport = httpx.ASGITransport(make_app(database))
    async with httpx.AsyncClient(transport=transport, base_url="http://t/api/v1") as http:
        for version in range(1, 4):
            headers = identity(agent) | {"If-Match": f'"{version}"'}
            answers = await asyncio.gather(
                *(
                    http.patch(f"/things/{thing}", headers=headers, json={"name": str(n)})
                    for n in range(20)
                )
            )
            statuses = sorted(answer.status_code for answer in answers)
            assert statuses == [204] + [412] * 19
