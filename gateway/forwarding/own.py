"""The gateway's own routes, reached the way a service is: with a signed token, outsiders' words
stripped. They live in the same process, so nothing is sent over a wire.
"""

from __future__ import annotations

from starlette.types import ASGIApp

from gateway.exchanges.exchange import Exchange
from gateway.forwarding.upstream import ADDRESS
from gateway.sessions.callers import Caller
from shared import deadline
from shared.identity import HEADER as IDENTITY
from shared.middleware import REQUEST_ID

CSRF = "Rapport-Csrf"


class OwnRoutes:
    """Hands an exchange to the gateway's own application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def serve(self, exchange: Exchange, caller: Caller | None, token: str) -> None:
        """Answer by the own routes, as `caller` or as nobody."""
        assert exchange.headers is not None
        headers = [
            (name.encode(), value.encode("latin-1")) for name, value in exchange.headers.passed
        ]
        own = {
            REQUEST_ID: exchange.request_id,
            deadline.HEADER: str(int(exchange.until * 1000)),
            ADDRESS: exchange.address,
            "traceparent": exchange.traceparent,
        }
        if exchange.headers.length is not None:
            own["content-length"] = str(exchange.headers.length)
        if caller is not None:
            own[IDENTITY] = token
            if caller.csrf is not None:
                own[CSRF] = caller.csrf
        headers += [(name.lower().encode(), value.encode("latin-1")) for name, value in own.items()]
        scope = {**exchange.scope, "headers": headers}
        await self._app(scope, exchange.receive, exchange.send)
