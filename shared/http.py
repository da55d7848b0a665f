"""The one place that imports httpx: outgoing HTTP.

    async with make_client() as http: ...                # to addresses the operator configured
    async with make_guarded_client() as http: ...        # to addresses a user typed (webhooks)

The guarded client resolves the host itself, refuses unless *every* address is public, and connects
to the very address it checked, so that a second DNS answer cannot lead elsewhere. It follows no
redirects, uses no proxy and speaks only http(s). Read bodies with `read_limited`.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]
Response = httpx.Response
Client = httpx.AsyncClient
HTTPError = httpx.HTTPError
InvalidURL = httpx.InvalidURL

TIMEOUT: Final = httpx.Timeout(10.0, connect=3.0, pool=3.0)
_LIMITS: Final = httpx.Limits(max_connections=100, max_keepalive_connections=20)
_TRANSLATED: Final = (
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),
    ipaddress.ip_network("2001::/32"),
    ipaddress.ip_network("::/96"),
    ipaddress.ip_network("fec0::/10"),
)
"""IPv6 forms that carry an IPv4 address inside (NAT64, 6to4, Teredo, compatible), or site-local."""


class BlockedAddress(httpx.ConnectError):
    """The host is no public address, or resolves to one that is not."""


class BodyTooLarge(httpx.HTTPError):
    """The peer's answer is over the limit."""


def make_client(
    *, timeout: httpx.Timeout = TIMEOUT, headers: Mapping[str, str] | None = None
) -> Client:
    """A client for configured peers; certificates verified, no proxy from the environment."""
    return Client(
        timeout=timeout,
        limits=_LIMITS,
        trust_env=False,
        follow_redirects=False,
        headers={"User-Agent": "Rapport/1"} | dict(headers or {}),
    )


def is_public(address: Address) -> bool:
    """True for an address on the public internet, whatever form it is written in."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system's resolver gives them."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedTransport(httpx.AsyncBaseTransport):
    """Connects only to checked addresses; checks anew for every request."""

    def __init__(
        self,
        *,
        permit: Callable[[Address], bool] = is_public,
        resolver: Resolve = resolve,
        verify: bool = True,
    ) -> None:
        self._permit = permit
        self._resolve = resolver
        # No connection is kept: a pooled one could have been opened for another host's name.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._inner = httpx.AsyncHTTPTransport(verify=verify, trust_env=False, limits=limits)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to an address that was checked. Raises `BlockedAddress`."""
        url = request.url
        if url.scheme not in {"http", "https"} or not url.host:
            raise BlockedAddress(f"not an http(s) address: {url.scheme}", request=request)
        address = await self._checked(request)
        pinned = httpx.Request(
            request.method,
            url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions | {"sni_hostname": url.host},
        )
        return await self._inner.handle_async_request(pinned)

    async def _checked(self, request: httpx.Request) -> str:
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        try:
            addresses = await self._resolve(host, port)
        except OSError as error:
            raise httpx.ConnectError(f"cannot resolve {host}", request=request) from error
        if not addresses:
            raise httpx.ConnectError(f"cannot resolve {host}", request=request)
        for address in addresses:
            # A scope ("%eth0") names a local interface: such an address is never public.
            if "%" in address or not self._permit(ipaddress.ip_address(address)):
                raise BlockedAddress(f"{host} is not a public address", request=request)
        return addresses[0]

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._inner.aclose()


def make_guarded_client(
    transport: GuardedTransport | None = None, *, timeout: httpx.Timeout = TIMEOUT
) -> Client:
    """A client for addresses that users typed."""
    return Client(
        transport=transport or GuardedTransport(),
        timeout=timeout,
        trust_env=False,
        follow_redirects=False,
        headers={"User-Agent": "Rapport/1"},
    )


async def read_limited(response: Response, limit: int) -> bytes:
    """The body of a streamed response. Raises `BodyTooLarge` beyond `limit` bytes, decoded."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            raise BodyTooLarge(f"more than {limit} bytes")
    return bytes(body)
