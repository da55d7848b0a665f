"""How long a sign-in lasts, and what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from shared.errors import BadRequest, Forbidden, Unauthenticated, Unprocessable
from shared.limits import Limit

SESSION_LASTS: Final = timedelta(days=14)
KEY_SESSION_LASTS: Final = timedelta(minutes=15)
REFRESH_LASTS: Final = timedelta(days=14)
GRACE: Final = timedelta(seconds=20)
"""Two tabs may use the same refresh token at nearly the same time; later use is theft."""

BY_ADDRESS: Final = Limit("sign_in_address", count=600, seconds=300)
"""An office, or a test suite, signs in from one address."""
BY_PLACE: Final = Limit("sign_in_place", count=10, seconds=300)
"""One account from one address: what guessing looks like, without locking the owner out."""
BY_ACCOUNT: Final = Limit("sign_in_account", count=100, seconds=300)
"""One account from everywhere: guessing by many."""
BY_OWNER: Final = Limit("own_password", count=10, seconds=300)
"""One person's own password, to change it: whoever found a browser open could guess it here."""
BY_KEY: Final = Limit("sign_in_key", count=30, seconds=60)


class Kind(StrEnum):
    """How a session began."""

    BROWSER = "browser"
    TOKEN = "token"
    KEY = "key"


class Use(StrEnum):
    """What a presented refresh token is worth."""

    FIRST = "first"
    AGAIN_IN_GRACE = "again_in_grace"
    REUSED = "reused"
    EXPIRED = "expired"


def refresh_use(used_at: datetime | None, expires_at: datetime, now: datetime) -> Use:
    """Judge a known refresh token of a live session.

    The second use within `GRACE` is a second tab; any later one means that two parties hold the
    token, and the whole family must go (RFC 9700, 4.14.2).
    """
    if used_at is None:
        return Use.FIRST if now < expires_at else Use.EXPIRED
    return Use.AGAIN_IN_GRACE if now - used_at <= GRACE else Use.REUSED


class BadCredentials(Unauthenticated):
    """Unknown person, wrong password or not active: the same answer for all."""

    code = "bad_credentials"
    title = {"en": "Sign-in failed", "zh": "登录失败"}
    text = {
        "en": "Mail address or password is not right, or the account is not active.",
        "zh": "邮箱或密码不正确，或账户未启用。",
    }


class WrongPassword(Unprocessable):
    """The password given to confirm a change is not theirs. Not 401: the session is good."""

    code = "wrong_password"
    place = "/current_password"
    text = {
        "en": "This is not your current password.",
        "zh": "当前密码不正确。",
    }


class BadGrant(BadRequest):
    """A refresh token that is not, or no longer, good (RFC 6749: `invalid_grant`)."""

    code = "invalid_grant"
    title = {"en": "Please sign in again", "zh": "请重新登录"}
    text = {
        "en": "This refresh token is not valid any more.",
        "zh": "该刷新令牌已失效。",
    }

    def __init__(self) -> None:
        super().__init__(extra={"error": "invalid_grant"})


class UnknownGrant(BadRequest):
    """Not a grant type of this endpoint, or its fields are missing."""

    code = "unsupported_grant"
    title = {"en": "This kind of sign-in is not offered", "zh": "不支持该登录方式"}
    text = {
        "en": "Send grant_type password, refresh_token or client_credentials with its fields.",
        "zh": "请使用 grant_type 为 password、refresh_token 或 client_credentials 及其字段。",
    }


class MissingCsrfToken(Forbidden):
    """A cookie alone proves a browser, not an intention."""

    code = "csrf_token_missing"
    title = {"en": "The request lacks its session's token", "zh": "请求缺少会话令牌"}
    text = {
        "en": "Somebody may have signed in in another tab: load the page anew. A program sends the"
        " value of the cookie rapport_csrf as X-CSRF-Token.",
        "zh": "可能已在其他标签页重新登录，请刷新页面。"
        "程序请以 X-CSRF-Token 发送 cookie rapport_csrf 的值。",
    }
