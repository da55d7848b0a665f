"""Making, exchanging and revoking API keys."""

from __future__ import annotations

import hmac
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from gateway.identity.tokens import digest, new_secret
from gateway.keys.rules import (
    PREFIX,
    BadKey,
    UnknownOwner,
    check_expiry,
    check_reach,
    check_scopes,
)
from gateway.keys.schemas import KeyIn
from gateway.keys.tables import ApiKey
from gateway.permissions import Permissions
from gateway.sessions.actions import begin_with_key
from gateway.users.rules import UserStatus
from gateway.users.tables import User
from shared import audit
from shared.database import context_of
from shared.errors import NotFound
from shared.identity import Actor, Side
from shared.ids import new_id


async def make_key(
    session: AsyncSession, body: KeyIn, permissions: Permissions
) -> tuple[ApiKey, str]:
    """Make a key; answers it and its secret, which is not kept.

    Raises `TooWide` (403) for more than the actor may give, `UnknownOwner` (422), 422 naming a
    scope that is none or an end that has passed.
    """
    context = context_of(session)
    actor = context.actor
    check_reach(actor, body.scopes, body.user_id or actor.user_id)
    check_expiry(body.expires_at, context.now)
    owner = await session.get(User, body.user_id or actor.user_id)
    if owner is None or owner.status != UserStatus.ACTIVE:
        raise UnknownOwner()
    check_scopes(body.scopes, permissions.known(), _rights(permissions, actor, owner))
    secret = new_secret()
    key = ApiKey(
        id=new_id(),
        user_id=owner.id,
        name=body.name,
        secret_hash=digest(secret),
        scopes=sorted(set(body.scopes)),
        created_by=context.actor.user_id,
        created_at=context.now,
        expires_at=body.expires_at,
    )
    session.add(key)
    await session.flush()
    told = {"name": key.name, "scopes": key.scopes}
    told |= {"owner_id": str(owner.id), "owner_name": owner.name}
    await audit.record(session, "key:create", ("key", key.id), after=told)
    return key, secret


def _rights(permissions: Permissions, actor: Actor, owner: User) -> set[str]:
    """What whoever makes a key may do, or whoever it acts for."""
    acting = Actor(owner.id, owner.name, Side(owner.side), frozenset(owner.roles))
    return {*permissions.of(actor), *permissions.of(acting)}


async def exchange_key(session: AsyncSession, client_id: str, secret: str) -> tuple[UUID, UUID]:
    """Begin a short session of a key; answers session and person. Raises `BadKey` (401)."""
    now = context_of(session).now
    key = await _key_named(session, client_id)
    right = hmac.compare_digest(key.secret_hash if key else b"", digest(secret))
    if key is None or not right or key.revoked_at is not None:
        raise BadKey()
    if key.expires_at is not None and key.expires_at <= now:
        raise BadKey()
    if key.last_used_at is None or now - key.last_used_at > timedelta(minutes=1):
        key.last_used_at = now
    await session.flush()
    return await begin_with_key(session, key.id, key.user_id), key.user_id


async def revoke_key(session: AsyncSession, key_id: UUID) -> ApiKey:
    """Revoke a key; its sessions are over within a minute. Raises `NotFound` (404)."""
    found = await session.execute(select(ApiKey).where(col(ApiKey.id) == key_id).with_for_update())
    key = found.scalar_one_or_none()
    if key is None:
        raise NotFound()
    if key.revoked_at is None:
        key.revoked_at = context_of(session).now
        await session.flush()
        before, after = {"revoked_at": None}, {"revoked_at": key.revoked_at}
        await audit.record(session, "key:revoke", ("key", key.id), before=before, after=after)
    return key


async def _key_named(session: AsyncSession, client_id: str) -> ApiKey | None:
    try:
        key_id = UUID(client_id.removeprefix(PREFIX))
    except ValueError:
        return None
    return await session.get(ApiKey, key_id)
