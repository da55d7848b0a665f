"""Any sequence of keyed calls does what a dictionary of answers would."""

from __future__ import annotations

from dataclasses import replace

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.database import Database, Dsns
from shared.identity import Side
from shared.ids import new_id
from tests.shared.durable.app import identity, make_app
from tests.shared.durable.conftest import fetch, person

ACTORS = [person(Side.FIRM, "agent"), person(Side.CLIENT), person(Side.FIRM, "admin")]
CALLS = st.tuples(
    st.sampled_from(range(len(ACTORS))),
    st.sampled_from(["", "k1", "k2"]),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["call", "call", "call", "expire", "lose_role"]),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(calls=st.lists(CALLS, max_size=12))
async def test_keyed_calls_behave_like_a_dictionary(
    database: Database, dsns: Dsns, calls: list[tuple[int, str, str, str]]
) -> None:
    actors = [replace(actor, user_id=new_id()) for actor in ACTORS]
    await fetch(dsns, "DELETE FROM things")
    await fetch(dsns, "DELETE FROM idempotency")
    model: dict[tuple[int, str], tuple[str, str, bool]] = {}
    created = 0
    transport = httpx.ASGITransport(make_app(database))
    async with httpx.AsyncClient(transport=transport, base_url="http://t/api/v1") as http:
        for who, key, name, act in calls:
            if act == "expire":
                model.clear()
                await fetch(dsns, "UPDATE idempotency SET created_at = now() - interval '25 h'")
            if act == "lose_role":
                actors[who] = replace(actors[who], roles=frozenset())
            headers = identity(actors[who]) | ({"Idempotency-Key": key} if key else {})
            answer = await http.post("/things", headers=headers, json={"name": name})
            stored = model.get((who, key))
            full = bool(actors[who].roles) or actors[who].side is Side.CLIENT
            if stored is None:
                assert answer.status_code == 201
                created += 1
                if key:
                    model[who, key] = (name, answer.text, full)
            elif stored[0] != name:
                assert answer.status_code == 422
            elif stored[2] and not full:
                assert answer.status_code == 403
            else:
                assert (answer.status_code, answer.text) == (201, stored[1])
    assert (await fetch(dsns, "SELECT count(*) AS n FROM things"))[0]["n"] == created
