"""The services' own OpenAPI documents, fetched now and then and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import aiohttp
import orjson

from shared.telemetry import log

_SOON: Final = 2.0
_LATER: Final = 60.0
_SECONDS: Final = 5.0
_log = log(__name__)


class Documents:
    """What each service says of itself; the last good answer counts."""

    def __init__(self, services: Mapping[str, str]) -> None:
        self._services = services
        self._changed: dict[str, bytes] = {}
        self._silent: set[str] = set()
        self.known: dict[str, dict[str, Any]] = {}
        self.edition = 0
        """Rises whenever a document changed."""

    async def run(self, session: aiohttp.ClientSession) -> None:
        """Keep the documents fresh until cancelled."""
        while True:
            await self.refresh(session)
            complete = self.known.keys() >= self._services.keys()
            await asyncio.sleep(_LATER if complete else _SOON)

    async def refresh(self, session: aiohttp.ClientSession) -> None:
        """Ask every service once."""
        for name, base in self._services.items():
            try:
                await self._fetch(session, name, base)
                self._silent.discard(name)
            except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                self._note(name, str(error)[:200])

    def _note(self, name: str, reason: str) -> None:
        """Log that a service does not tell its document: while it starts, then once per spell."""
        if name not in self.known:
            _log.info("openapi_pending", service_asked=name, reason=reason)
        elif name not in self._silent:
            _log.warning("openapi_stale", service_asked=name, reason=reason)
            self._silent.add(name)

    async def _fetch(self, session: aiohttp.ClientSession, name: str, base: str) -> None:
        async with asyncio.timeout(_SECONDS), session.get(f"{base}/openapi.json") as response:
            response.raise_for_status()
            body = await response.read()
        if self._changed.get(name) != body:
            self.known[name] = orjson.loads(body)
            self._changed[name] = body
            self.edition += 1
