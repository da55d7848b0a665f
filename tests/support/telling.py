"""What other services tell a service under test: over NATS, or handed straight to its handlers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Protocol

from fastapi import FastAPI

from shared.applying import apply_lot
from shared.bus import Bus, Outgoing
from shared.contracts.gateway import UserState
from shared.events import Envelope, Event, State, decode
from shared.identity import Actor
from shared.ids import new_id
from tests.support.services import TestClock


class Running(Protocol):
    """A service under test."""

    app: FastAPI
    clock: TestClock


def as_delivered(
    state: State, action: str = "changed", version: int = 1, *, at: datetime | None = None
) -> bytes:
    """An event as the bus delivers it, of now where it does not say of when it is."""
    body = {
        "specversion": "1.0",
        "id": str(new_id()),
        "source": f"/{state.publisher}",
        "type": f"{state.publisher}.{state.aggregate}.{action}.v1",
        "subject": str(state.id),
        "time": (at or datetime.now(UTC)).isoformat().replace("+00:00", "Z"),
        "epoch": 1,
        "version": version,
        "actorid": None,
        "historical": False,
        "traceparent": None,
        "data": state.model_dump(mode="json"),
    }
    return json.dumps(body).encode()


async def hear(service: Running, *told: tuple[State, str, int]) -> None:
    """Let a service hear events, each a state, what was done and a version, in one lot."""
    runtime = service.app.state.runtime
    lot = [as_delivered(*each, at=service.clock.now) for each in told]
    async with runtime.database.worker_session() as session:
        messages = [(decode(each), each) for each in lot]
        await apply_lot(session, runtime.subscriber.subscriptions, messages)


async def publish(bus: Bus, event: Event[Any], version: int = 1) -> None:
    """Put an event on the bus as its publisher's relay would."""
    payload = as_delivered(event.state, event.action, version)
    await bus.ensure_stream(event.state.publisher)
    message = Outgoing(event.type(), payload, str(new_id()))
    await bus.publish_each([message])


async def tell(
    service: Running,
    state: State,
    action: str = "changed",
    *,
    at: datetime | None = None,
    historical: bool = False,
    version: int = 1,
) -> None:
    """Hand an event to every subscription that wants it; of now by the service's clock."""
    envelope: Envelope[Any] = Envelope(
        id=new_id(),
        type=f"{state.publisher}.{state.aggregate}.{action}.v1",
        aggregate_id=state.id,
        epoch=1,
        version=version,
        time=at or service.clock.now,
        state=state,
        actor_id=None,
        historical=historical,
        traceparent=None,
    )
    runtime = service.app.state.runtime
    for subscription in runtime.subscriber.subscriptions:
        if subscription.state is type(state):
            async with runtime.database.worker_session() as session:
                await subscription.handler(session, [envelope] if subscription.many else envelope)


async def tell_account(service: Running, actor: Actor, status: str, *, version: int = 2) -> None:
    """Let a service hear how somebody's account stands: invited, active or deactivated."""
    state = UserState(
        id=actor.user_id,
        name=actor.name,
        side=actor.side,
        status=status,
        roles=tuple(sorted(actor.roles)),
        client_id=actor.client_id,
    )
    await tell(service, state, version=version)
