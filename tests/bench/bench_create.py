"""Processor time of one write, next to the floor measured in the same minutes.

`python -m tests.bench create` opens cases at the real desk (token, policy, row security, number,
history, acknowledgement, search words, audit, event) and inserts a row and its outbox row through
bare Starlette and asyncpg, in turns. A case is ten rows in one transaction, the floor's is two:
the ratio per row is printed beside the ratio per request.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deploy.processes import free_port
from shared.database import Dsns
from shared.identity import HEADER, Signer, generate_keys
from shared.ids import new_id
from tests.bench.bench_reading import Server, _await_port
from tests.services.desk.conftest import Cast, introduce
from tests.support.engines import Engines

ROUNDS = 5
REQUESTS = 400
CONNECTIONS = 8
GOAL = 5.0
ROWS = {"floor": 2, "case": 10}
BODY = {"kind": "complaint", "subject": "培训两次迟到", "description": "顾问两次迟到半小时。"}
TABLES = """
CREATE TABLE things (id uuid PRIMARY KEY, subject text, description text, at timestamptz);
CREATE TABLE outbox (id uuid PRIMARY KEY, type text, data text, at timestamptz)
"""


def floor() -> Starlette:
    """One row and its outbox row in one transaction; nobody is asked who they are."""
    state: dict[str, Any] = {}

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with asyncpg.create_pool(os.environ["OWNER_DSN"], min_size=8, max_size=8) as pool:
            state["pool"] = pool
            yield

    async def create(request: Request) -> Response:
        body = await request.json()
        made = new_id()
        async with state["pool"].acquire() as connection, connection.transaction():
            await connection.execute(
                "INSERT INTO things VALUES ($1, $2, $3, now())",
                made,
                body["subject"],
                body["description"],
            )
            await connection.execute(
                "INSERT INTO outbox VALUES ($1, 'made', $2, now())", new_id(), json.dumps(body)
            )
        return Response(json.dumps({"id": str(made)}), 201, media_type="application/json")

    return Starlette(routes=[Route("/api/v1/cases", create, methods=["POST"])], lifespan=lifespan)


@contextmanager
def running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Server]:
    """A server process on `port`, stopped afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        _await_port(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


async def load(server: Server, token: str) -> None:
    """Create `REQUESTS` times; any answer but 201 is an error."""
    body = json.dumps(BODY).encode()
    head = (
        f"POST /api/v1/cases HTTP/1.1\r\nHost: x\r\n{HEADER}: {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    await asyncio.gather(*(_ask(server.port, head + body) for _ in range(CONNECTIONS)))


async def _ask(port: int, message: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(REQUESTS // CONNECTIONS):
        writer.write(message)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 201"):
            raise RuntimeError(head.decode())
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
    writer.close()
    await writer.wait_closed()


async def measure(servers: dict[str, Server], signer: Signer, cast: Cast) -> bool:
    """Rounds in turns; prints CPU-ms per request and the median ratios; whether the goal is met."""
    costs: dict[str, list[float]] = {kind: [] for kind in servers}
    for at in range(ROUNDS + 1):
        token = signer.sign(cast.pm, "desk")
        for kind, server in servers.items():
            before = server.cpu_seconds()
            await load(server, token)
            if at:  # the first round warms up
                costs[kind].append((server.cpu_seconds() - before) / REQUESTS * 1000)
    ratios = [ours / bare for ours, bare in zip(costs["case"], costs["floor"], strict=True)]
    medians = {kind: f"{statistics.median(cost):.2f}" for kind, cost in costs.items()}
    per_row = statistics.median(ratios) * ROWS["floor"] / ROWS["case"]
    print(
        f"open a case: {statistics.median(ratios):.1f} x floor, {per_row:.1f} x per row written "
        f"(goal {GOAL:.0f}), CPU-ms {medians}, ratios {min(ratios):.1f}-{max(ratios):.1f}"
    )
    return statistics.median(ratios) <= GOAL


async def prepare(desk: Dsns, bare: Dsns, cast: Cast) -> None:
    """The cast at the desk, two tables at the floor."""
    await introduce(desk, cast)
    connection = await asyncpg.connect(bare.owner)
    await connection.execute(TABLES)
    await connection.close()


def settings_of(engines: Engines, dsns: Dsns, public: str, home: str, port: int) -> dict[str, str]:
    """The desk's environment."""
    values = {
        "FIRM_DSN": dsns.firm,
        "CLIENT_DSN": dsns.client,
        "WORKER_DSN": dsns.worker,
        "NATS_URL": engines.nats.url,
        "IDENTITY_PUBLIC_KEY": public,
        "FILES_DIR": home,
        "ANCHOR_DIR": home,
        "PORT": str(port),
    }
    return {f"RAPPORT_DESK_{name}": value for name, value in values.items()}


def main() -> int:
    """Start everything, measure, stop everything; 1 when the goal is missed."""
    engines = Engines()
    engines.start()
    try:
        desk, bare, cast = engines.database("desk"), engines.empty_database("sample"), Cast()
        asyncio.run(prepare(desk, bare, cast))
        private, public = generate_keys()
        ports = free_port(), free_port()
        command = ["tests.bench.bench_create", "floor", str(ports[0])]
        with (
            tempfile.TemporaryDirectory() as home,
            running(command, ports[0], {"OWNER_DSN": bare.owner}) as at_floor,
            running(
                ["services.desk"],
                ports[1],
                settings_of(engines, desk, public, home, ports[1]),
            ) as at_desk,
        ):
            servers = {"floor": at_floor, "case": at_desk}
            met = asyncio.run(measure(servers, Signer(private), cast))
        return 0 if met else 1
    finally:
        engines.stop()


if __name__ == "__main__":
    if sys.argv[1:2] == ["floor"]:
        uvicorn.run(floor(), port=int(sys.argv[2]), log_level="warning", access_log=False)
    else:
        sys.exit(main())
