"""What an API key may be given."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator

from shared.errors import Unauthenticated, Unprocessable

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
    title = {"en": "This person cannot own a key", "zh": "此人不能持有密钥"}
    text = {"en": "Name an active person.", "zh": "请指定一位已启用的人员。"}
