"""Which headers cross the door, in each direction.

Nothing that claims an identity passes from outside, however it is spelled: a name that starts with
`rapport` once hyphens, underscores and dots are taken out is dropped, as are hop-by-hop headers,
whatever `Connection` lists, and the credentials themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from shared.errors import BadRequest
from shared.history import OCCURRED_AT, ON_BEHALF_OF

RawHeaders = Iterable[tuple[bytes, bytes]]

_HOP_BY_HOP: Final = frozenset(
    (
        b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization",
        b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade", b"expect",
    )
)  # fmt: skip
_OURS_TO_SET: Final = frozenset(
    (
        b"authorization", b"cookie", b"host", b"content-length", b"accept-encoding",
        b"forwarded", b"x-real-ip", b"x-csrf-token", b"traceparent", b"tracestate", b"baggage",
    )
)  # fmt: skip
_SINGLE: Final = frozenset((b"host", b"content-length", b"content-type", b"authorization"))
_ANSWER_DROPPED: Final = _HOP_BY_HOP | {b"server", b"date"}
_KNOWN_NAMES: Final = 2_000
_OCCURRED_AT: Final = OCCURRED_AT.lower().encode()
_ON_BEHALF_OF: Final = ON_BEHALF_OF.lower().encode()


class DoubledHeader(BadRequest):
    """A header that may stand once stands twice: two programs could pick differently."""

    code = "doubled_header"
    title = {"en": "A header is doubled", "zh": "请求头重复"}
    text = {"en": "Send “{name}” only once.", "zh": "“{name}” 只能出现一次。"}


class UnclearLength(BadRequest):
    """The body's length is said in two ways, or in a way that cannot be."""

    code = "unclear_length"
    title = {"en": "The length of the body is unclear", "zh": "请求体长度不明确"}
    text = {
        "en": "Send either Content-Length or Transfer-Encoding: chunked.",
        "zh": "请只使用 Content-Length 或 Transfer-Encoding: chunked 之一。",
    }


class NoHost(BadRequest):
    """RFC 9112: a request of HTTP/1.1 says to whom it goes."""

    code = "no_host"
    title = {"en": "The Host header is missing", "zh": "缺少 Host 请求头"}
    text = {
        "en": "A request of HTTP/1.1 has a Host header.",
        "zh": "HTTP/1.1 请求必须带有 Host 请求头。",
    }


def check_host(version: str, headers: RawHeaders) -> None:
    """Raise `NoHost` (400) for a request of HTTP/1.1 without a host."""
    if version == "1.1" and not any(name == b"host" for name, _ in headers):
        raise NoHost()


def claims_identity(name: bytes) -> bool:
    """True for every spelling of a header that only the gateway may set."""
    squeezed = name.lower().replace(b"-", b"").replace(b"_", b"").replace(b".", b"")
    return squeezed.startswith((b"rapport", b"xrapport", b"xforwarded"))


class HeaderFilter:
    """Decides by name, once per name: the same few names come with every request."""

    def __init__(self, dropped: frozenset[bytes]) -> None:
        self._dropped = dropped
        self._verdicts: dict[bytes, str | None] = {}

    def name(self, raw: bytes) -> str | None:
        """The name to pass on, or None when the header stays here."""
        try:
            return self._verdicts[raw]
        except KeyError:
            keep = not (raw in self._dropped or claims_identity(raw))
            verdict = raw.decode("latin-1") if keep else None
            if len(self._verdicts) < _KNOWN_NAMES:
                self._verdicts[raw] = verdict
            return verdict


_TO_SERVICE: Final = HeaderFilter(_HOP_BY_HOP | _OURS_TO_SET)
_passes_back: Final[dict[bytes, bytes | None]] = {}


class Incoming:
    """A request's headers, read once: what the door itself needs, and what goes on."""

    __slots__ = (
        "accept_language", "authorization", "cookie", "csrf", "forwarded_for", "has_body",
        "length", "occurred_at", "on_behalf_of", "passed",
    )  # fmt: skip

    def __init__(self, headers: RawHeaders) -> None:
        self.passed: list[tuple[str, str]] = []
        self.accept_language: str | None = None
        self.authorization: bytes | None = None
        self.cookie: bytes | None = None
        self.csrf: bytes | None = None
        self.forwarded_for: bytes | None = None
        self.occurred_at: bytes | None = None
        self.on_behalf_of: bytes | None = None
        self.length: int | None = None
        self.has_body = False
        self._read(headers)

    def _read(self, headers: RawHeaders) -> None:
        seen = set()
        listed: set[str] = set()
        passes = _TO_SERVICE.name
        for name, value in headers:
            kept = passes(name)
            if kept is not None:
                self.passed.append((kept, value.decode("latin-1")))
                if kept == "accept-language":
                    self.accept_language = value.decode("latin-1")
            elif name == b"connection":
                listed.update(part.strip() for part in value.decode("latin-1").lower().split(","))
            else:
                self._note(name, value)
            if name in _SINGLE:
                if name in seen:
                    raise DoubledHeader(name=name.decode())
                seen.add(name)
        self._check_length(seen)
        if listed - {"keep-alive", "close", ""}:
            self.passed = [item for item in self.passed if item[0] not in listed]

    def _note(self, name: bytes, value: bytes) -> None:
        if name == b"authorization":
            self.authorization = value
        elif name == b"cookie":
            self.cookie = value if self.cookie is None else self.cookie + b"; " + value
        elif name == b"x-csrf-token":
            self.csrf = value
        elif name == b"x-forwarded-for":
            self.forwarded_for = value
        elif name == _OCCURRED_AT:
            self.occurred_at = value
        elif name == _ON_BEHALF_OF:
            self.on_behalf_of = value
        elif name == b"content-length":
            if not value.isdigit():
                raise UnclearLength()
            self.length = int(value)
        elif name == b"transfer-encoding":
            if value.strip().lower() != b"chunked":
                raise UnclearLength()
            self.has_body = True

    def _check_length(self, seen: set[bytes]) -> None:
        if self.has_body and b"content-length" in seen:
            raise UnclearLength()
        self.has_body = self.has_body or bool(self.length)


def answer_headers(headers: RawHeaders) -> list[tuple[bytes, bytes]]:
    """A service's response headers as they go out: lower case, hop-by-hop ones removed."""
    passed = []
    for name, value in headers:
        try:
            kept = _passes_back[name]
        except KeyError:
            lowered = name.lower()
            kept = None if lowered in _ANSWER_DROPPED else lowered
            if len(_passes_back) < _KNOWN_NAMES:
                _passes_back[name] = kept
        if kept is not None:
            passed.append((kept, value))
    return passed
