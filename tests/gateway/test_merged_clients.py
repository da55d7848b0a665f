"""Whoever was with a client that became part of another is with that one at once."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from shared.contracts.clients import ClientMerged, ClientRegistered, ClientSplit, ClientState
from shared.contracts.desk import CaseOpened, CaseState
from shared.contracts.engagements import MemberAdded
from shared.database import Dsns
from shared.events import Event, Visibility
from shared.identity import HEADER, Actor
from shared.ids import new_id
from tests.gateway.support import HENGDA, HUAXIN, Gateway, running
from tests.gateway.telling import case_state
from tests.gateway.test_memberships import my_places, place, until
from tests.support.merging import client, merged
from tests.support.streams import forget_everything
from tests.support.telling import publish

PM, RIVAL = "pm@huaxin.example", "pm@hengda.example"
BELIEVED_SECONDS = 45.0


@pytest.fixture
async def believing(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> AsyncIterator[Gateway]:
    """A gateway that believes a session for most of a minute unless it hears otherwise."""
    await forget_everything(nats_url)
    changes: dict[str, Any] = {"live_revocation_seconds": BELIEVED_SECONDS}
    dsns = service_database("gateway")
    async with running(dsns, nats_url, tmp_path, **changes) as gateway:
        yield gateway


async def tell(gateway: Gateway, event: Event[Any], version: int = 1) -> None:
    """Something the other services tell."""
    await publish(gateway.door.state.runtime.bus, event, version)


async def tell_merge(gateway: Gateway) -> ClientState:
    """Huaxin becomes part of Hengda."""
    for client_id in (HUAXIN, HENGDA):
        await tell(gateway, ClientRegistered(state=client(client_id)))
    state = merged(HUAXIN, HENGDA)
    await tell(gateway, ClientMerged(state=state), 2)
    return state


async def actor_of(gateway: Gateway, email: str) -> Actor:
    """Who the services are told that somebody is, by the session that they have."""
    headers = {"Authorization": f"Bearer {await gateway.known_token(email)}"}
    async with gateway.client(headers=headers) as caller:
        await caller.get("/api/v1/clients")
    received = dict(gateway.echo.received[-1]["headers"])
    return gateway.echo.verifier.verify(received[HEADER.lower()])


async def with_client(gateway: Gateway, client_id: UUID) -> None:
    """Wait until Huaxin's manager is with a client, by the session that they have."""

    async def there() -> bool:
        return (await actor_of(gateway, PM)).client_id == client_id

    await until(there)


async def found(gateway: Gateway, email: str, words: str) -> list[str]:
    """What somebody finds."""
    headers = {"Authorization": f"Bearer {await gateway.known_token(email)}"}
    async with gateway.client(headers=headers) as caller:
        answer = await caller.get("/api/v1/search", params={"q": words})
        return [item["id"] for item in answer.json()["items"]]


async def test_a_running_session_is_with_the_kept_client_long_before_it_would_be_asked_again(
    believing: Gateway,
) -> None:
    assert (await actor_of(believing, PM)).client_id == HUAXIN
    begun = time.monotonic()
    await tell_merge(believing)
    await with_client(believing, HENGDA)
    assert time.monotonic() - begun < BELIEVED_SECONDS / 2


async def test_the_services_are_told_of_everybody_who_moved_and_of_nobody_else(
    gateway: Gateway,
) -> None:
    await tell_merge(gateway)
    await with_client(gateway, HENGDA)
    told = await gateway.sql("SELECT data FROM outbox WHERE type = 'gateway.user.moved.v1'")
    states = [orjson.loads(row["data"]) for row in told]
    emails = {name for name in gateway.ids if name.endswith("@huaxin.example")}
    assert {state["id"] for state in states} == {str(gateway.ids[name]) for name in emails}
    by_id = {state["id"]: state["client_id"] for state in states}
    assert by_id[str(gateway.ids[PM])] == str(HENGDA)
    assert by_id[str(gateway.ids["left@huaxin.example"])] is None


async def test_a_place_in_a_team_is_the_kept_clients_once_it_is_told_anew(
    gateway: Gateway,
) -> None:
    state = place(gateway.ids[PM])
    await tell(gateway, MemberAdded(state=state))
    await tell_merge(gateway)
    await with_client(gateway, HENGDA)
    assert await my_places(gateway, PM) == [], "never with one client in the other's team"
    await tell(gateway, MemberAdded(state=state.model_copy(update={"client_id": HENGDA})), 2)

    async def there() -> bool:
        return [each["client_id"] for each in await my_places(gateway, PM)] == [str(HENGDA)]

    await until(there)


async def test_search_finds_the_case_for_its_person_alone_and_the_source_no_more(
    gateway: Gateway,
) -> None:
    case: CaseState = case_state(gateway.ids[PM], HUAXIN)
    await tell(gateway, CaseOpened(state=case))
    await tell_merge(gateway)
    await with_client(gateway, HENGDA)
    seen = Visibility(client_id=HENGDA, client_users=(gateway.ids[PM],))
    moved = case.model_copy(update={"client_id": HENGDA, "visibility": seen})
    await tell(gateway, CaseOpened(state=moved), 2)

    async def there() -> bool:
        return await found(gateway, PM, "交付延期") == [str(case.id)]

    await until(there)
    assert await found(gateway, RIVAL, "交付延期") == []
    assert str(HUAXIN) not in await found(gateway, "manager@firm.example", "华信科技")


async def test_a_split_gives_back_who_moved_and_leaves_who_came_since(gateway: Gateway) -> None:
    await tell_merge(gateway)
    await with_client(gateway, HENGDA)
    body = {"name": "新同事", "side": "client", "client_id": str(HENGDA), "invite": False}
    async with await gateway.signed_in("admin@firm.example") as admin:
        made = await admin.post("/api/v1/users", json=body | {"email": f"{new_id()}@new.example"})
    assert made.status_code == 201, made.text
    await tell(gateway, ClientSplit(state=client(HUAXIN)), 3)
    await with_client(gateway, HUAXIN)
    rows = await gateway.sql(
        "SELECT u.email, a.client_id FROM affiliations a JOIN users u ON u.id = a.user_id"
    )
    at = {row["email"]: row["client_id"] for row in rows}
    assert {email for email in at if at[email] == HUAXIN} == {
        name for name in gateway.ids if name.endswith("@huaxin.example")
    }
    assert at[made.json()["email"]] == at[RIVAL] == HENGDA
