"""Routes by which people are entered, invited and come in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Path, Response

from gateway.invitations import actions
from gateway.invitations.rules import TRIES
from gateway.invitations.schemas import Acceptance, InvitationOut
from gateway.parts import OUTSIDER, PartsDep
from gateway.public import public
from gateway.sessions.actions import begin
from gateway.sessions.cookies import set_cookies
from gateway.sessions.rules import Kind
from gateway.sessions.schemas import SessionAnswer
from gateway.users import store
from gateway.users.actions import create_user
from gateway.users.readings import USER
from gateway.users.schemas import UserIn
from shared.answering import Answer
from shared.edge import SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

people = APIRouter(prefix="/users", tags=["users"], route_class=IdempotentRoute)
router = APIRouter(prefix="/auth/invitations", tags=["auth"])
answer_user = Answer(USER)
Address = Annotated[str, Header(alias="Rapport-Client-Address", include_in_schema=False)]
_PUBLIC = public("Whoever accepts an invitation has no account yet; the token is the proof.")


@people.post(
    "",
    status_code=201,
    dependencies=[allowed("user:create")],
    responses=answer_user.document(201),
)
async def enter_user(body: UserIn, session: SessionDep, parts: PartsDep) -> Response:
    """Enter a person and send the invitation."""
    user = await create_user(session, body)
    if body.invite:
        await actions.invite(session, user, parts.settings.public_url)
    location = f"/api/v1/users/{user.id}"
    return await answer_user(session, user.id, status=201, location=location)


@people.post(
    "/{id}/invite", dependencies=[allowed("user:invite")], responses=answer_user.document()
)
async def invite_again(user_id: RecordId, session: SessionDep, parts: PartsDep) -> Response:
    """Send another invitation; earlier ones stop working."""
    user = await store.lock_user(session, user_id)
    await actions.invite(session, user, parts.settings.public_url)
    return await answer_user(session, user_id)


@people.post(
    "/{id}/activate",
    dependencies=[allowed("user:activate")],
    responses=answer_user.document(),
)
async def activate_user(user_id: RecordId, session: SessionDep, parts: PartsDep) -> Response:
    """Let a deactivated person in again."""
    user = await store.lock_user(session, user_id)
    await actions.reactivate(session, user, parts.settings.public_url)
    return await answer_user(session, user_id)


@router.get("/{token}", dependencies=[_PUBLIC])
async def look_at_invitation(
    token: Annotated[str, Path(max_length=100)], parts: PartsDep, address: Address = ""
) -> InvitationOut:
    """What an invitation is for, as long as it can be accepted."""
    await parts.limiter.hit(TRIES, address)
    async with parts.database.transaction(OUTSIDER) as session:
        found = await actions.find_invitation(session, token)
        return InvitationOut(
            email=found.email,
            name=found.name,
            side=found.side,
            language="zh-CN" if found.language == "zh" else "en",
            expires_at=found.expires_at,
        )


@router.post("/accept", dependencies=[_PUBLIC], status_code=201)
async def accept_invitation(
    body: Acceptance, parts: PartsDep, response: Response, address: Address = ""
) -> SessionAnswer:
    """Choose a password and come in: begins a browser session."""
    await parts.limiter.hit(TRIES, address)
    async with parts.database.transaction(OUTSIDER) as session:
        user = await actions.accept(session, parts.passwords, body)
        signed_in = await begin(session, user.id, Kind.BROWSER)
    response.headers["Cache-Control"] = "no-store"
    token = set_cookies(response, signed_in, secure=parts.settings.secure_cookies)
    return SessionAnswer(csrf_token=token)
