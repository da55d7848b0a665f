"""What an API key may be given."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator

from shared.errors import Field, Forbidden, Unauthenticated, Unprocessable
from shared.identity import Actor, FirmRole
from shared.policy import scope_covers, scope_within

PREFIX: Final = "rk_"
_SCOPE: Final = re.compile(r"[a-z][a-z-]{0,30}:(?:\*|read|write|[a-z][a-z-]{0,30})")


def _scope(value: str) -> str:
    if not _SCOPE.fullmatch(value):
        raise ValueError("a scope reads resource:read, resource:write, resource:* or an action")
    return value


ScopeName = Annotated[str, AfterValidator(_scope)]


class BadKey(Unauthenticated):
    """Unknown, revoked or expired key, or the wrong secret: the same answer for all."""

    code = "bad_key"
    title = {"en": "This key is not good", "zh": "密钥无效"}
    text = {
        "en": "The key is unknown, revoked or expired, or its secret is wrong.",
        "zh": "密钥未知、已撤销、已过期，或密钥内容错误。",
    }


class UnknownOwner(Unprocessable):
    """A key acts for an active person."""

    code = "unknown_owner"
    place = "/user_id"
    title = {"en": "This person cannot own a key", "zh": "此人不能持有密钥"}
    text = {"en": "Name an active person.", "zh": "请指定一位已启用的人员。"}


class TooWide(Forbidden):
    """Nobody makes a key that may do more than they may."""

    code = "key_too_wide"
    title = {"en": "This key would do more than you may", "zh": "该密钥的权限超出您的权限"}
    text = {
        "en": "Nothing was made. See `errors` for what goes beyond your own rights.",
        "zh": "未创建密钥。errors 中列出了超出您权限的内容。",
    }


def check_reach(actor: Actor, scopes: Sequence[str], owner_id: UUID) -> None:
    """Raise `TooWide` (403) where a key made by `actor` would reach beyond them.

    Only an administrator in person makes keys for others; a key makes none with scopes that it
    has not.
    """
    places = []
    if actor.scopes is not None:
        places = [
            Field(
                f"/scopes/{n}", f"Your key does not have {scope}.", f"您的密钥没有 {scope} 权限。"
            )
            for n, scope in enumerate(scopes)
            if not scope_within(scope, actor.scopes)
        ]
    if owner_id != actor.user_id and (actor.scopes is not None or not actor.has(FirmRole.ADMIN)):
        en = "Only an administrator who is signed in makes keys for others."
        places.append(Field("/user_id", en, "仅管理员本人登录后可为他人创建密钥。"))
    if places:
        raise TooWide(errors=places)


def check_scopes(scopes: Sequence[str], known: Collection[str], may: Collection[str]) -> None:
    """Raise `Unprocessable` (422) for scopes that name no action, or none that is allowed."""
    places = []
    for number, scope in enumerate(scopes):
        if not scope_covers(scope, known):
            en, zh = f"{scope} names nothing there is.", f"没有名为 {scope} 的权限。"
        elif not scope_covers(scope, may):
            en, zh = f"You may do nothing of {scope}.", f"您没有 {scope} 中的任何权限。"
        else:
            continue
        places.append(Field(f"/scopes/{number}", en, zh, code="unknown_scope"))
    if places:
        raise Unprocessable(errors=places)


def check_expiry(expires_at: datetime | None, now: datetime) -> None:
    """Raise `Unprocessable` (422) for an end that has passed."""
    if expires_at is not None and expires_at <= now:
        raise Unprocessable(errors=[Field("/expires_at", "lies in the past", "时间已过")])
