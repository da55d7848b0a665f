"""Letting people in, changing and deactivating them; each emits the person's whole state."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.users import store
from gateway.users.rules import (
    ClientArchived,
    EmailTaken,
    LastAdministrator,
    UserStatus,
    WithNoClient,
    check_caretaker,
    check_sides,
    check_step,
    check_times,
)
from gateway.users.schemas import UserIn, UserPatch
from gateway.users.tables import Affiliation, User
from shared import audit
from shared.contracts.clients import ClientState
from shared.contracts.gateway import (
    UserActivated,
    UserChanged,
    UserDeactivated,
    UserInvited,
    UserState,
)
from shared.database import context_of
from shared.errors import NotKnownYet
from shared.events import Envelope, Event, State, Visibility
from shared.history import occurred
from shared.identity import FirmRole, Side
from shared.ids import new_id
from shared.jobs import Fired, schedule
from shared.naming import named_at
from shared.outbox import emit
from shared.writing import savepoint

AFFILIATION_BEGINS: Final = "affiliation_begins"
AFFILIATION_ENDS: Final = "affiliation_ends"
_PAGE: Final = 500
_ENTERED: Final = {"email", "name", "side", "roles"}


async def create_user(session: AsyncSession, body: UserIn, *, user_id: UUID | None = None) -> User:
    """Enter a person, not yet able to sign in.

    Raises `WrongSide`, `NotKnownYet`, `ClientArchived` (422), `NotYours` (403), `EmailTaken` (409).
    Emits `UserInvited`.
    """
    check_caretaker(context_of(session).actor, body.side)
    check_sides(body.side, [*body.roles], body.client_id is not None)
    now = occurred(session, body.occurred_at)
    user = _new_user(body, user_id or new_id(), now)
    await _insert(session, user)
    if body.client_id is not None:
        since, until = body.client_since or now, body.client_until
        await _affiliate(session, user, body.client_id, since, until)
    await store.index_user(session, user)
    await audit.record(
        session,
        "user:create",
        ("user", user.id),
        after=user.model_dump(include=_ENTERED) | {"client_id": body.client_id},
        about=[user.id],
    )
    await tell(session, user, UserInvited)
    return user


def _new_user(body: UserIn, user_id: UUID, now: datetime) -> User:
    return User(
        id=user_id,
        email=body.email.lower(),
        name=body.name,
        side=body.side,
        roles=sorted(body.roles),
        title=body.title,
        language=body.language,
        status=UserStatus.INVITED,
        sessions_since=now,
        created_at=now,
        updated_at=now,
    )


async def change_user(session: AsyncSession, user: User, body: UserPatch) -> None:
    """Change a locked person. Raises as `create_user`; `LastAdministrator` (409), `WithNoClient`
    (422).

    Emits `UserChanged`. Changed roles or affiliation hold for running sessions within a minute.
    """
    check_caretaker(context_of(session).actor, user.side)
    changed = body.model_dump(exclude_unset=True, exclude={"client_id", "client_until"})
    if body.roles is not None:
        check_sides(user.side, [*body.roles], has_client=user.side == Side.CLIENT)
        changed["roles"] = sorted(body.roles)
        await _keep_an_administrator(session, user, changed["roles"])
    await change_fields(session, user, {k: v for k, v in changed.items() if _given(k, v)})
    await _change_affiliation(session, user, body)
    await tell(session, user, UserChanged)


async def change_fields(session: AsyncSession, user: User, changed: dict[str, Any]) -> None:
    """Set fields of a locked person, with the audit entry and the search index."""
    before, after = audit.changes({k: getattr(user, k) for k in changed}, changed)
    for name, value in changed.items():
        setattr(user, name, value)
    user.updated_at = context_of(session).now
    await store.index_user(session, user)
    if after:
        await audit.record(
            session, "user:edit", ("user", user.id), before=before, after=after, about=[user.id]
        )


async def activate_user(session: AsyncSession, user: User) -> None:
    """Let a locked person sign in. Raises `IllegalTransition` (409). Emits `UserActivated`."""
    user.came_at = user.came_at or context_of(session).now
    await _step(session, user, UserStatus.ACTIVE, UserActivated)


async def deactivate_user(session: AsyncSession, user: User) -> None:
    """Keep a locked person out; their sessions are over within a minute.

    Raises `IllegalTransition`, `LastAdministrator` (409), `NotYours` (403). Emits
    `UserDeactivated`.
    """
    check_caretaker(context_of(session).actor, user.side)
    await _keep_an_administrator(session, user, [])
    user.sessions_since = context_of(session).now
    await _step(session, user, UserStatus.DEACTIVATED, UserDeactivated)


async def tell(session: AsyncSession, user: User, event: type[Event[UserState]]) -> None:
    """Emit the person's state as it is now."""
    await session.flush()
    await emit(session, event(state=await state_of(session, user)))


async def state_of(session: AsyncSession, user: User) -> UserState:
    """The public state of a person."""
    live = await store.live_affiliation(session, user.id, context_of(session).now)
    return UserState(
        id=user.id,
        visibility=Visibility(
            client_id=live.client_id if live else None,
            client_users=(user.id,) if user.side == Side.CLIENT else (),
        ),
        name=user.name,
        side=user.side,
        status=user.status,
        roles=tuple(user.roles),
        client_id=live.client_id if live else None,
        title=user.title,
        email=user.email,
        language=user.language,
    )


async def all_states(
    session: AsyncSession, ids: Collection[UUID] | None = None
) -> AsyncIterator[State]:
    """The state of every person, or of these, for a snapshot."""
    after: UUID | None = None
    while page := await store.everyone(session, after, _PAGE, ids):
        for user in page:
            yield await state_of(session, user)
        after = page[-1].id


async def take_over_client(session: AsyncSession, envelope: Envelope[ClientState]) -> None:
    """Remember a client's name and whose it is, as its newest event has them."""
    state = envelope.state
    store.save_client(
        session,
        {
            "id": state.id,
            "number": state.number,
            "name": state.short_name or state.legal_name,
            "archived": state.archived_at is not None,
            "owner_id": state.owner_id,
        },
    )


async def affiliation_turns(session: AsyncSession, fired: Fired) -> None:
    """A timer: tell the services that a person's time with a client has begun, or is over."""
    user = await store.lock_anyone(session, UUID(fired.key))
    await tell(session, user, UserChanged)


async def _step(
    session: AsyncSession, user: User, target: UserStatus, event: type[Event[UserState]]
) -> None:
    check_step(user.status, target)
    before = user.status
    user.status = target
    user.updated_at = context_of(session).now
    await audit.record(
        session,
        f"user:{event.action}",
        ("user", user.id),
        before={"status": before},
        after={"status": target},
        about=[user.id],
    )
    await tell(session, user, event)


async def _insert(session: AsyncSession, user: User) -> None:
    try:
        async with savepoint(session):
            session.add(user)
    except IntegrityError as error:
        raise EmailTaken() from error


async def _affiliate(
    session: AsyncSession, user: User, client_id: UUID, since: datetime, until: datetime | None
) -> Affiliation:
    check_times(since, until)
    if not context_of(session).historical:
        await _check_client(session, client_id)
    known = Affiliation(id=new_id(), user_id=user.id, client_id=client_id, since=since, until=until)
    session.add(known)
    await session.flush()
    if since > context_of(session).now:
        await schedule(session, AFFILIATION_BEGINS, str(user.id), since, {})
    if until is not None and until > context_of(session).now:
        await schedule(session, AFFILIATION_ENDS, str(user.id), until, {})
    return known


async def _check_client(session: AsyncSession, client_id: UUID) -> None:
    """Raise `NotKnownYet` or `ClientArchived` (422) unless people may join the client now."""
    archived = await store.client_archived(session, client_id)
    if archived is None:
        with named_at("/client_id"):
            raise NotKnownYet("client", client_id)
    if archived:
        raise ClientArchived()


async def _change_affiliation(session: AsyncSession, user: User, body: UserPatch) -> None:
    given = body.model_fields_set
    if not given & {"client_id", "client_until"}:
        return
    check_sides(user.side, [], has_client=True)
    now = context_of(session).now
    live = await store.live_affiliation(session, user.id, now)
    known = live or await store.coming_affiliation(session, user.id, now)
    before = _said(known)
    if body.client_id is not None and (live is None or live.client_id != body.client_id):
        if known is not None:
            known.until = max(now, known.since)
            await session.flush()
        known = await _affiliate(session, user, body.client_id, now, body.client_until)
    elif "client_until" in given:
        if known is None:
            raise WithNoClient()
        known.until = max(body.client_until, known.since) if body.client_until else None
        await session.flush()
        if known.until is not None and known.until > now:
            await schedule(session, AFFILIATION_ENDS, str(user.id), known.until, {})
    else:
        return
    old, new = audit.changes(before, _said(known))
    who = ("user", user.id)
    await audit.record(session, "user:affiliate", who, before=old, after=new, about=[user.id])


def _said(known: Affiliation | None) -> dict[str, Any]:
    return {"client_id": known and known.client_id, "client_until": known and known.until}


async def _keep_an_administrator(session: AsyncSession, user: User, roles: list[str]) -> None:
    loses = FirmRole.ADMIN in user.roles and FirmRole.ADMIN not in roles
    if not loses or user.status != UserStatus.ACTIVE:
        return
    # Two administrators who take each other away hold different people.
    await store.hold_administrators(session)
    if not await store.other_administrators(session, user.id):
        raise LastAdministrator()


def _given(name: str, value: Any) -> bool:
    """A title may be taken away with null; for the other fields null means "as it is"."""
    return value is not None or name == "title"
