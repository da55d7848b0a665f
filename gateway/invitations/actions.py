"""Inviting people and letting them in."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.identity.passwords import Passwords
from gateway.identity.tokens import digest, new_secret
from gateway.invitations import store as invitations
from gateway.invitations.rules import BODY, LASTS, PURPOSE, SUBJECT, NoInvitation, link_to
from gateway.invitations.schemas import Acceptance
from gateway.sessions.actions import act_as
from gateway.sessions.store import set_password
from gateway.users import store
from gateway.users.actions import activate_user
from gateway.users.rules import PersonErased, UserStatus, check_caretaker, check_step
from gateway.users.tables import User
from shared import audit
from shared.database import context_of
from shared.identity import Side
from shared.ids import new_id
from shared.mail import Mail, send_mail
from shared.transitions import IllegalTransition


async def invite(session: AsyncSession, user: User, public_url: str) -> str:
    """Send a locked person an invitation; earlier ones stop working. Answers the link.

    Raises `NotYours` (403), `PersonErased` (409), `IllegalTransition` (409) unless the person is
    still invited.
    """
    context = context_of(session)
    check_caretaker(context.actor, user.side)
    if user.email is None:
        raise PersonErased()
    if user.status != UserStatus.INVITED:
        raise IllegalTransition(UserStatus(user.status), UserStatus.INVITED)
    token = new_secret()
    await invitations.replace(
        session,
        invitation_id=new_id(),
        user_id=user.id,
        token_hash=digest(token),
        created_by=context.actor.user_id,
        now=context.now,
        expires_at=context.now + LASTS,
    )
    link = link_to(public_url, token)
    text = BODY[user.language].format(
        name=user.name,
        inviter=context.actor.name,
        purpose=PURPOSE[Side(user.side)][user.language],
        link=link,
    )
    mail = Mail(to=user.email, subject=SUBJECT[user.language], text=text, person=user.id)
    await send_mail(session, mail)
    await audit.record(session, "user:invite", ("user", user.id), about=[user.id])
    return link


async def find_invitation(session: AsyncSession, token: str) -> Any:
    """An invitation that can be accepted. Raises `NoInvitation` (404)."""
    found = await invitations.lock_usable(session, digest(token), context_of(session).now)
    if found is None:
        raise NoInvitation()
    return found


async def accept(session: AsyncSession, passwords: Passwords, body: Acceptance) -> User:
    """Let the invited person in. Raises `NoInvitation` (404), `WeakPassword` (422).

    Emits `UserActivated`.
    """
    invitation = await find_invitation(session, body.token)
    passwords.require_strong(body.password, email=invitation.email)
    now = context_of(session).now
    user = await store.lock_user(session, invitation.user_id)
    if body.name is not None:
        user.name = body.name
    await act_as(session, user.id)
    await invitations.use(session, invitation.id, now)
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
    if user.came_at is not None:
        await activate_user(session, user)
        return
    check_step(user.status, UserStatus.INVITED)
    user.status = UserStatus.INVITED
    user.updated_at = context_of(session).now
    await session.flush()
    await invite(session, user, public_url)
