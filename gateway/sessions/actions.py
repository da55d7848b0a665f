"""Signing in, staying in, going out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.identity.passwords import Passwords
from gateway.identity.tokens import digest, new_secret
from gateway.sessions import store
from gateway.sessions.rules import (
    KEY_SESSION_LASTS,
    REFRESH_LASTS,
    SESSION_LASTS,
    BadCredentials,
    BadGrant,
    Kind,
    Use,
    WrongPassword,
    refresh_use,
)
from gateway.users.store import lock_user
from gateway.users.tables import User
from shared import audit
from shared.database import Database, context_of
from shared.identity import Actor, Side
from shared.ids import new_id


@dataclass(frozen=True)
class SignedIn:
    """A sign-in: the session, and the secret that goes to the person and is not kept."""

    session_id: UUID
    user_id: UUID
    secret: str


def cookie_of(signed_in: SignedIn) -> str:
    """What the browser holds for the session."""
    return f"{signed_in.session_id}.{signed_in.secret}"


def csrf_token(secret: str) -> str:
    """The token that goes with a session cookie; derived, so that it cannot be planted."""
    return hashlib.sha256(b"rapport-csrf:" + secret.encode()).hexdigest()[:43]


async def check_password(
    database: Database, passwords: Passwords, email: str, password: str
) -> UUID:
    """Who signs in. Raises `BadCredentials` (401), after the same time for everyone.

    No connection is held while the hash is computed: it takes long, and places are few.
    """
    found = await store.password_of(database.worker_pool(), email)
    right = await passwords.verify(password, found["password_hash"] if found else None)
    if not right or found is None:
        raise BadCredentials()
    user_id: UUID = found["id"]
    return user_id


async def act_as(session: AsyncSession, user_id: UUID) -> None:
    """Let what is written from here on be the act of this person, who has proved who they are.

    The transaction keeps its rights: whoever comes in was nobody when it began.
    """
    person = await session.get_one(User, user_id)
    context = context_of(session)
    context.actor = Actor(person.id, person.name, Side(person.side), frozenset(person.roles))


async def begin(session: AsyncSession, user_id: UUID, kind: Kind) -> SignedIn:
    """Begin a session of a person: with a cookie for a browser, else with a refresh token."""
    if context_of(session).actor.side is Side.SYSTEM:
        await act_as(session, user_id)
    now = context_of(session).now
    signed_in = SignedIn(new_id(), user_id, new_secret())
    browser = kind is Kind.BROWSER
    await store.insert_session(
        session,
        {
            "id": signed_in.session_id,
            "user_id": user_id,
            "kind": kind,
            "secret_hash": digest(signed_in.secret) if browser else None,
            "api_key_id": None,
            "now": now,
            "expires_at": now + SESSION_LASTS,
        },
    )
    if not browser:
        await _issue_refresh(session, signed_in, now)
    await audit.record(session, "session:begin", ("user", user_id), after={"kind": kind})
    return signed_in


async def begin_with_key(session: AsyncSession, key_id: UUID, user_id: UUID) -> UUID:
    """Begin a short session of an API key; there is nothing to refresh."""
    now = context_of(session).now
    session_id = new_id()
    await store.insert_session(
        session,
        {
            "id": session_id,
            "user_id": user_id,
            "kind": Kind.KEY,
            "secret_hash": None,
            "api_key_id": key_id,
            "now": now,
            "expires_at": now + KEY_SESSION_LASTS,
        },
    )
    return session_id


async def refresh(session: AsyncSession, token: str) -> SignedIn | None:
    """Exchange a refresh token for the next one of its family.

    None when the token was used up before: the family is ended, which the caller must commit
    before refusing. Raises `BadGrant` (400) for unknown and expired tokens.
    """
    now = context_of(session).now
    hashed = digest(token)
    found = await store.lock_refresh(session, hashed)
    if found is None:
        raise BadGrant()
    use = refresh_use(found.used_at, found.expires_at, now)
    if use is Use.EXPIRED:
        raise BadGrant()
    if use is Use.REUSED:
        await store.end_session(session, found.session_id, now, "refresh token reused")
        await audit.record(session, "session:family_revoked", ("user", found.user_id))
        return None
    await store.mark_refresh_used(session, hashed, found.session_id, now, now + REFRESH_LASTS)
    signed_in = SignedIn(found.session_id, found.user_id, new_secret())
    await _issue_refresh(session, signed_in, now)
    return signed_in


async def end(session: AsyncSession, session_id: UUID) -> None:
    """End the acting person's session."""
    context = context_of(session)
    await store.end_session(session, session_id, context.now, "signed out")
    await audit.record(session, "session:end", ("user", context.actor.user_id))


async def change_own_password(
    session: AsyncSession, passwords: Passwords, *, current: str, new: str
) -> UUID:
    """Change the acting person's password and end every session of theirs; answers who.

    Raises `WrongPassword` (422) for a wrong current password, `WeakPassword` (422).
    """
    context = context_of(session)
    user = await lock_user(session, context.actor.user_id)
    stored = await store.own_password(session, user.id)
    if not await passwords.verify(current, stored):
        raise WrongPassword()
    passwords.require_strong(new, email=user.email or "", pointer="/new_password")
    await store.change_password(session, user.id, await passwords.hash(new), context.now)
    await store.end_sessions_of(session, user.id, context.now, "password changed")
    user.sessions_since = context.now
    user.updated_at = context.now
    await audit.record(session, "me:password", ("user", user.id))
    await session.flush()
    return user.id


async def _issue_refresh(session: AsyncSession, signed_in: SignedIn, now: datetime) -> None:
    await store.insert_refresh(
        session, digest(signed_in.secret), signed_in.session_id, now, now + REFRESH_LASTS
    )
