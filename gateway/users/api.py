"""Routes that change people; reading is declared in `readings.py`."""

from __future__ import annotations

from fastapi import APIRouter, Response

from gateway.parts import PartsDep
from gateway.users import actions, store
from gateway.users.readings import USER
from gateway.users.schemas import UserPatch
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.database import context_of
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(prefix="/users", tags=["users"], route_class=IdempotentRoute)
answer_user = Answer(USER)


@router.patch("/{id}", dependencies=[allowed("user:edit")], responses=answer_user.document())
async def change_user(
    user_id: RecordId, body: UserPatch, expected: IfMatch, session: SessionDep, parts: PartsDep
) -> Response:
    """Change a person as they were read."""
    user = await store.lock_user(session, user_id)
    await require_version(expected, user.version, answer_user.theirs(session, user_id))
    await actions.change_user(session, user, body)
    context_of(session).after_commit.append(lambda: parts.callers.forget_user(user_id))
    return await answer_user(session, user_id)


@router.post(
    "/{id}/deactivate",
    dependencies=[allowed("user:deactivate")],
    responses=answer_user.document(),
)
async def deactivate_user(user_id: RecordId, session: SessionDep, parts: PartsDep) -> Response:
    """Keep a person out; their sessions end within a minute."""
    user = await store.lock_user(session, user_id)
    await actions.deactivate_user(session, user)
    context_of(session).after_commit.append(lambda: parts.callers.forget_user(user_id))
    return await answer_user(session, user_id)
