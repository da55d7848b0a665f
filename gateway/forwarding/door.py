"""The door: what every request meets, in order, as one plain ASGI application.

Path and headers checked, caller known, limits kept, a long body whole, then one of: forwarded to a
service, answered by the gateway's own routes, streamed live, served from the built interface.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.exchanges.bodies import Arrivals, LongBody
from gateway.exchanges.exchange import ClientGone, Exchange
from gateway.exchanges.headers import Incoming, check_host
from gateway.forwarding.history import HappensNow, history_token, is_history
from gateway.forwarding.own import OwnRoutes
from gateway.forwarding.paths import check_path
from gateway.forwarding.record import Recorder
from gateway.forwarding.routes import OWN, Route, find_route, is_anonymous, is_unnamed
from gateway.forwarding.status import Status
from gateway.forwarding.upstream import AnswerBroken, Forwarder, Upstream
from gateway.live.hub import Hub
from gateway.live.stream import PATH as STREAM
from gateway.live.stream import LiveStream
from gateway.openapi.served import AsyncApi, OpenApi
from gateway.sessions.callers import Caller, Callers
from gateway.settings import GatewaySettings
from gateway.web.pages import Pages
from shared.errors import DeadlineExceeded, MethodNotAllowed, NotFound, Unauthenticated
from shared.limits import LocalLimiter
from shared.problems import to_problem
from shared.telemetry import log

Answering = Callable[[Exchange], Awaitable[Response]]
GONE: Final = 499
"""Logged for callers who hung up; nobody receives it."""
_log = log(__name__)


@dataclass
class House:
    """What stands behind the door; complete once the process has started."""

    settings: GatewaySettings
    callers: Callers
    recorder: Recorder
    limiter: LocalLimiter
    arrivals: Arrivals
    forwarder: Forwarder
    upstreams: dict[str, Upstream]
    own: OwnRoutes
    hub: Hub
    live: LiveStream
    openapi: OpenApi
    asyncapi: AsyncApi
    pages: Pages
    status: Status


class Door:
    """The gateway as an ASGI application. `inner` holds its own routes and the lifespan."""

    def __init__(self, inner: ASGIApp, state: Any) -> None:
        self.inner = inner
        self.state = state
        self.house: House | None = None

    def stop(self) -> None:
        """A stop was asked for: not ready from now on, and no stream holds the process up."""
        runtime = getattr(self.state, "runtime", None)
        if runtime is not None:
            runtime.stopping = True
        if self.house is not None:
            self.house.hub.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.inner(scope, receive, send)
            return
        if scope["type"] != "http" or self.house is None:
            return
        house = self.house
        exchange = Exchange(scope, receive, send, house.settings.request_seconds)
        span = house.recorder.begin(exchange)
        try:
            await _answer(house, exchange)
        finally:
            house.recorder.end(exchange, span)


async def _answer(house: House, exchange: Exchange) -> None:
    try:
        await _serve(house, exchange)
    except ClientGone:
        exchange.status = exchange.status or GONE
    except AnswerBroken:
        raise
    except TimeoutError:
        await exchange.fail(DeadlineExceeded())
    except Exception as error:  # noqa: BLE001 - the last place where an error can be answered
        problem = to_problem(error)
        if problem.status == 500:
            _log.error("request_failed", request_id=exchange.request_id, exc_info=error)
        await exchange.fail(problem)


async def _serve(house: House, exchange: Exchange) -> None:
    check_host(exchange.scope["http_version"], exchange.scope["headers"])
    check_path(exchange.path)
    headers = exchange.headers = Incoming(exchange.scope["headers"])
    exchange.address = _address(house.settings, exchange)
    route = find_route(exchange.path)
    if route is None:
        await _serve_other(house, exchange)
        return
    exchange.route = f"/api/v1/{route.collection}"
    exchange.unnamed = is_unnamed(route, exchange.path)
    exchange.limit = route.max_body_bytes
    exchange.check_length(headers.length)
    if exchange.path == STREAM:
        await house.live.serve(exchange, await _caller(house, exchange))
        return
    async with asyncio.timeout(exchange.until - time.time()) as exchange.clock:
        await _serve_api(house, exchange, route)


async def _serve_api(house: House, exchange: Exchange, route: Route) -> None:
    if is_anonymous(exchange.method, exchange.path):
        if is_history(exchange):
            raise HappensNow()
        house.limiter.hit(exchange.address)
        await house.own.serve(exchange, None, "")
        return
    if route.anonymous:
        house.limiter.hit(exchange.address)
        await _forward(house, exchange, route, house.callers.token_for_nobody(route.service))
        return
    caller = await _caller(house, exchange)
    if route.service == OWN or not exchange.has_long_body():
        await _serve_caller(house, exchange, route, caller)
        return
    async with house.arrivals.whole(exchange) as body:
        caller = await house.callers.again(caller)
        await _serve_caller(house, exchange, route, caller, body)


async def _serve_caller(
    house: House, exchange: Exchange, route: Route, caller: Caller, body: LongBody | None = None
) -> None:
    # The token is signed last: it is good for a minute, and a long body may come for longer.
    if is_history(exchange):
        token = await history_token(house.callers, exchange, caller, route)
    else:
        token = house.callers.token_for(caller, route.service)
    if route.service == OWN:
        await house.own.serve(exchange, caller, token)
        return
    await _forward(house, exchange, route, token, body)


async def _forward(
    house: House, exchange: Exchange, route: Route, token: str, body: LongBody | None = None
) -> None:
    upstream = house.upstreams.get(route.service)
    if upstream is None:
        raise NotFound()
    await house.forwarder.forward(exchange, upstream, token, body)


async def _caller(house: House, exchange: Exchange) -> Caller:
    """Who comes. Raises `Unauthenticated` (401), `MissingCsrfToken` (403), `TooMany` (429)."""
    headers = exchange.headers
    assert headers is not None
    caller = await house.callers.of(headers.authorization, headers.cookie)
    if caller is None:
        house.limiter.hit(exchange.address)
        raise Unauthenticated()
    house.limiter.hit(caller.subject)
    house.callers.check_csrf(caller, exchange.method, headers.csrf)
    exchange.user_id = str(caller.actor.user_id)
    if headers.accept_language is None:
        headers.accept_language = caller.actor.language
        headers.passed.append(("accept-language", caller.actor.language))
    return caller


async def _serve_other(house: House, exchange: Exchange) -> None:
    path = exchange.scope["path"]
    exchange.route = "other"
    answering = _OPEN_TO_ALL.get(path)
    if answering is not None:
        exchange.route = path
        if exchange.method not in {"GET", "HEAD"}:
            raise MethodNotAllowed(headers={"Allow": "GET, HEAD"})
        response = await answering(house)(exchange)
        await response(exchange.scope, exchange.receive, exchange.send)
        return
    house.limiter.hit(exchange.address)
    await house.pages.serve(exchange)


def _address(settings: GatewaySettings, exchange: Exchange) -> str:
    """Where the request comes from; a proxy's word counts only from a trusted peer."""
    client = exchange.scope.get("client")
    peer = client[0] if client else ""
    assert exchange.headers is not None
    forwarded = exchange.headers.forwarded_for
    if forwarded is not None and peer in settings.trusted_proxies:
        return forwarded.decode("latin-1").split(",")[-1].strip()[:64]
    return peer


_OPEN_TO_ALL: Final[dict[str, Callable[[House], Answering]]] = {
    "/healthz": lambda house: house.status.alive,
    "/readyz": lambda house: house.status.ready,
    "/metrics": lambda house: house.status.metrics,
    "/api/openapi.json": lambda house: house.openapi.response,
    "/api/asyncapi.json": lambda house: house.asyncapi.response,
}
"""What is read without a sign-in, by address; metrics ask for a token of their own."""
