"""Nothing secret is written down: what logs say is blanked by key, and by shape inside texts.

Nor what PostgreSQL quotes of people: an error becomes text here alone (`error_text`).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any, Final

BLANK: Final = "[blanked]"
_KEYS: Final = ("password", "token", "secret", "authorization", "cookie", "api_key", "dsn")
_SHAPES: Final = (
    # The password in an address: postgresql://desk_firm:...@127.0.0.1/rapport_desk
    (re.compile(r"(?<=://)([^\s:/@]+):[^\s/]+(?=@)"), rf"\1:{BLANK}"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+"), BLANK),  # a JWT
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {BLANK}"),
    # password=..., "client_secret": "...", refresh_token='...'
    (
        re.compile(
            rf"(?i)([\w-]*(?:{'|'.join(_KEYS)})[\w-]*[\"']?\s*[=:]\s*)"
            r"(?:\"[^\"]*\"|'[^']*'|[^\s,;&)}\]\"']+)"
        ),
        rf"\1{BLANK}",
    ),
    # What `secrets.token_urlsafe(32)` makes: 43 characters, large and small; digits may be missing.
    (
        re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])", re.ASCII),
        BLANK,
    ),
    # Under an error of PostgreSQL, the row it is about: Key (email)=(li@huaxin.example) exists.
    # A quoted value may hold line ends: all goes until something that cannot be one begins.
    (
        re.compile(
            r"(?s)\bDETAIL:  .*?(?=\n[\s|]*(?:HINT:  |\[SQL: |\(Background on |The above exception"
            r"|During handling|\+-)|\Z)"
        ),
        f"DETAIL:  {BLANK}",
    ),
)


def blanked(value: Any) -> Any:
    """`value` without secrets, however deep; what is neither text nor collection stays as it is."""
    if isinstance(value, str):
        return blanked_text(value)
    if isinstance(value, Mapping):
        return {key: BLANK if _is_secret(key) else blanked(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [blanked(each) for each in value]
    if isinstance(value, BaseException):
        return error_text(value)
    if isinstance(value, bytes):
        return blanked_text(value.decode(errors="replace"))
    return value


def error_text(error: BaseException) -> str:
    """What is written down of an error, wherever it is kept: its kind and what it says."""
    return blanked_text(f"{type(error).__name__}: {error}")


def blanked_text(text: str) -> str:
    """`text` with what looks like a secret blanked."""
    for shape, instead in _SHAPES:
        text = shape.sub(instead, text)
    return text


class BlankingFormatter(logging.Formatter):
    """Formats what libraries log, tracebacks included, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record."""
        return blanked_text(super().format(record))


def _is_secret(key: object) -> bool:
    return any(word in str(key).lower() for word in _KEYS)
