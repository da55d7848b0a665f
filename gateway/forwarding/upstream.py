"""A service behind the door, and the one way to it: aiohttp, streaming back, at most one retry."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from gateway.exchanges.bodies import LongBody
from gateway.exchanges.exchange import Exchange
from gateway.exchanges.headers import answer_headers
from shared import deadline
from shared.errors import Overloaded
from shared.identity import HEADER as IDENTITY
from shared.middleware import REQUEST_ID

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_BUFFERED_ANSWER: Final = 65_536
_CONNECT_SECONDS: Final = 2.0
# Shorter than the services' own keep-alive, so that a request rarely meets a closing connection.
_KEEP_ALIVE_SECONDS: Final = 4.0
_RETRY_PAUSE_SECONDS: Final = 0.05
_SKIPPED: Final = frozenset({"User-Agent", "Accept", "Accept-Encoding", "Content-Type"})
_NO_SNIFF: Final = (b"x-content-type-options", b"nosniff")
_NO_STORE: Final = (b"cache-control", b"no-store")
ADDRESS: Final = "Rapport-Client-Address"


class ServiceAway(Overloaded):
    """The service behind this address does not answer at the moment."""

    code = "service_unavailable"
    title = {"en": "This part is not available at the moment", "zh": "该部分暂时不可用"}
    text = {
        "en": "The rest of Rapport works on. Try again in a few seconds.",
        "zh": "其他部分仍可使用。请几秒后重试。",
    }


class AnswerBroken(Exception):
    """The service broke off in the middle of its answer; the connection must break off too."""


@dataclass
class Upstream:
    """One service: where it is and how many requests may be with it at once."""

    name: str
    base: str
    places: int
    in_flight: int = field(default=0, init=False)


Body = bytes | LongBody | None
Connections = aiohttp.ClientSession
"""The process's pool of connections to the services."""


def open_session() -> Connections:
    """Open the pool, without cookies or headers of its own."""
    session = aiohttp.ClientSession(
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=_SKIPPED,
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE_SECONDS),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS),
        read_bufsize=2**18,
    )
    # aiohttp would repeat idempotent requests by itself; of two retries only ours is allowed.
    session._retry_connection = False
    return session


class Forwarder:
    """Sends an exchange to a service and its answer back, streaming both ways."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def forward(
        self, exchange: Exchange, upstream: Upstream, identity: str, body: LongBody | None = None
    ) -> None:
        """Pass the request on and answer; `body` is the long one that came before.

        Raises `ServiceAway`, `Overloaded` (503), and of a short body what `Exchange.chunks` does.
        """
        if upstream.in_flight >= upstream.places:
            raise Overloaded()
        upstream.in_flight += 1
        try:
            headers = _headers_for(exchange, identity)
            response = await self._send(exchange, upstream, headers, body or await _short(exchange))
            try:
                await _answer(exchange, response)
            finally:
                response.release()
        finally:
            upstream.in_flight -= 1

    async def _send(
        self, exchange: Exchange, upstream: Upstream, headers: CIMultiDict[str], body: Body
    ) -> aiohttp.ClientResponse:
        url = _url(upstream.base, exchange)
        try:
            return await self._request(exchange, url, headers, body)
        except aiohttp.ClientError as error:
            if not _repeatable(exchange):
                raise ServiceAway(2) from error
        await asyncio.sleep(_RETRY_PAUSE_SECONDS)
        try:
            return await self._request(exchange, url, headers, body)
        except aiohttp.ClientError as error:
            raise ServiceAway(2) from error

    async def _request(
        self, exchange: Exchange, url: URL, headers: CIMultiDict[str], body: Body
    ) -> aiohttp.ClientResponse:
        return await self._session.request(
            exchange.method,
            url,
            headers=headers,
            data=body.pieces() if isinstance(body, LongBody) else body,
            allow_redirects=False,
        )


async def _short(exchange: Exchange) -> bytes | None:
    assert exchange.headers is not None
    return await exchange.body() if exchange.headers.has_body else None


def _repeatable(exchange: Exchange) -> bool:
    assert exchange.headers is not None
    keyed = any(name == "idempotency-key" for name, _ in exchange.headers.passed)
    return exchange.method in _SAFE or keyed


def _url(base: str, exchange: Exchange) -> URL:
    target = base + exchange.path.decode("ascii")
    if exchange.query:
        target += "?" + exchange.query.decode("latin-1")
    return URL(target, encoded=True)


def _headers_for(exchange: Exchange, identity: str) -> CIMultiDict[str]:
    assert exchange.headers is not None
    headers = CIMultiDict(exchange.headers.passed)
    headers[IDENTITY] = identity
    headers[REQUEST_ID] = exchange.request_id
    headers[deadline.HEADER] = str(int(exchange.until * 1000))
    headers[ADDRESS] = exchange.address
    headers["traceparent"] = exchange.traceparent
    if exchange.headers.length is not None:
        headers["Content-Length"] = str(exchange.headers.length)
    return headers


async def _answer(exchange: Exchange, response: aiohttp.ClientResponse) -> None:
    headers = answer_headers(response.raw_headers)
    headers.append(_NO_SNIFF)
    if "Cache-Control" not in response.headers:
        headers.append(_NO_STORE)
    length = response.content_length
    if length is not None and length <= _BUFFERED_ANSWER:
        try:
            body = await response.read()
        except aiohttp.ClientError as error:
            raise ServiceAway(2) from error
        await exchange.start(response.status, headers)
        await exchange.finish(body)
        return
    await _stream_back(exchange, response, headers)


async def _stream_back(
    exchange: Exchange, response: aiohttp.ClientResponse, headers: list[tuple[bytes, bytes]]
) -> None:
    await exchange.start(response.status, headers)
    try:
        async for chunk in response.content.iter_any():
            await exchange.send_raw(
                {"type": "http.response.body", "body": chunk, "more_body": True}
            )
    except aiohttp.ClientError as error:
        raise AnswerBroken from error
    await exchange.finish(b"")
