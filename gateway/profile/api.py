"""Routes about the acting person."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

import orjson
from fastapi import APIRouter, Header, Response

from gateway.memberships.store import places_of
from gateway.parts import PartsDep
from gateway.permissions import PermissionsDep
from gateway.sessions import actions as sessions
from gateway.sessions.cookies import set_cookies
from gateway.sessions.rules import BY_OWNER, Kind
from gateway.sessions.schemas import (
    FirmDefaults,
    Me,
    MePatch,
    PasswordChange,
    Place,
    SessionAnswer,
    TokenAnswer,
)
from gateway.users import store
from gateway.users.actions import change_fields, tell
from gateway.users.readings import USER
from shared.answering import Answer
from shared.contracts.gateway import UserChanged
from shared.database import context_of
from shared.edge import ActorDep, SessionDep, allowed
from shared.errors import Forbidden

router = APIRouter(prefix="/me", tags=["me"])
answer_user = Answer(USER)
Kept = Annotated[str | None, Header(alias="Rapport-Csrf", include_in_schema=False)]


@router.get("", dependencies=[allowed("me:view")])
async def who_am_i(
    session: SessionDep,
    actor: ActorDep,
    parts: PartsDep,
    permissions: PermissionsDep,
    csrf: Kept = None,
) -> Me:
    """Who is signed in, with which rights, and the firm's defaults."""
    user = orjson.loads(bytes((await answer_user(session, actor.user_id)).body))
    settings = parts.settings
    side: Literal["firm", "client"] = "client" if actor.is_client else "firm"
    return Me(
        user=user,
        side=side,
        roles=sorted(actor.roles),
        client=user["client"],
        memberships=[Place(**place) for place in await places_of(session, actor.user_id)],
        permissions=permissions.of(actor),
        csrf_token=csrf,
        demo=settings.demo,
        firm=FirmDefaults(
            name=settings.firm_name or None,
            zone=settings.firm_zone,
            currency="CNY",
            language="zh-CN",
        ),
    )


@router.patch("", dependencies=[allowed("me:edit")], responses=answer_user.document())
async def change_me(
    body: MePatch, session: SessionDep, actor: ActorDep, parts: PartsDep
) -> Response:
    """Change the acting person's name or language; the last word counts. Emits `UserChanged`."""
    user = await store.lock_user(session, actor.user_id)
    await change_fields(session, user, body.model_dump(exclude_none=True))
    await tell(session, user, UserChanged)
    context_of(session).after_commit.append(lambda: parts.callers.forget_user(user.id))
    return await answer_user(session, user.id)


@router.post("/password", dependencies=[allowed("me:password")])
async def change_password(
    body: PasswordChange,
    session: SessionDep,
    actor: ActorDep,
    parts: PartsDep,
    response: Response,
    csrf: Kept = None,
) -> SessionAnswer | TokenAnswer:
    """Change the password. Ends every session of the person and begins a new one here.

    Tries are limited like those to sign in.
    """
    if actor.scopes is not None:
        raise Forbidden()
    await parts.limiter.hit(BY_OWNER, str(actor.user_id))
    user_id: UUID = await sessions.change_own_password(
        session, parts.passwords, current=body.current_password, new=body.new_password
    )
    kind = Kind.TOKEN if csrf is None else Kind.BROWSER
    signed_in = await sessions.begin(session, user_id, kind)
    await parts.limiter.forget(BY_OWNER, str(user_id))
    context_of(session).after_commit.append(lambda: parts.callers.forget_user(user_id))
    response.headers["Cache-Control"] = "no-store"
    if kind is Kind.BROWSER:
        token = set_cookies(response, signed_in, secure=parts.settings.secure_cookies)
        return SessionAnswer(csrf_token=token)
    return TokenAnswer(
        access_token=parts.access.issue(signed_in.session_id, user_id),
        expires_in=parts.access.seconds,
        refresh_token=signed_in.secret,
    )
