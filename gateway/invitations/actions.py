"""Inviting people and letting them in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.identity.passwords import Passwords, check_strength
from gateway.identity.tokens import digest, new_secret
from gateway.invitations.rules import BODY, LASTS, SUBJECT, NoInvitation, link_to
from gateway.invitations.schemas import Acceptance
from gateway.sessions.store import set_password
from gateway.users import store
from gateway.users.actions import activate_user
from gateway.users.rules import UserStatus, check_caretaker, check_step
from gateway.users.tables import User
from shared import audit
from shared.database import context_of
from shared.errors import NotFound
from shared.ids import new_id
from shared.mail import Mail, send_mail


async def invite(session: AsyncSession, user: User, public_url: str) -> str:
    """Send a locked person an invitation; earlier ones stop working. Answers the link.

    Raises `NotYours` (403), `IllegalTransition` (409) unless the person is still invited.
    """
    context = context_of(session)
    check_caretaker(context.actor, user.side)
    if user.email is None:
        raise NotFound()
    if user.status != UserStatus.INVITED:
        check_step(user.status, UserStatus.INVITED)
    token = new_secret()
    await _store_invitation(session, user.id, token, context.now)
    link = link_to(public_url, token)
    await send_mail(
        session,
        Mail(
            to=user.email,
            subject=SUBJECT[user.language],
            text=BODY[user.language].format(name=user.name, inviter=context.actor.name, link=link),
            person=user.id,
        ),
    )
    await audit.record(session, "user:invite", ("user", user.id), about=[user.id])
    return link


async def find_invitation(session: AsyncSession, token: str) -> Any:
    """An invitation that can be accepted. Raises `NoInvitation` (404)."""
    rows = await session.execute(
        text(
            "SELECT i.id, i.user_id, i.expires_at, u.email, u.name, u.side, u.language"
            " FROM invitations i JOIN users u ON u.id = i.user_id"
            " WHERE i.token_hash = :hash AND i.used_at IS NULL AND i.replaced_at IS NULL"
            " AND i.expires_at > :now AND u.status = 'invited' FOR UPDATE OF i"
        ),
        {"hash": digest(token), "now": context_of(session).now},
    )
    found = rows.one_or_none()
    if found is None:
        raise NoInvitation()
    return found


async def accept(session: AsyncSession, passwords: Passwords, body: Acceptance) -> User:
    """Let the invited person in. Raises `NoInvitation` (404), `WeakPassword` (422).

    Emits `UserActivated`.
    """
    invitation = await find_invitation(session, body.token)
    check_strength(body.password, email=invitation.email)
    now = context_of(session).now
    user = await store.lock_user(session, invitation.user_id)
    if body.name is not None:
        user.name = body.name
    await session.execute(
        text("UPDATE invitations SET used_at = :now WHERE id = :id"),
        {"now": now, "id": invitation.id},
    )
    await set_password(session, user.id, await passwords.hash(body.password), now)
    user.sessions_since = now
    await store.index_user(session, user)
    await activate_user(session, user)
    return user


async def reactivate(session: AsyncSession, user: User, public_url: str) -> None:
    """Let a deactivated person in again: at once, or by a new invitation if they never came.

    Raises `IllegalTransition` (409), `NotYours` (403). Emits `UserActivated`.
    """
    check_caretaker(context_of(session).actor, user.side)
    has_password = await session.scalar(
        text(
            "SELECT EXISTS (SELECT 1 FROM invitations WHERE user_id = :id AND used_at IS NOT NULL)"
        ),
        {"id": user.id},
    )
    if has_password:
        await activate_user(session, user)
        return
    check_step(user.status, UserStatus.INVITED)
    user.status = UserStatus.INVITED
    user.updated_at = context_of(session).now
    await session.flush()
    await invite(session, user, public_url)


async def _store_invitation(
    session: AsyncSession, user_id: UUID, token: str, now: datetime
) -> None:
    await session.execute(
        text(
            "UPDATE invitations SET replaced_at = :now"
            " WHERE user_id = :user AND used_at IS NULL AND replaced_at IS NULL"
        ),
        {"now": now, "user": user_id},
    )
    await session.execute(
        text(
            "INSERT INTO invitations (id, user_id, token_hash, created_by, created_at, expires_at)"
            " VALUES (:id, :user, :hash, :by, :now, :expires)"
        ),
        {
            "id": new_id(),
            "user": user_id,
            "hash": digest(token),
            "by": context_of(session).actor.user_id,
            "now": now,
            "expires": now + LASTS,
        },
    )
