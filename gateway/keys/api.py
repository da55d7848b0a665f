"""Routes that make and revoke API keys."""

from __future__ import annotations

from fastapi import APIRouter, Response

from gateway.keys import actions
from gateway.keys.rules import PREFIX
from gateway.keys.schemas import KeyIn, KeyMade
from gateway.parts import PartsDep
from gateway.permissions import PermissionsDep
from shared.database import context_of
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute, shown_once
from shared.inputs import RecordId
from shared.openapi import CREATED

router = APIRouter(prefix="/api-keys", tags=["api-keys"], route_class=IdempotentRoute)


@router.post(
    "",
    dependencies=[allowed("key:create")],
    status_code=201,
    responses=CREATED,
    openapi_extra=shown_once("client_secret"),
)
async def make_key(
    body: KeyIn, session: SessionDep, permissions: PermissionsDep, response: Response
) -> KeyMade:
    """Make a key. The secret is in this answer and nowhere else."""
    key, secret = await actions.make_key(session, body, permissions)
    response.headers["Location"] = f"/api/v1/api-keys/{key.id}"
    response.headers["Cache-Control"] = "no-store"
    return KeyMade(
        id=key.id,
        client_id=PREFIX + key.id.hex,
        client_secret=secret,
        name=key.name,
        scopes=key.scopes,
        expires_at=key.expires_at,
    )


@router.delete("/{id}", dependencies=[allowed("key:revoke")], status_code=204)
async def revoke_key(key_id: RecordId, session: SessionDep, parts: PartsDep) -> None:
    """Revoke a key: dead within a minute everywhere."""
    key = await actions.revoke_key(session, key_id)
    owner = key.user_id
    context_of(session).after_commit.append(lambda: parts.callers.forget_user(owner))
