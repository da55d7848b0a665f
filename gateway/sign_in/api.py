"""Signing in and out: tokens for programs, a cookie for browsers."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Header, Request, Response

from gateway.keys.actions import exchange_key
from gateway.parts import OUTSIDER, Parts, PartsDep
from gateway.public import public
from gateway.sessions import actions
from gateway.sessions.cookies import clear_cookies, set_cookies
from gateway.sessions.rules import (
    BY_ACCOUNT,
    BY_ADDRESS,
    BY_KEY,
    BY_PLACE,
    BadGrant,
    Kind,
    UnknownGrant,
)
from gateway.sessions.schemas import Credentials, SessionAnswer, TokenAnswer, TokenForm
from shared.database import context_of
from shared.edge import ActorDep, SessionDep, allowed

router = APIRouter(prefix="/auth", tags=["auth"])
Address = Annotated[str, Header(alias="Rapport-Client-Address", include_in_schema=False)]
_PUBLIC = public("People sign in here, so nobody is signed in yet.")


@router.post("/token", dependencies=[_PUBLIC])
async def issue_token(
    form: Annotated[TokenForm, Form()],
    parts: PartsDep,
    request: Request,
    response: Response,
    address: Address = "",
) -> TokenAnswer:
    """Exchange a password, a refresh token or an API key for an access token."""
    response.headers["Cache-Control"] = "no-store"
    if form.grant_type == "password" and form.username and form.password:
        return await _by_password(parts, form.username, form.password, address, request)
    if form.grant_type == "refresh_token" and form.refresh_token:
        return await _by_refresh(parts, form.refresh_token, request)
    if form.grant_type == "client_credentials" and form.client_id and form.client_secret:
        await parts.limiter.hit(BY_KEY, f"{form.client_id} {address}")
        async with _transaction(parts, request) as session:
            session_id, user_id = await exchange_key(session, form.client_id, form.client_secret)
        return _answer(parts, session_id, user_id, None)
    raise UnknownGrant()


@router.post("/session", dependencies=[_PUBLIC], status_code=201)
async def sign_in(
    body: Credentials, parts: PartsDep, request: Request, response: Response, address: Address = ""
) -> SessionAnswer:
    """Begin a browser session: sets the cookies `rapport_session` and `rapport_csrf`."""
    await _limit(parts, body.email, address)
    user_id = await actions.check_password(
        parts.database, parts.passwords, body.email, body.password
    )
    async with _transaction(parts, request) as session:
        signed_in = await actions.begin(session, user_id, Kind.BROWSER)
    await _succeeded(parts, body.email, address)
    response.headers["Cache-Control"] = "no-store"
    token = set_cookies(response, signed_in, secure=parts.settings.secure_cookies)
    return SessionAnswer(csrf_token=token)


@router.delete("/session", dependencies=[allowed("session:end")], status_code=204)
async def sign_out(
    session: SessionDep, actor: ActorDep, parts: PartsDep, response: Response
) -> None:
    """End the session that this request came with."""
    if actor.session_id is None:
        raise BadGrant()
    session_id = UUID(actor.session_id)
    await actions.end(session, session_id)
    context_of(session).after_commit.append(lambda: parts.callers.forget(session_id))
    clear_cookies(response, secure=parts.settings.secure_cookies)


async def _by_password(
    parts: Parts, email: str, password: str, address: str, request: Request
) -> TokenAnswer:
    await _limit(parts, email, address)
    user_id = await actions.check_password(parts.database, parts.passwords, email, password)
    async with _transaction(parts, request) as session:
        signed_in = await actions.begin(session, user_id, Kind.TOKEN)
    await _succeeded(parts, email, address)
    return _answer(parts, signed_in.session_id, user_id, signed_in.secret)


async def _by_refresh(parts: Parts, token: str, request: Request) -> TokenAnswer:
    async with _transaction(parts, request) as session:
        signed_in = await actions.refresh(session, token)
    if signed_in is None:
        # Only now: the end of the family had to be committed before the refusal.
        raise BadGrant()
    return _answer(parts, signed_in.session_id, signed_in.user_id, signed_in.secret)


async def _limit(parts: Parts, email: str, address: str) -> None:
    await parts.limiter.hit(BY_ADDRESS, address)
    await parts.limiter.hit(BY_ACCOUNT, email.lower())
    await parts.limiter.hit(BY_PLACE, f"{email.lower()} {address}")


async def _succeeded(parts: Parts, email: str, address: str) -> None:
    """Good tries are no guesses: count anew."""
    await parts.limiter.forget(BY_ACCOUNT, email.lower())
    await parts.limiter.forget(BY_PLACE, f"{email.lower()} {address}")


def _transaction(parts: Parts, request: Request) -> Any:
    request_id = request.scope.get("request_id", "")
    return parts.database.transaction(OUTSIDER, request_id=request_id)


def _answer(parts: Parts, session_id: UUID, user_id: UUID, refresh: str | None) -> TokenAnswer:
    return TokenAnswer(
        access_token=parts.access.issue(session_id, user_id),
        expires_in=parts.access.seconds,
        refresh_token=refresh,
    )
