"""Processor time of one read, next to the floor measured in the same minutes.

`python -m tests.bench.bench_reading` serves the same rows twice (a bare Starlette + asyncpg
application, and declared readings with token verification and everything else in front) and
loads both in turns. What counts is the ratio; absolute figures are this machine's, this minute's.
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from shared.database import Dsns
from shared.identity import HEADER, Actor, Side, Signer, generate_keys
from shared.ids import new_id
from tests.bench.wire import ask, request
from tests.shared.reading.sample import DDL
from tests.support.engines import Engines

ROUNDS = 7
REQUESTS = 3_000
CONNECTIONS = 32
GOALS = {"one row": 3.0, "list of 50": 2.0}


@dataclass(frozen=True)
class Server:
    """A running server process."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time spent so far by all threads, user and system, to the nanosecond.

        `/proc/PID/stat` counts hundredths of a second: more than sixty small writes take.
        """
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in threads) / 1e9


@contextmanager
def serving(kind: str, environment: dict[str, str]) -> Iterator[Server]:
    """A server of `kind` on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.bench.reading_servers", kind, str(port)]
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        _await_port(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _await_port(port: int) -> None:
    until = time.monotonic() + 180
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > until:
            raise TimeoutError(f"nothing listens on {port}")
        time.sleep(0.05)


async def load(server: Server, path: str, token: str, requests: int) -> None:
    """Ask `requests` times over keep-alive connections; any answer but 2xx is an error."""
    message = request("GET", path, headers={"Accept-Language": "zh", HEADER: token})
    each = [message] * (requests // CONNECTIONS)
    await asyncio.gather(*(ask(server.port, each) for _ in range(CONNECTIONS)))


async def measure(servers: dict[str, Server], paths: dict[str, str], signer: Signer) -> bool:
    """Rounds in turns; prints CPU-ms per request and the median ratio; whether goals are met."""
    met = True
    reader = Actor(new_id(), "Agent", Side.FIRM, frozenset({"agent"}))
    for what, path in paths.items():
        costs: dict[str, list[float]] = {kind: [] for kind in servers}
        for at in range(ROUNDS + 1):
            token = signer.sign(reader, "sample")
            for kind, server in servers.items():
                before = server.cpu_seconds()
                await load(server, path, token, REQUESTS)
                if at:  # the first round warms up
                    costs[kind].append((server.cpu_seconds() - before) / REQUESTS * 1000)
        ratios = [ours / bare for ours, bare in zip(costs["readings"], costs["floor"], strict=True)]
        medians = {kind: f"{statistics.median(cost):.3f}" for kind, cost in costs.items()}
        print(
            f"{what}: {statistics.median(ratios):.2f} x floor (goal {GOALS[what]:.0f}), "
            f"CPU-ms {medians}, ratios {min(ratios):.2f}-{max(ratios):.2f}: "
            f"{'met' if statistics.median(ratios) <= GOALS[what] else 'missed'}"
        )
        met &= statistics.median(ratios) <= GOALS[what]
    return met


async def fill(dsns: Dsns) -> str:
    """1,000 loans of 20 owners; gives one id."""
    connection = await asyncpg.connect(dsns.owner)
    for statement in DDL:
        await connection.execute(statement)
    await connection.execute(
        "INSERT INTO owners SELECT gen_random_uuid(), '负责人' || n FROM generate_series(1, 20) n"
    )
    await connection.execute(
        "INSERT INTO loans (id, number, status, title, owner_id, client_id, requester_id, severity,"
        " fee_minor, fee_currency, tags, due_at, lent_on, updated_at)"
        " SELECT gen_random_uuid(), 'L-' || n, 'open', '深圳华信科技 ' || n,"
        " (SELECT id FROM owners OFFSET n % 20 LIMIT 1), gen_random_uuid(), gen_random_uuid(),"
        " n % 9, n * 100, 'CNY', ARRAY['VIP', '重点'], now(), now()::date,"
        " now() - n * interval '1 minute' FROM generate_series(1, 1000) n"
    )
    await connection.execute("ANALYZE")
    made = await connection.fetchval("SELECT id FROM loans LIMIT 1")
    await connection.close()
    return str(made)


def main() -> int:
    """Start everything, measure, stop everything; 1 when a goal is missed."""
    engines = Engines()
    engines.start()
    try:
        dsns = engines.empty_database("sample")
        paths = {"one row": f"/loans/{asyncio.run(fill(dsns))}", "list of 50": "/loans"}
        private, public = generate_keys()
        environment = {"FIRM_DSN": dsns.firm, "PUBLIC_KEY": public}
        with serving("floor", environment) as bare, serving("readings", environment) as ours:
            servers = {"floor": bare, "readings": ours}
            met = asyncio.run(measure(servers, paths, Signer(private)))
            return 0 if met else 1
    finally:
        engines.stop()


if __name__ == "__main__":
    sys.exit(main())
