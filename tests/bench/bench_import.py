"""Importing a client list: `python -m tests.bench.bench_import [--rows 100000]`.

A real registry in a process of its own takes the workbook in over HTTP, checks every row against
the sheet and the registry, then writes clients, people, search words, timeline and events. The
floor is the same sheet read by the same library and its rows put into one bare table.
Goals for 100,000 rows: 60 seconds and 500 MB.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from deploy.engines import Nats, Postgres
from deploy.processes import free_port
from shared.database import Dsns
from shared.http import Client, make_client
from shared.identity import HEADER, Actor, Side, Signer, generate_keys
from shared.ids import new_id
from shared.migrating import migrate
from shared.provision import provision
from shared.spreadsheets import open_table
from tests.bench.client_sheets import write_xlsx

GOAL_SECONDS, GOAL_MEGABYTES = 60.0, 500.0
LOT = 5_000
MANAGER = Actor(new_id(), "林晓", Side.FIRM, roles=frozenset({"client_manager"}))


def main(arguments: list[str] | None = None) -> int:
    """Measure; 1 when a goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    count = parser.parse_args([] if arguments is None else arguments).rows
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        sheet = write_xlsx(home / "clients.xlsx", count)
        with engines(home) as (dsns, nats_url):
            floor = asyncio.run(bare(sheet, dsns))
            took, megabytes = asyncio.run(measured(home, sheet, dsns, nats_url, count))
    share = count / 100_000
    seconds = sum(took.values())
    print(f"{count} rows: floor {floor:.1f} s (read the sheet, one bare table)")
    for name, each in took.items():
        print(f"  {name:10} {each:6.1f} s")
    print(f"  {'all':10} {seconds:6.1f} s = {seconds / floor:.1f} x floor; peak {megabytes:.0f} MB")
    good = seconds <= GOAL_SECONDS * share and megabytes <= GOAL_MEGABYTES
    print(f"goals {GOAL_SECONDS * share:.0f} s, {GOAL_MEGABYTES:.0f} MB: "
          f"{'met' if good else 'missed'}")  # fmt: skip
    return 0 if good else 1


@contextmanager
def engines(home: Path) -> Iterator[tuple[Dsns, str]]:
    """PostgreSQL and NATS of the bench, and a migrated registry database."""
    postgres = Postgres(home / "postgres", password="bench")
    nats = Nats(home / "nats")
    postgres.start()
    nats.start()
    try:
        dsns = asyncio.run(provision(postgres.admin_dsn, "clients", "bench"))
        migrate("clients", dsns.owner)
        yield dsns, nats.url
        print(f"processor time of PostgreSQL: {processor_seconds('postgres'):.1f} s")
    finally:
        nats.stop()
        postgres.stop()


def processor_seconds(name: str) -> float:
    """Processor time of the bench's own children of that name, theirs included."""
    family = [p for p in psutil.Process().children(recursive=True) if name in p.name()]
    times = [process.cpu_times() for process in family]
    return float(sum(t.user + t.system + t.children_user + t.children_system for t in times))


async def bare(sheet: Path, dsns: Dsns) -> float:
    """The floor: the rows of the sheet in a table of text, in seconds."""
    connection = await asyncpg.connect(dsns.owner)
    await connection.execute("CREATE UNLOGGED TABLE bare (cells text[])")
    started = time.perf_counter()
    with sheet.open("rb") as file, open_table(file, "xlsx") as table:
        held: list[tuple[list[str]]] = []
        for row in table.rows():
            held.append((list(row.cells),))
            if len(held) == LOT:
                await connection.copy_records_to_table("bare", records=held)
                held = []
        await connection.copy_records_to_table("bare", records=held)
    seconds = time.perf_counter() - started
    await connection.execute("DROP TABLE bare")
    await connection.close()
    return seconds


async def measured(
    home: Path, sheet: Path, dsns: Dsns, nats_url: str, count: int
) -> tuple[dict[str, float], float]:
    """Seconds per part, and the service's peak memory in megabytes."""
    private, public = generate_keys()
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "services.clients"],
        env=os.environ
        | {
            "RAPPORT_CLIENTS_PORT": str(port),
            "RAPPORT_CLIENTS_FIRM_DSN": dsns.firm,
            "RAPPORT_CLIENTS_CLIENT_DSN": dsns.client,
            "RAPPORT_CLIENTS_WORKER_DSN": dsns.worker,
            "RAPPORT_CLIENTS_NATS_URL": nats_url,
            "RAPPORT_CLIENTS_IDENTITY_PUBLIC_KEY": public,
            "RAPPORT_CLIENTS_FILES_DIR": str(home / "files"),
            "RAPPORT_CLIENTS_ANCHOR_DIR": str(home / "anchors"),
        },
    )
    try:
        async with make_client() as http:
            caller = Caller(http, f"http://127.0.0.1:{port}", Signer(private))
            await caller.ready()
            took = await caller.run(sheet, count)
        used = psutil.Process(process.pid).cpu_times()
        print(f"processor time of the service: {used.user + used.system:.1f} s")
        status = Path(f"/proc/{process.pid}/status").read_text()
        peak = re.search(r"VmHWM:\s+(\d+) kB", status)
        return took, int(peak[1]) / 1024 if peak else 0.0
    finally:
        process.terminate()
        process.wait()


class Caller:
    """Somebody who imports."""

    def __init__(self, http: Client, address: str, signer: Signer) -> None:
        self._http, self._address, self._signer = http, address, signer

    async def call(self, method: str, path: str, **options: Any) -> Any:
        """The JSON of an answer."""
        headers = {HEADER: self._signer.sign(MANAGER, "clients")}
        answer = await self._http.request(
            method, f"{self._address}/api/v1{path}", headers=headers, timeout=60, **options
        )
        assert answer.status_code < 400, answer.text
        return answer.json()

    async def ready(self) -> None:
        """Wait for the service."""
        for _ in range(300):
            try:
                if (await self._http.get(f"{self._address}/readyz")).status_code == 200:
                    return
            except OSError:
                pass
            except Exception as error:
                if "connect" not in type(error).__name__.lower():
                    raise
            await asyncio.sleep(0.1)
        raise AssertionError("the registry did not start")

    async def run(self, sheet: Path, count: int) -> dict[str, float]:
        """Upload, dry run and apply, in seconds each."""
        marks = [time.perf_counter()]
        with sheet.open("rb") as file:
            batch = await self.call("POST", "/imports", files={"file": (sheet.name, file)})
        marks.append(time.perf_counter())
        batch = await self.until(batch["id"], "ready")
        assert batch["counts"]["ready"] == count, batch["counts"]
        marks.append(time.perf_counter())
        await self.call("POST", f"/imports/{batch['id']}/apply", json={"mode": "create"})
        batch = await self.until(batch["id"], "applied")
        assert batch["counts"]["created"] == count, batch["counts"]
        marks.append(time.perf_counter())
        names = ("upload", "dry run", "apply")
        return {name: after - before for name, before, after in
                zip(names, marks, marks[1:], strict=False)}  # fmt: skip

    async def until(self, import_id: str, status: str) -> Any:
        """The import once it has that status."""
        while True:
            batch = await self.call("GET", f"/imports/{import_id}")
            assert batch["status"] != "failed", batch
            if batch["status"] == status:
                return batch
            await asyncio.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
