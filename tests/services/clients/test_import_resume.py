"""Thousands of rows, a registry killed in the middle, and many people importing at once."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from deploy.processes import free_port
from services.clients.imports import matching
from services.clients.settings import ClientsSettings
from shared.database import Dsns
from shared.identity import HEADER, Signer
from tests.bench.client_sheets import write_xlsx
from tests.services.clients.conftest import Registry
from tests.services.clients.importing import CREATE, analysed, applied, settled, table, upload
from tests.support.services import PRIVATE_KEY, PUBLIC_KEY, firm

ROWS = 5_000
MANAGER = firm("林晓", "client_manager")


async def check_written(registry: Registry, count: int) -> None:
    """Exactly `count` clients, each with its person, entry and event; nothing twice."""
    (found,) = await registry.rows(
        "SELECT (SELECT count(*) FROM clients) AS clients,"
        " (SELECT count(DISTINCT credit_code) FROM clients) AS codes,"
        " (SELECT count(DISTINCT number) FROM clients) AS numbers,"
        " (SELECT count(DISTINCT client_id) FROM contacts) AS people,"
        " (SELECT count(*) FROM contacts) AS contacts,"
        " (SELECT count(*) FROM own_entries) AS entries,"
        " (SELECT count(DISTINCT aggregate_id) FROM outbox"
        " WHERE type = 'clients.client.registered.v1') AS told,"
        " (SELECT count(*) FROM outbox WHERE type = 'clients.client.registered.v1') AS events"
    )
    assert dict(found) == dict.fromkeys(found.keys(), count)


async def test_no_transaction_is_open_while_names_are_compared(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Comparing a large file takes minutes, in which its lease must be renewed."""
    comparing, go_on = threading.Event(), threading.Event()

    def slow(names: dict[int, str], asked: list[int]) -> dict[int, int]:
        comparing.set()
        assert go_on.wait(timeout=20)
        return {}

    monkeypatch.setattr(matching, "alike", slow)
    batch = await upload(registry, table(["客户名称"], ["华信科技有限公司"], ["恒达物流有限公司"]))
    try:
        assert await asyncio.to_thread(comparing.wait, 20)
        await registry.rows("SELECT 1 FROM jobs j, imports i FOR UPDATE NOWAIT")
        assert (await registry.get(f"/imports/{batch['id']}"))["status"] == "analysing"
    finally:
        go_on.set()
    assert (await settled(registry, batch["id"]))["counts"]["ready"] == 2


@pytest.mark.slow
async def test_five_thousand_rows_go_in_exactly(registry: Registry, tmp_path: Path) -> None:
    sheet = write_xlsx(tmp_path / "clients.xlsx", ROWS)
    batch = await upload(registry, sheet.read_bytes(), "clients.xlsx")
    batch = await settled(registry, batch["id"], seconds=90)
    assert batch["counts"]["ready"] == ROWS
    await registry.post(f"/imports/{batch['id']}/apply", CREATE, status=202)
    done = await settled(registry, batch["id"], seconds=90)
    assert done["counts"]["created"] == ROWS
    await check_written(registry, ROWS)
    progressed = (await registry.events()).count("clients.import.progressed.v1")
    assert progressed == 3


async def test_two_imports_of_one_sheet_at_once_write_it_once(
    registry: Registry, tmp_path: Path
) -> None:
    sheet = write_xlsx(tmp_path / "clients.xlsx", 300).read_bytes()
    batches = [await analysed(registry, sheet, "clients.xlsx") for _ in range(2)]
    done = await asyncio.gather(*(applied(registry, batch["id"]) for batch in batches))
    assert sum(batch["counts"]["created"] for batch in done) == 300
    assert sum(batch["counts"]["skipped"] for batch in done) == 300
    await check_written(registry, 300)


@contextmanager
def process(settings: ClientsSettings, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A registry in a process of its own."""
    names = ("firm_dsn", "client_dsn", "worker_dsn", "nats_url", "files_dir", "anchor_dir")
    given = {f"RAPPORT_CLIENTS_{name.upper()}": str(getattr(settings, name)) for name in names}
    given["RAPPORT_CLIENTS_IDENTITY_PUBLIC_KEY"] = PUBLIC_KEY
    given["RAPPORT_CLIENTS_PORT"] = str(port)
    running = subprocess.Popen([sys.executable, "-m", "services.clients"], env=os.environ | given)
    try:
        yield running
    finally:
        running.kill()
        running.wait()


async def ask(http: httpx.AsyncClient, method: str, path: str, **options: Any) -> dict[str, Any]:
    """The JSON of an answer, once the process listens."""
    until = time.monotonic() + 60
    while True:
        headers = {HEADER: Signer(PRIVATE_KEY).sign(MANAGER, "clients")}
        try:
            answer = await http.request(method, path, headers=headers, **options)
        except httpx.TransportError:
            assert time.monotonic() < until
            await asyncio.sleep(0.2)
            continue
        assert answer.status_code < 400, answer.text
        found: dict[str, Any] = answer.json()
        return found


async def until(http: httpx.AsyncClient, path: str, **wanted: Any) -> dict[str, Any]:
    """The import once it is as wanted: a status, or at least so many rows done."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        found = await ask(http, "GET", path)
        progress = (found["progress"] or {}).get("done", 0)
        if found["status"] == wanted.get("status") or progress >= wanted.get("done", ROWS * 2):
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(found)


@pytest.mark.faults
@pytest.mark.timeout(300)
async def test_an_import_killed_in_the_middle_is_finished_by_the_next_process(
    registry_settings: tuple[ClientsSettings, Dsns], tmp_path: Path
) -> None:
    settings, dsns = registry_settings
    sheet = write_xlsx(tmp_path / "clients.xlsx", ROWS).read_bytes()
    port = free_port()
    base = f"http://127.0.0.1:{port}/api/v1"
    async with httpx.AsyncClient(base_url=base, timeout=60) as http:
        with process(settings, port) as first:
            files = {"file": ("clients.xlsx", sheet)}
            batch = await ask(http, "POST", "/imports", files=files)
            path = f"/imports/{batch['id']}"
            await until(http, path, status="ready")
            await ask(http, "POST", f"{path}/apply", json=CREATE)
            before = await until(http, path, done=1, status="applied")
            first.kill()
            first.wait()
        assert before["status"] == "applying"
        connection = await asyncpg.connect(dsns.worker)
        # The lease of the dead process would run out by itself within a minute.
        await connection.execute("UPDATE jobs SET leased_until = now() WHERE status = 'running'")
        await connection.close()
        with process(settings, port):
            done = await until(http, path, status="applied")
    assert done["counts"]["created"] == ROWS
    registry = Registry(app=None, dsns=dsns)  # type: ignore[arg-type]
    await check_written(registry, ROWS)
