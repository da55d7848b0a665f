"""The door for imported history: an administrator's write, as somebody, at a moment of the past."""

from __future__ import annotations

from uuid import UUID

from gateway.exchanges.exchange import Exchange
from gateway.forwarding.routes import Route, may_be_history
from gateway.sessions.callers import Caller, Callers
from shared.errors import BadRequest
from shared.history import OCCURRED_AT, ON_BEHALF_OF, NotAnImporter
from shared.identity import FirmRole

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class NotHistory(BadRequest):
    """The headers of history on a request that cannot be history."""

    code = "not_history"
    title = {"en": "This is not history", "zh": "不是历史数据"}
    text = {
        "en": "Send {occurred_at} with every write that is history, and {on_behalf_of} only with "
        "it; neither belongs on a reading request.",
        "zh": "历史写入须带 {occurred_at}；{on_behalf_of} 只能与其同用，读取请求均不可使用。",
    }

    def __init__(self) -> None:
        super().__init__(occurred_at=OCCURRED_AT, on_behalf_of=ON_BEHALF_OF)


class HappensNow(NotHistory):
    """Headers of history on an act that can never be history."""

    text = {
        "en": "This acts on what is now: an account, a session, a key, a view, a survey's link or "
        "how Rapport runs. Leave out {occurred_at} and {on_behalf_of}.",
        "zh": "此操作针对当前的账户、会话、密钥、视图、问卷链接或系统运行，不属于历史数据。"
        "请去掉 {occurred_at} 和 {on_behalf_of}。",
    }


def is_history(exchange: Exchange) -> bool:
    """True when a request carries a header of history."""
    headers = exchange.headers
    assert headers is not None
    return headers.occurred_at is not None or headers.on_behalf_of is not None


async def history_token(callers: Callers, exchange: Exchange, caller: Caller, route: Route) -> str:
    """A token for the route's service that names whose history it is and who enters it; passes the
    moment on.

    Raises `NotAnImporter` (403), `NotHistory` (400), `HappensNow` (400) where nothing can be
    history, and `NotFound` (404) for an unknown person.
    """
    headers = exchange.headers
    assert headers is not None
    if not caller.actor.has(FirmRole.ADMIN) or caller.actor.scopes is not None:
        raise NotAnImporter()
    if headers.occurred_at is None or exchange.method in _READING:
        raise NotHistory()
    if not may_be_history(route, exchange.method, exchange.path):
        raise HappensNow()
    headers.passed.append((OCCURRED_AT.lower(), headers.occurred_at.decode("latin-1")))
    return await callers.history_token(caller, route.service, _person(headers.on_behalf_of))


def _person(header: bytes | None) -> UUID | None:
    if header is None:
        return None
    try:
        return UUID(header.decode("latin-1"))
    except ValueError as error:
        raise NotHistory() from error
