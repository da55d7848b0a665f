"""Places in joint teams become part of who acts, within seconds, and stop being it as soon."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from gateway.live.rules import Notification
from shared.contracts.clients import ClientRegistered, ClientState
from shared.contracts.desk import CaseOpened
from shared.contracts.engagements import (
    EngagementDrafted,
    EngagementState,
    MemberAdded,
    MemberEnded,
    MemberState,
)
from shared.events import Visibility
from shared.identity import HEADER, Actor, Side
from shared.ids import new_id
from tests.gateway.support import HENGDA, HUAXIN, Gateway
from tests.gateway.telling import case_state, client_event
from tests.support.telling import publish


def place(user_id: UUID, *, side: str = "client", client_id: UUID = HUAXIN) -> MemberState:
    """A core member's place."""
    return MemberState(
        id=new_id(),
        engagement_id=new_id(),
        client_id=client_id,
        user_id=user_id,
        name="x",
        side=side,
        role="core" if side == "client" else "consultant",
        domains=("采购", "销售"),
        starts_on=date(2026, 11, 23),
        status="live",
    )


async def until(look: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it is so; well within the minute that is promised."""
    async with asyncio.timeout(30):
        while not await look():
            await asyncio.sleep(0.1)


async def my_places(gateway: Gateway, email: str) -> list[dict[str, Any]]:
    """What `/me` lists."""
    headers = {"Authorization": f"Bearer {await gateway.known_token(email)}"}
    async with gateway.client(headers=headers) as client:
        found: list[dict[str, Any]] = (await client.get("/api/v1/me")).json()["memberships"]
        return found


async def test_a_place_is_listed_and_travels_in_the_token_until_it_ends(gateway: Gateway) -> None:
    email = "pm@huaxin.example"
    state = place(gateway.ids[email])
    await publish(gateway.door.state.runtime.bus, MemberAdded(state=state))

    async def there() -> bool:
        return bool(await my_places(gateway, email))

    await until(there)
    (listed,) = await my_places(gateway, email)
    assert listed == {
        "engagement_id": str(state.engagement_id),
        "client_id": str(HUAXIN),
        "role": "core",
        "domains": ["采购", "销售"],
    }
    async with await gateway.signed_in(email) as client:
        await client.get("/api/v1/clients")
    headers = dict(gateway.echo.received[-1]["headers"])
    actor = gateway.echo.verifier.verify(headers[HEADER.lower()])
    assert [(m.engagement_id, m.role) for m in actor.memberships] == [(state.engagement_id, "core")]
    assert "core" in actor.labels

    ended = state.model_copy(update={"status": "ended"})
    await publish(gateway.door.state.runtime.bus, MemberEnded(state=ended), version=2)

    async def gone() -> bool:
        return not await my_places(gateway, email)

    await until(gone)


async def test_a_place_with_another_client_opens_nothing(gateway: Gateway) -> None:
    """Whose affiliation moved has no place with the client of before."""
    ours = place(gateway.ids["pm@huaxin.example"], client_id=HENGDA)
    theirs = place(gateway.ids["consultant@firm.example"], side="firm", client_id=HENGDA)
    await publish(gateway.door.state.runtime.bus, MemberAdded(state=ours))
    await publish(gateway.door.state.runtime.bus, MemberAdded(state=theirs))

    async def arrived() -> bool:
        return bool(await my_places(gateway, "consultant@firm.example"))

    await until(arrived)
    assert await my_places(gateway, "pm@huaxin.example") == []


async def test_an_engagement_is_found_by_its_team_and_who_oversees_it(gateway: Gateway) -> None:
    ids = gateway.ids
    state = EngagementState(
        id=new_id(),
        visibility=Visibility(
            client_id=HUAXIN,
            client_users=(ids["ceo@huaxin.example"],),
            firm_users=(ids["consultant@firm.example"],),
            roles=("admin", "client_manager", "partner"),
        ),
        number="E-2026-014",
        client_id=HUAXIN,
        title="采购流程优化",
        status="active",
        opened_at="2026-11-23T08:00:00Z",
    )
    await publish(gateway.door.state.runtime.bus, EngagementDrafted(state=state))

    async def finds(email: str) -> bool:
        headers = {"Authorization": f"Bearer {await gateway.known_token(email)}"}
        async with gateway.client(headers=headers) as client:
            answer = await client.get("/api/v1/search", params={"q": "采购流程"})
            return [item["id"] for item in answer.json()["items"]] == [str(state.id)]

    await until(lambda: finds("admin@firm.example"))
    for email in ("manager@firm.example", "consultant@firm.example", "ceo@huaxin.example"):
        assert await finds(email), email
    for email in ("agent@firm.example", "pm@huaxin.example", "pm@hengda.example"):
        assert not await finds(email), email


async def test_what_one_answers_for_is_said_to_be_ones_own(gateway: Gateway) -> None:
    ids = gateway.ids
    manager, agent, consultant = (
        "manager@firm.example",
        "agent@firm.example",
        "consultant@firm.example",
    )
    owned = ClientRegistered(
        state=ClientState(id=new_id(), number="C-1", legal_name="启明检索", owner_id=ids[manager])
    )
    seen = Visibility(client_id=owned.state.id)
    case = case_state(ids["pm@huaxin.example"], owned.state.id)
    taken = CaseOpened(
        state=case.model_copy(
            update={"subject": "启明检索", "assignee_id": ids[agent], "visibility": seen}
        )
    )
    cold = client_event("启明检索二号")
    team = MemberAdded(state=place(ids[consultant], side="firm", client_id=owned.state.id))
    for event in (owned, taken, cold, team):
        await publish(gateway.door.state.runtime.bus, event)

    async def own(email: str) -> set[str] | None:
        headers = {"Authorization": f"Bearer {await gateway.known_token(email)}"}
        async with gateway.client(headers=headers) as client:
            items = (await client.get("/api/v1/search?q=启明检索")).json()["items"]
            return {item["id"] for item in items if item["mine"]} if len(items) == 3 else None

    both = {str(owned.state.id), str(taken.state.id)}
    for email, expected in ((manager, both), (consultant, both), (agent, {str(taken.state.id)})):

        async def shown(who: str = email, what: set[str] = expected) -> bool:
            return await own(who) == what

        await until(shown)


def test_live_updates_of_an_engagement_reach_its_team_and_who_oversees_it() -> None:
    member, other = new_id(), new_id()
    told = Notification(
        position=1,
        event_id=new_id(),
        type="engagements.engagement.changed.v1",
        aggregate="engagement",
        aggregate_id=new_id(),
        version=1,
        at=datetime(2026, 11, 23, tzinfo=UTC),
        client_id=HUAXIN,
        engagement_id=None,
        client_users=frozenset(),
        excluded=frozenset(),
        roles=frozenset({"partner"}),
        firm_users=frozenset({member}),
    )
    consultant = frozenset({"consultant"})
    assert told.visible_to(Actor(member, "on it", Side.FIRM, consultant))
    assert told.visible_to(Actor(other, "oversees", Side.FIRM, frozenset({"partner"})))
    assert not told.visible_to(Actor(other, "bystander", Side.FIRM, consultant))
    assert not told.visible_to(Actor(member, "client", Side.CLIENT, client_id=HUAXIN))
