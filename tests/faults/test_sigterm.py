"""A service that is told to stop takes nothing new, finishes what it has and is gone in time."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from deploy.processes import free_port
from shared.database import Dsns
from shared.identity import HEADER, Actor, Side, Signer, generate_keys
from shared.ids import new_id
from tests.support.plain import WITHOUT_TLS

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]

PRIVATE_KEY, PUBLIC_KEY = generate_keys()
MANAGER = Actor(new_id(), "Manager", Side.FIRM, frozenset({"client_manager"}))
GONE_WITHIN_SECONDS = 20.0


@dataclass
class Registry:
    """The client registry as a process of its own."""

    process: subprocess.Popen[bytes]
    port: int
    dsns: Dsns

    def client(self) -> httpx.AsyncClient:
        """Somebody's connections to it."""
        identity = {HEADER: Signer(PRIVATE_KEY).sign(MANAGER, "clients")}
        address = f"http://127.0.0.1:{self.port}"
        return httpx.AsyncClient(base_url=address, headers=identity, timeout=30, verify=WITHOUT_TLS)

    async def ready(self) -> bool:
        """Whether it says that it is ready, asked on a new connection."""
        try:
            async with self.client() as client:
                return (await client.get("/readyz", timeout=2)).status_code == 200
        except httpx.HTTPError:
            return False

    async def ended(self) -> float:
        """Wait for its end; the seconds it took."""
        begun = time.monotonic()
        await asyncio.to_thread(self.process.wait, 60)
        return time.monotonic() - begun


@pytest.fixture
async def registry(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> AsyncIterator[Registry]:
    """A registry that is ready."""
    dsns, port = service_database("clients"), free_port()
    settings = {
        "PORT": str(port),
        "FIRM_DSN": dsns.firm,
        "CLIENT_DSN": dsns.client,
        "WORKER_DSN": dsns.worker,
        "NATS_URL": nats_url,
        "IDENTITY_PUBLIC_KEY": PUBLIC_KEY,
        "FILES_DIR": str(tmp_path / "files"),
        "ANCHOR_DIR": str(tmp_path / "anchors"),
        "ENVIRONMENT": "test",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "services.clients"],
        env={**os.environ, **{f"RAPPORT_CLIENTS_{key}": value for key, value in settings.items()}},
    )
    registry = Registry(process, port, dsns)
    try:
        until = time.monotonic() + 60
        while not await registry.ready():
            assert process.poll() is None and time.monotonic() < until
            await asyncio.sleep(0.1)
        yield registry
    finally:
        process.kill()
        process.wait()


@asynccontextmanager
async def held(registry: Registry, client_id: UUID) -> AsyncIterator[asyncpg.Connection]:
    """A client's row, locked by somebody else until the block ends."""
    holder = await asyncpg.connect(registry.dsns.worker)
    try:
        async with holder.transaction():
            await holder.execute("SELECT 1 FROM clients WHERE id = $1 FOR UPDATE", client_id)
            yield holder
    finally:
        await holder.close()


async def edit_in_flight(
    registry: Registry, client: httpx.AsyncClient, client_id: UUID
) -> asyncio.Task[httpx.Response]:
    """An edit that waits for the locked row in PostgreSQL."""
    edit = asyncio.create_task(
        client.patch(
            f"/api/v1/clients/{client_id}", json={"city": "深圳"}, headers={"If-Match": '"1"'}
        )
    )
    connection = await asyncpg.connect(registry.dsns.worker)
    try:
        while not await connection.fetchval(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
        ):
            assert not edit.done()
            await asyncio.sleep(0.05)
    finally:
        await connection.close()
    return edit


async def register(client: httpx.AsyncClient) -> UUID:
    """A new client."""
    body = {"legal_name": f"客户 {uuid4().hex[:8]}"}
    answer = await client.post("/api/v1/clients", json=body)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def test_what_is_in_flight_is_answered_and_nothing_new_is_taken(registry: Registry) -> None:
    async with registry.client() as client:
        client_id = await register(client)
        async with held(registry, client_id):
            edit = await edit_in_flight(registry, client, client_id)
            registry.process.send_signal(signal.SIGTERM)
            told = time.monotonic()
            while await registry.ready():
                assert time.monotonic() - told < 1, "still ready a second later"
            await asyncio.sleep(1)
            assert not await registry.ready()
            assert not edit.done()
            assert registry.process.poll() is None
        answer = await edit
    assert answer.status_code == 200, answer.text
    assert answer.json()["city"] == "深圳"
    assert await registry.ended() < GONE_WITHIN_SECONDS - (time.monotonic() - told)
    assert registry.process.returncode in (0, -signal.SIGTERM)


async def test_an_idle_service_is_gone_at_once(registry: Registry) -> None:
    registry.process.send_signal(signal.SIGTERM)
    assert await registry.ended() < 5


async def test_what_never_ends_holds_nobody_up_for_twenty_seconds(registry: Registry) -> None:
    async with registry.client() as client:
        client_id = await register(client)
        async with held(registry, client_id):
            edit = await edit_in_flight(registry, client, client_id)
            registry.process.send_signal(signal.SIGTERM)
            assert await registry.ended() < GONE_WITHIN_SECONDS
            [answer] = await asyncio.gather(edit, return_exceptions=True)
        assert isinstance(answer, httpx.HTTPError) or answer.status_code in (503, 504)  # type: ignore[union-attr]
    connection = await asyncpg.connect(registry.dsns.worker)
    found = await connection.fetchrow("SELECT city, version FROM clients WHERE id = $1", client_id)
    await connection.close()
    assert tuple(found) == (None, 1)
