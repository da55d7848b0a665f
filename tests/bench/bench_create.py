"""Processor time of one write, next to the floor measured in the same minutes.

`python -m tests.bench create` opens cases at the real desk (token, policy, row security, number,
history, acknowledgement, search words, audit, event), registers clients at the real registry
(duplicates, number, search words, timeline, audit, event), and inserts a row and its outbox row
through bare Starlette and asyncpg, in turns. A case is ten rows in one transaction, a client five,
the floor's is two: the ratio per row is printed beside the ratio per request.
"""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deploy.processes import free_port
from shared.database import Dsns
from shared.identity import HEADER, Actor, Signer, generate_keys
from shared.ids import new_id
from tests.bench.bench_reading import Server, _await_port
from tests.bench.wire import ask, request
from tests.services.desk.conftest import Cast
from tests.support.engines import Engines
from tests.support.services import introduce

ROUNDS = 5
REQUESTS = 400
CONNECTIONS = 8
GOAL = 5.0
ROWS = {"floor": 2, "open a case": 10, "register a client": 5}
BODY = {"kind": "complaint", "subject": "培训两次迟到", "description": "顾问两次迟到半小时。"}
SYLLABLES = "华信恒达鼎盛云帆瑞丰科远明德启天成金石润凯旋新锐青松嘉禾九州同创方圆博泰宏宇海川立诚"
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


def case_body() -> dict[str, Any]:
    """What a client-side person sends."""
    return BODY


def client_body() -> dict[str, Any]:
    """An organisation named like no other."""
    return {"legal_name": "".join(random.choices(SYLLABLES, k=12)) + "有限公司"}


@dataclass(frozen=True)
class Target:
    """Where one kind of write goes, who sends it, and what."""

    server: Server
    path: str = "/api/v1/cases"
    body: Callable[[], dict[str, Any]] = case_body
    service: str = "desk"
    actor: Actor | None = None

    def messages(self, signer: Signer, count: int) -> list[bytes]:
        """As many requests, complete; signed now, because a token lives a minute."""
        identity = {HEADER: signer.sign(self.actor, self.service)} if self.actor else {}
        return [request("POST", self.path, self.body(), identity) for _ in range(count)]


async def load(target: Target, signer: Signer) -> None:
    """Create `REQUESTS` times; any answer but 2xx is an error."""
    each = REQUESTS // CONNECTIONS
    await asyncio.gather(
        *(ask(target.server.port, target.messages(signer, each)) for _ in range(CONNECTIONS))
    )


async def measure(targets: dict[str, Target], signer: Signer) -> bool:
    """Rounds in turns; prints CPU-ms per request and the median ratios; whether the goal is met."""
    costs: dict[str, list[float]] = {kind: [] for kind in targets}
    for at in range(ROUNDS + 1):
        for kind, target in targets.items():
            before = target.server.cpu_seconds()
            await load(target, signer)
            if at:  # the first round warms up
                costs[kind].append((target.server.cpu_seconds() - before) / REQUESTS * 1000)
    floor = costs.pop("floor")
    met = [report(kind, spent, floor) for kind, spent in costs.items()]
    return all(met)


def report(kind: str, spent: list[float], floor: list[float]) -> bool:
    """Print one kind's figures; whether its goal is met."""
    ratios = [ours / bare for ours, bare in zip(spent, floor, strict=True)]
    ratio = statistics.median(ratios)
    met = ratio <= GOAL
    print(
        f"{kind}: {ratio:.1f} x floor ({min(ratios):.1f}-{max(ratios):.1f}), "
        f"{ratio * ROWS['floor'] / ROWS[kind]:.1f} x per row written; CPU-ms "
        f"{statistics.median(spent):.2f}, floor {statistics.median(floor):.2f}; "
        f"goal {GOAL:.0f} x {'met' if met else 'missed'}"
    )
    return met


async def prepare(desk: Dsns, bare: Dsns, cast: Cast) -> None:
    """The cast at the desk, two tables at the floor."""
    await introduce(desk, cast)
    await tables(bare)


async def tables(bare: Dsns) -> None:
    """What the floor writes into."""
    connection = await asyncpg.connect(bare.owner)
    await connection.execute(TABLES)
    await connection.close()


def settings_of(
    service: str, engines: Engines, dsns: Dsns, public: str, home: str, port: int
) -> dict[str, str]:
    """A service's environment."""
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
    return {f"RAPPORT_{service.upper()}_{name}": value for name, value in values.items()}


def main() -> int:
    """Start everything, measure, stop everything; 1 when a goal is missed."""
    engines = Engines()
    engines.start()
    try:
        with ExitStack() as stack:
            home = stack.enter_context(tempfile.TemporaryDirectory())
            private, public = generate_keys()
            targets = start(stack, engines, public, home)
            return 0 if asyncio.run(measure(targets, Signer(private))) else 1
    finally:
        engines.stop()


def start(stack: ExitStack, engines: Engines, public: str, home: str) -> dict[str, Target]:
    """The floor, the desk and the registry, each a process of its own."""
    bare, cast = engines.empty_database("sample"), Cast()
    databases = {name: engines.database(name) for name in ("desk", "clients")}
    asyncio.run(prepare(databases["desk"], bare, cast))
    port = free_port()
    command = ["tests.bench.bench_create", "floor", str(port)]
    at = {"floor": stack.enter_context(running(command, port, {"OWNER_DSN": bare.owner}))}
    for name, dsns in databases.items():
        port = free_port()
        environment = settings_of(name, engines, dsns, public, home, port)
        at[name] = stack.enter_context(running([f"services.{name}"], port, environment))
    return {
        "floor": Target(at["floor"]),
        "open a case": Target(at["desk"], actor=cast.pm),
        "register a client": Target(
            at["clients"], "/api/v1/clients", client_body, "clients", cast.manager
        ),
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["floor"]:
        uvicorn.run(floor(), port=int(sys.argv[2]), log_level="warning", access_log=False)
    else:
        sys.exit(main())
