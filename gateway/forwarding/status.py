"""Whether the door is alive, whether it is ready and why not, and what it measured."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

import aiohttp
from prometheus_client import generate_latest
from starlette.responses import JSONResponse, Response

from gateway.exchanges.exchange import Exchange
from shared.errors import NotFound
from shared.telemetry import REGISTRY

_SECONDS: Final = 2.0
_PATIENCE_SECONDS: Final = 15.0
"""A service that was ready so lately and is merely slow to say so again still counts as ready."""


@dataclass(frozen=True)
class Health:
    """Why something is not ready, by dependency ("ok" where it is), and what is degraded."""

    checks: dict[str, str]
    degraded: dict[str, str]


class Status:
    """Answers /healthz, /readyz and /metrics."""

    def __init__(
        self,
        own: Callable[[], Awaitable[Health]],
        services: Mapping[str, str],
        session: aiohttp.ClientSession,
        metrics_token: str | None,
    ) -> None:
        self._own = own
        self._services = services
        self._session = session
        self._metrics_token = metrics_token
        self._ready_at: dict[str, float] = {}

    async def alive(self, _: Exchange) -> Response:
        """200 as long as the process answers at all, whatever it depends on."""
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})

    async def ready(self, _: Exchange) -> Response:
        """200 when everything behind the door answers; else 503 with the reason per dependency.

        `degraded` names what works, but promises less than it should; that is ready nevertheless.
        """
        own = await self._own()
        answers = await asyncio.gather(*map(self._ask, self._services.values()))
        asked = dict(zip(self._services, answers, strict=True))
        checks = own.checks | {name: reason for name, (reason, _) in asked.items()}
        degraded = own.degraded | {name: words for name, (_, words) in asked.items() if words}
        ready = all(reason == "ok" for reason in checks.values())
        return JSONResponse(
            {"ready": ready, "checks": checks, "degraded": degraded},
            200 if ready else 503,
            headers={"Cache-Control": "no-store"},
        )

    async def metrics(self, exchange: Exchange) -> Response:
        """Prometheus text, for this machine or whoever has the token; to others there is none."""
        assert exchange.headers is not None
        given = exchange.headers.authorization or b""
        expected = f"Bearer {self._metrics_token}".encode()
        allowed = self._metrics_token is not None and hmac.compare_digest(given, expected)
        if not allowed and not _local(exchange):
            raise NotFound()
        return Response(generate_latest(REGISTRY), media_type="text/plain; version=0.0.4")

    async def _ask(self, base: str) -> tuple[str, str]:
        """ "ok" or why a service is not ready, and in words what is degraded there."""
        try:
            async with asyncio.timeout(_SECONDS), self._session.get(f"{base}/readyz") as response:
                body = await response.json(content_type=None)
        except TimeoutError as error:
            silent = time.monotonic() - self._ready_at.get(base, float("-inf"))
            patient = silent < _PATIENCE_SECONDS
            return ("ok" if patient else f"unreachable: {type(error).__name__}"), ""
        except (aiohttp.ClientError, ValueError) as error:
            return f"unreachable: {type(error).__name__}", ""
        degraded = "; ".join(f"{k}: {v}" for k, v in body.get("degraded", {}).items())
        if response.status == 200:
            self._ready_at[base] = time.monotonic()
            return "ok", degraded
        reasons = {k: v for k, v in body.get("checks", {}).items() if v != "ok"}
        return f"not ready: {reasons}", degraded


def _local(exchange: Exchange) -> bool:
    assert exchange.headers is not None
    if exchange.headers.forwarded_for is not None:
        return False
    try:
        return ipaddress.ip_address(exchange.address).is_loopback
    except ValueError:
        return False
