"""Details: one row by key or number, its version, what may be done with it, where it went."""

import asyncpg

from shared.ids import new_id
from tests.shared.reading.conftest import ADMIN, AGENT, CLIENT, STRANGER, Insert, Reader


async def test_a_detail_is_found_by_id_and_by_number(reader: Reader, loan: Insert) -> None:
    made = str(await loan(number="L-2026-000381", version=7))
    for path in (f"/loans/{made}", "/loans/L-2026-000381", f"/loans/{made.upper()}"):
        answer = await reader.get(path)
        assert answer.status_code == 200
        assert answer.json()["id"] == made
        assert answer.headers["etag"] == '"7"'
        assert answer.headers["cache-control"] == "private, no-cache"


async def test_strangers_get_404_as_for_what_is_not_there(reader: Reader, loan: Insert) -> None:
    made = await loan()
    hidden = await reader.get(f"/loans/{made}", STRANGER)
    absent = await reader.get(f"/loans/{new_id()}", STRANGER)
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json() == absent.json()
    assert (await reader.get("/loans/L-000001", STRANGER)).status_code == 404


async def test_if_none_match_is_answered_304(reader: Reader, loan: Insert) -> None:
    path = f"/loans/{await loan(version=7)}"
    for tag in ('"7"', 'W/"7"', '"1", "7"', "*"):
        answer = await reader.get(path, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == '"7"'
    assert (await reader.get(path, headers={"If-None-Match": '"8"'})).status_code == 200


async def test_can_follows_the_policy_and_the_row(reader: Reader, loan: Insert) -> None:
    path = f"/loans/{await loan()}"
    returned = f"/loans/{await loan(status='back')}"
    offered = {
        actor.name: [(await reader.get(p, actor)).json()["can"] for p in (path, returned)]
        for actor in (AGENT, ADMIN, CLIENT)
    }
    assert offered == {
        "Agent": [["close"], []],
        "Admin": [["close", "burn"], ["burn"]],
        "Li": [["ask"], ["ask"]],
    }


async def test_fields_and_audience_hold_for_details(reader: Reader, loan: Insert) -> None:
    path = f"/loans/{await loan(secret='x')}"
    assert list((await reader.get(f"{path}?fields=number", CLIENT)).json()) == ["number", "can"]
    assert (await reader.get(f"{path}?fields=secret", CLIENT)).status_code == 400
    assert (await reader.get(f"{path}?limit=1")).status_code == 400
    assert "secret" not in (await reader.get(path)).json()


async def test_a_merged_record_redirects_those_who_may_see_the_other(
    reader: Reader, loan: Insert, owner: asyncpg.Connection
) -> None:
    made, old = await loan(), new_id()
    await owner.execute("INSERT INTO moved VALUES ($1, $2)", old, made)
    answer = await reader.get(f"/loans/{old}", CLIENT)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/loans/{made}")
    assert (await reader.get(f"/loans/{old}", STRANGER)).status_code == 404


async def test_other_routes_of_the_same_path_keep_working(reader: Reader, loan: Insert) -> None:
    made = await loan()
    assert (await reader.get("/loans/export")).json() == "exported"
    changed = await reader.client.patch(f"/loans/{made}")
    assert changed.json() == "changed"
    assert (await reader.get("/loans/not-a-key")).status_code == 404
    assert (await reader.client.delete("/loans")).status_code == 405


async def test_head_answers_without_a_body(reader: Reader, loan: Insert) -> None:
    made = await loan()
    length = len((await reader.get(f"/loans/{made}")).content)
    request = reader.client.build_request("HEAD", f"/loans/{made}")
    request.headers.update((await reader.get("/loans")).request.headers)
    answer = await reader.client.send(request)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(length)
