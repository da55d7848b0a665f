"""Dead letters over the API: administrators read them, have them handled again or give them up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson

from services.desk.cases.actions import take_over_client
from shared.blanking import blank_payloads
from shared.contracts.clients import ClientRegistered, ClientState
from shared.deadletters import bury
from shared.events import decode
from shared.ids import new_id
from shared.subscriber import Subscription
from tests.contracts.examples import example
from tests.services.desk.conftest import Desk

LETTERS = "/services/desk/dead-letters"
KEEPS_CLIENTS = Subscription(ClientState, take_over_client).name


async def buried(
    desk: Desk,
    *,
    data: dict[str, Any] | None = None,
    visibility: dict[str, Any] | None = None,
    subjects: str | None = None,
    error: str = "ValueError: 华信科技有限公司 does not fit",
) -> tuple[UUID, UUID]:
    """A letter about a client that the desk does not know; the letter's id and the client's."""
    client = new_id()
    state = {"id": str(client), "number": "C-000009", "legal_name": "新客户有限公司"}
    state |= (data or {}) | {"visibility": visibility or {}}
    body = example(ClientRegistered) | {"id": str(new_id()), "subject": str(client), "data": state}
    body |= {"epoch": 1, "version": 1, "subjectids": subjects}
    message = orjson.dumps(body)
    async with desk.app.state.runtime.database.worker_session() as session:
        await bury(
            session,
            publisher="clients",
            subscription=KEEPS_CLIENTS,
            type_=body["type"],
            envelope=decode(message),
            message=message,
            error=error,
        )
    rows = await desk.rows("SELECT id FROM dead_letters WHERE aggregate_id = $1", client)
    return rows[0]["id"], client


async def trail(desk: Desk, record: UUID) -> list[dict[str, Any]]:
    """Who did what to a record."""
    rows = await desk.rows(
        "SELECT actor_id, action, subject_kind, after FROM audit WHERE subject_id = $1", record
    )
    return [dict(row) for row in rows]


async def test_an_administrator_reads_what_failed_why_and_what_it_says(desk: Desk) -> None:
    letter, client = await buried(desk)
    listed = await desk.get(desk.cast.admin, LETTERS)
    assert listed["total"] == 1
    (told,) = listed["items"]
    assert told["id"] == str(letter)
    assert told["record_id"] == str(client)
    assert told["type"] == "clients.client.registered.v1"
    assert told["subscription"] == KEEPS_CLIENTS
    assert told["error"] == "ValueError: 华信科技有限公司 does not fit"
    assert told["data"]["legal_name"] == "新客户有限公司"
    assert "visibility" not in told["data"]  # for other services alone


async def test_letters_are_read_by_pages_newest_first_each_once(desk: Desk) -> None:
    buried_ids = [str((await buried(desk))[0]) for _ in range(5)]
    # Two that died in one instant are told apart by their ids.
    await desk.rows(
        "UPDATE dead_letters SET died_at = (SELECT max(died_at) FROM dead_letters)"
        " WHERE id = $1 RETURNING id",
        UUID(buried_ids[3]),
    )
    admin, seen, path = desk.cast.admin, [], f"{LETTERS}?limit=2"
    page = await desk.get(admin, path)
    while cursor := page["next_cursor"]:
        assert (len(page["items"]), page["total"]) == (2, 5)
        seen += page["items"]
        page = await desk.get(admin, f"{path}&cursor={cursor}")
    seen += page["items"]
    assert [each["id"] for each in seen] == buried_ids[::-1]
    assert (await desk.get(admin, f"{LETTERS}?limit=5"))["next_cursor"] is None
    refused = await desk.get(admin, f"{LETTERS}?cursor=elsewhere", status=400)
    assert refused["errors"][0]["pointer"] == "?cursor"


async def test_a_replayed_letter_has_its_effect_is_gone_and_stands_in_the_trail(desk: Desk) -> None:
    letter, client = await buried(desk)
    await desk.call(desk.cast.admin, "POST", f"{LETTERS}/{letter}/replay", status=204)
    names = await desk.rows("SELECT name FROM client_refs WHERE id = $1", client)
    assert [row["name"] for row in names] == ["新客户有限公司"]
    assert (await desk.get(desk.cast.admin, LETTERS))["items"] == []
    (row,) = await trail(desk, client)
    assert (row["actor_id"], row["action"]) == (desk.cast.admin.user_id, "dead-letter:replay")
    assert row["subject_kind"] == "client"
    assert str(letter) in row["after"]
    await desk.call(desk.cast.admin, "POST", f"{LETTERS}/{letter}/replay", status=404)


async def test_a_letter_that_fails_again_is_kept_and_nothing_is_changed(desk: Desk) -> None:
    letter, client = await buried(desk, data={"legal_name": None})
    answer = await desk.call(desk.cast.admin, "POST", f"{LETTERS}/{letter}/replay", status=409)
    assert answer.json()["code"] == "still_fails"
    assert "ValidationError" in answer.json()["detail"]
    assert len((await desk.get(desk.cast.admin, LETTERS))["items"]) == 1
    assert await trail(desk, client) == []


async def test_a_discarded_letter_never_has_its_effect_and_stands_in_the_trail(desk: Desk) -> None:
    letter, client = await buried(desk)
    await desk.call(desk.cast.admin, "POST", f"{LETTERS}/{letter}/discard", status=204)
    assert await desk.rows("SELECT 1 FROM client_refs WHERE id = $1", client) == []
    assert (await desk.get(desk.cast.admin, LETTERS))["items"] == []
    (row,) = await trail(desk, client)
    assert (row["actor_id"], row["action"]) == (desk.cast.admin.user_id, "dead-letter:discard")
    await desk.call(desk.cast.admin, "POST", f"{LETTERS}/{letter}/discard", status=404)


async def test_whoever_a_record_is_about_learns_nothing_of_its_letter(desk: Desk) -> None:
    admin = desk.cast.admin
    letter, _ = await buried(desk, visibility={"excluded": [str(admin.user_id)]})
    assert await desk.get(admin, LETTERS) == {"items": [], "next_cursor": None, "total": 0}
    for act in ("replay", "discard"):
        await desk.call(admin, "POST", f"{LETTERS}/{letter}/{act}", status=404)
    await buried(desk)
    first = await desk.get(admin, f"{LETTERS}?limit=1")
    assert (len(first["items"]), first["total"]) == (1, 1), "nor by counting, on no page"
    assert len(await desk.rows("SELECT 1 FROM dead_letters")) == 2


async def test_what_is_for_other_roles_is_listed_without_what_it_says(desk: Desk) -> None:
    await buried(desk, visibility={"roles": ["partner"]})
    (told,) = (await desk.get(desk.cast.admin, LETTERS))["items"]
    assert (told["data"], told["error"], told["erased"]) == (None, "ValueError", False)


async def test_an_erased_person_leaves_a_letter_that_says_nothing(desk: Desk) -> None:
    person = new_id()
    letter, client = await buried(desk, subjects=str(person))
    async with desk.app.state.runtime.database.worker_session() as session:
        await blank_payloads(session, person)
    (told,) = (await desk.get(desk.cast.admin, LETTERS))["items"]
    assert (told["data"], told["error"], told["erased"]) == (None, "", True)
    await desk.call(desk.cast.admin, "POST", f"{LETTERS}/{letter}/replay", status=204)
    assert await desk.rows("SELECT 1 FROM client_refs WHERE id = $1", client) == []


async def test_what_is_no_event_is_listed_and_can_be_given_up(desk: Desk) -> None:
    async with desk.app.state.runtime.database.worker_session() as session:
        await bury(
            session, publisher="clients", subscription=None, type_="clients.client.registered.v1",
            envelope=None, message=b"{not json", error="JSONDecodeError: not json",
        )  # fmt: skip
    (told,) = (await desk.get(desk.cast.admin, LETTERS))["items"]
    assert (told["record_id"], told["data"], told["erased"]) == (None, None, False)
    await desk.call(desk.cast.admin, "POST", f"{LETTERS}/{told['id']}/replay", status=409)
    await desk.call(desk.cast.admin, "POST", f"{LETTERS}/{told['id']}/discard", status=204)


async def test_only_administrators_read_and_decide(desk: Desk) -> None:
    letter, _ = await buried(desk)
    for actor in (desk.cast.lead, desk.cast.agent, desk.cast.pm):
        await desk.call(actor, "GET", LETTERS, status=403)
        for act in ("replay", "discard"):
            await desk.call(actor, "POST", f"{LETTERS}/{letter}/{act}", status=403)
    assert len(await desk.rows("SELECT 1 FROM dead_letters")) == 1
