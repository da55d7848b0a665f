"""What the gateway publishes: people who can sign in, of both sides."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from shared.audience import EVERYONE, FIRM, WORKER
from shared.events import Event, State


class UserState(State):
    """A person with a sign-in. Other services keep the name, side and whether they are active."""

    publisher = "gateway"
    aggregate = "user"

    name: Annotated[str, EVERYONE]
    side: Annotated[str, EVERYONE]
    status: Annotated[str, FIRM]
    """invited, active or deactivated."""
    roles: Annotated[tuple[str, ...], FIRM] = ()
    client_id: Annotated[UUID | None, FIRM] = None
    """The client a client-side person lives in now; None once the affiliation ended."""
    title: Annotated[str | None, FIRM] = None
    email: Annotated[str | None, WORKER] = None
    language: Annotated[str, FIRM] = "zh"

    def subject_ids(self) -> tuple[UUID, ...]:
        return (self.id,)


class UserInvited(Event[UserState]):
    """An account was made and the invitation is on its way."""

    action = "invited"


class UserActivated(Event[UserState]):
    """The person accepted, or an administrator let them in again."""

    action = "activated"


class UserChanged(Event[UserState]):
    """Name, roles, language or affiliation changed."""

    action = "changed"


class UserDeactivated(Event[UserState]):
    """The person can no longer sign in; their sessions ended."""

    action = "deactivated"
