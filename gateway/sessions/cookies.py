"""The browser's two cookies: the session, which scripts cannot read, and its CSRF token."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from gateway.sessions.actions import SignedIn, cookie_of, csrf_token
from gateway.sessions.rules import SESSION_LASTS

SESSION: Final = "rapport_session"
CSRF: Final = "rapport_csrf"


def set_cookies(response: Response, signed_in: SignedIn, *, secure: bool) -> str:
    """Give the browser its session; answers the CSRF token."""
    token = csrf_token(signed_in.secret)
    age = int(SESSION_LASTS.total_seconds())
    for name, value, hidden in ((SESSION, cookie_of(signed_in), True), (CSRF, token, False)):
        response.set_cookie(
            name, value, max_age=age, path="/", secure=secure, httponly=hidden, samesite="lax"
        )
    return token


def clear_cookies(response: Response, *, secure: bool) -> None:
    """Take the session from the browser."""
    for name, hidden in ((SESSION, True), (CSRF, False)):
        response.delete_cookie(name, path="/", secure=secure, httponly=hidden, samesite="lax")
