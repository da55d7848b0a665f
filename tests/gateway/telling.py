"""What other services tell the gateway, and a stream that hears of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx

from shared.contracts.clients import ClientRegistered, ClientState
from shared.contracts.desk import CaseState
from shared.contracts.engagements import MemberState, TaskState
from shared.events import Event, Visibility
from shared.ids import new_id
from tests.gateway.support import Gateway


def client_event(name: str = "华信装备", **visibility: Any) -> ClientRegistered:
    """That a client was registered; the firm may know, or as given."""
    state = ClientState(
        id=new_id(), number="C-000001", legal_name=name, visibility=Visibility(**visibility)
    )
    return ClientRegistered(state=state)


def case_state(requester: UUID, client: UUID, *excluded: UUID) -> CaseState:
    """A case of the requester's about those excluded."""
    return CaseState(
        id=new_id(),
        number="K-2026-000001",
        kind="complaint",
        subject="交付延期",
        status="open",
        client_id=client,
        requester_id=requester,
        opened_at=datetime.now(UTC),
        visibility=Visibility(client_id=client, client_users=(requester,), excluded=excluded),
    )


def place_state(user_id: UUID, side: str, seen: Visibility) -> MemberState:
    """A person's place in the team of an engagement, as those in it learn of it."""
    assert seen.engagement_id is not None and seen.client_id is not None
    return MemberState(
        id=new_id(),
        visibility=seen,
        engagement_id=seen.engagement_id,
        client_id=seen.client_id,
        user_id=user_id,
        name="x",
        side=side,
        role="core" if side == "client" else "consultant",
        starts_on=date(2026, 11, 23),
        status="live",
    )


def task_state(seen: Visibility) -> TaskState:
    """A task of an engagement, as those in its team learn of it."""
    assert seen.engagement_id is not None and seen.client_id is not None
    return TaskState(
        id=new_id(),
        visibility=seen,
        engagement_id=seen.engagement_id,
        client_id=seen.client_id,
        phase_id=new_id(),
        title={"en": "Interview the buyers", "zh": "访谈采购人员"},
        status="planned",
    )


class Stream:
    """What a stream has said so far."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.ended = asyncio.Event()
        self.open = asyncio.Event()

    async def read(self, response: httpx.Response) -> None:
        async for line in response.aiter_lines():
            self.open.set()
            if line.startswith("id: "):
                self.ids.append(line[4:])
            if line.startswith("data: "):
                self.said.append(json.loads(line[6:]))
        self.ended.set()

    def about(self, event: Event[Any]) -> list[dict[str, Any]]:
        return [said for said in self.said if said.get("aggregate_id") == str(event.state.id)]

    async def hears(
        self, event: Event[Any], seconds: float = 10, *, times: int = 1
    ) -> dict[str, Any]:
        async with asyncio.timeout(seconds):
            while len(self.about(event)) < times:
                await asyncio.sleep(0.02)
        return self.about(event)[0]


@asynccontextmanager
async def listening(gateway: Gateway, email: str, last: str | None = None) -> AsyncIterator[Stream]:
    """A stream of somebody who has just signed in."""
    async with listening_with(gateway, await gateway.token(email), last) as stream:
        yield stream


@asynccontextmanager
async def listening_with(
    gateway: Gateway, token: str, last: str | None = None
) -> AsyncIterator[Stream]:
    """A stream by a bearer token; with `last`, from that notification on."""
    headers = {"Authorization": f"Bearer {token}"}
    headers |= {"Last-Event-ID": last} if last else {}
    async with (
        gateway.client(headers=headers) as client,
        client.stream("GET", "/api/v1/events/stream") as response,
    ):
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream"
        stream = Stream()
        reading = asyncio.create_task(stream.read(response))
        await asyncio.wait_for(stream.open.wait(), 5)
        try:
            yield stream
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
