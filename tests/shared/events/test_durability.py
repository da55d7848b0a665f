"""A NATS that does not sync every write is named, and so is one that does not tell."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from deploy.engines import Nats
from shared.bus import Bus
from shared.database import Dsns
from shared.durability import Durability
from shared.progress import Standing
from tests.gateway.support import running
from tests.support.engines import Engines


class Silent(Nats):
    """A server that somebody else configured: it does not tell how it stores."""

    def _prepare(self) -> list[str]:
        command = super()._prepare()
        (self.folder / "nats.conf").write_text(
            f'listen: "127.0.0.1:{self.port}"\njetstream {{ store_dir: "{self.store}" }}\n'
        )
        return command


async def durability(url: str) -> str:
    """What a bus says of the server at `url`."""
    bus = Bus(url, name="asking")
    await bus.client()
    try:
        return await Durability(bus).reason()
    finally:
        await bus.close()


async def test_a_server_that_syncs_every_write_is_ok(engines: Engines) -> None:
    assert await durability(engines.nats.url) == "ok"


async def test_a_server_that_syncs_now_and_then_is_named(engines: Engines) -> None:
    with Nats(engines.home / "nats-lazy", durable=False) as lazy:
        assert "every 120 s" in await durability(lazy.url)


async def test_a_server_that_does_not_tell_is_named(engines: Engines) -> None:
    with Silent(engines.home / "nats-silent") as silent:
        assert (await durability(silent.url)).startswith("unknown")


async def ready(client: httpx.AsyncClient) -> dict[str, Any]:
    """The answer of /readyz once it is ready."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        answer = await client.get("/readyz")
        if answer.status_code == 200:
            break
        await asyncio.sleep(0.1)
    found: dict[str, Any] = answer.json()
    return found


async def test_readiness_says_so_and_stays_ready(
    service_database: Callable[[str], Dsns], engines: Engines, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    with Nats(engines.home / "nats-lazy-too", durable=False) as lazy:
        async with running(dsns, lazy.url, tmp_path) as gateway, gateway.client() as client:
            answer = await ready(client)
    assert answer["ready"] is True, answer
    assert "set sync_interval to always" in answer["degraded"]["nats"]
    async with running(dsns, engines.nats.url, tmp_path) as gateway, gateway.client() as client:
        answer = await ready(client)
    assert (answer["ready"], answer["degraded"]) == (True, {}), answer


async def test_a_reader_without_progress_is_named_and_the_service_stays_ready(
    service_database: Callable[[str], Dsns], engines: Engines, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    async with running(dsns, engines.nats.url, tmp_path) as gateway, gateway.client() as client:
        await ready(client)
        progress = gateway.door.state.runtime.subscriber.progress
        progress._standings["desk"] = Standing(7, 4, 2, 2, time.monotonic() - 75)
        answer = await ready(client)
    assert answer["ready"] is True, answer
    assert answer["degraded"] == {
        "reader of desk": "no progress for 75 s, 6 waiting, 2 of them delivered again"
    }


async def test_the_door_says_which_service_is_degraded(
    service_database: Callable[[str], Dsns], engines: Engines, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    async with running(dsns, engines.nats.url, tmp_path) as gateway, gateway.client() as client:
        gateway.echo.degraded = {"nats": "writes are synced every 120 s"}
        answer = await ready(client)
    assert answer["ready"] is True, answer
    assert answer["degraded"] == {"clients": "nats: writes are synced every 120 s"}
