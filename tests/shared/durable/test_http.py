"""Outgoing calls to addresses that users typed reach public hosts only."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator

import pytest

from shared.http import (
    BlockedAddress,
    BodyTooLarge,
    GuardedTransport,
    InvalidURL,
    is_public,
    make_guarded_client,
    read_limited,
)

PRIVATE = [
    "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
    "2002:7f00:1::", "2001:0:7f00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_and_disguised_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


async def resolves_to(*addresses: str) -> list[str]:
    return list(addresses)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost/",
        "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/",
    ],
)  # fmt: skip
async def test_every_spelling_of_this_machine_is_refused(url: str) -> None:
    async with make_guarded_client() as http:
        with pytest.raises((BlockedAddress, InvalidURL)):
            await http.get(url)


async def test_one_private_address_among_several_is_enough_to_refuse() -> None:
    transport = GuardedTransport(resolver=lambda *_: resolves_to("8.8.8.8", "10.0.0.1"))
    async with make_guarded_client(transport) as http:
        with pytest.raises(BlockedAddress):
            await http.get("http://partner.example/")


class Peer:
    """A local HTTP server that answers one fixed response and remembers what it was asked."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.asked: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(self.answer)
        await writer.drain()
        writer.close()


async def serving(peer: Peer) -> AsyncIterator[int]:
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


async def test_the_connection_goes_to_the_checked_address_with_the_hosts_name() -> None:
    peer = Peer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])

    async def rebinding(host: str, port: int) -> list[str]:
        return next(answers)

    async for port in serving(peer):
        transport = GuardedTransport(
            permit=lambda address: address == ipaddress.ip_address("127.0.0.1"), resolver=rebinding
        )
        async with make_guarded_client(transport) as http:
            answer = await http.get(f"http://partner.example:{port}/hook")
            assert answer.text == "ok"
            with pytest.raises(BlockedAddress):
                await http.get(f"http://partner.example:{port}/hook")
        assert f"host: partner.example:{port}".encode() in peer.asked[0].lower()
        assert len(peer.asked) == 1, "the second request was checked anew"


async def test_redirects_are_not_followed_and_bodies_are_limited() -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 100\r\n\r\n"
    peer = Peer(head + b"x" * 100)
    async for port in serving(peer):
        transport = GuardedTransport(
            permit=lambda _: True, resolver=lambda *_: resolves_to("127.0.0.1")
        )
        async with (
            make_guarded_client(transport) as http,
            http.stream("GET", f"http://partner.example:{port}/") as answer,
        ):
            assert answer.status_code == 302
            with pytest.raises(BodyTooLarge):
                await read_limited(answer, 99)
