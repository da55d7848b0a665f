"""Processor time of one forwarded answer of 1 KB, next to its floors in the same run.

`python -m tests.bench gateway` puts three doors before one service: nginx with kept-alive
connections, a bare hop (plain ASGI and the aiohttp client, nothing else), and the gateway with
authentication, limits, sampled tracing, metrics and logs on. They are loaded in turns over 32
kept-alive connections, and so is uvicorn answering by itself. What counts are the ratios. Where the
kernel's work for a process is not charged to it (some sandboxes), nginx, which does little else,
looks cheaper than it is; the bare hop tells such a machine from a slow gateway: on ordinary ones it
is about 3.2 times nginx.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from deploy.processes import free_port
from shared.database import Dsns
from tests.gateway.echo import PRIVATE_KEY, PUBLIC_KEY
from tests.gateway.support import PEOPLE, enter
from tests.support.engines import Engines

GOAL = 6.0
BARE_HOP = 3.2
"""How many times nginx a bare hop costs, measured on ordinary machines."""
ROUNDS = 5
REQUESTS = 4_000
CONNECTIONS = 32
PATH = "/api/v1/clients"

_SERVICE = """
location / {{ default_type application/json; return 200 '{body}'; }}
"""
_PROXY = """
location / {
    proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection "";
}
"""
_NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log stderr error;
events {{ worker_connections 1024; }}
http {{
    access_log {log}; keepalive_requests 1000000; keepalive_timeout 300s;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    upstream service {{ server 127.0.0.1:{service}; keepalive 64; keepalive_requests 1000000; }}
    server {{ listen 127.0.0.1:{port}; {location} }}
}}
"""


@dataclass(frozen=True)
class Server:
    """A running server process."""

    port: int
    pid: int

    def cpu_milliseconds(self) -> float:
        """Processor time spent so far by all threads, from the scheduler (nanoseconds)."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((t / "schedstat").read_text().split()[0]) for t in threads) / 1e6


@contextmanager
def process(command: list[str], port: int, **environment: str) -> Iterator[Server]:
    """A server process that listens on `port`; ended at the end."""
    with Path(os.devnull).open("w") as nowhere:
        started = subprocess.Popen(command, env=os.environ | environment, stdout=nowhere)
        try:
            _await_port(port, started)
            yield Server(port, started.pid)
        finally:
            started.terminate()
            started.wait(20)


@contextmanager
def nginx(location: str, service_port: int = 9, log: str = "off") -> Iterator[Server]:
    """One nginx process."""
    port = free_port()
    with TemporaryDirectory() as folder:
        text = _NGINX.format(
            folder=folder, port=port, service=service_port, location=location, log=log
        )
        configuration = Path(folder) / "nginx.conf"
        configuration.write_text(text)
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(configuration)]
        with process(command, port) as server:
            yield server


@contextmanager
def gateway(dsns: Dsns, nats_url: str, service_port: int, home: str) -> Iterator[Server]:
    """The gateway as it runs in production, limits set beyond the load but on."""
    port = free_port()
    settings = {
        "PORT": str(port),
        "FIRM_DSN": dsns.firm,
        "CLIENT_DSN": dsns.client,
        "WORKER_DSN": dsns.worker,
        "NATS_URL": nats_url,
        "IDENTITY_PUBLIC_KEY": PUBLIC_KEY,
        "IDENTITY_PRIVATE_KEY": PRIVATE_KEY,
        "DEMO": "true",
        "FILES_DIR": f"{home}/files",
        "ANCHOR_DIR": f"{home}/anchors",
        "REQUESTS_PER_SECOND": "1000000",
        "SERVICES": orjson.dumps({"clients": f"http://127.0.0.1:{service_port}"}).decode(),
    }
    environment = {f"RAPPORT_GATEWAY_{name}": value for name, value in settings.items()}
    with process([sys.executable, "-m", "gateway"], port, **environment) as server:
        yield server


@contextmanager
def bare_hop(*service_port: int) -> Iterator[Server]:
    """What the chosen libraries cost without anything of ours; without a service, no hop at all."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare_hop", *map(str, (port, *service_port))]
    with process(command, port) as server:
        yield server


def _await_port(port: int, started: subprocess.Popen[bytes]) -> None:

    until = time.monotonic() + 180
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if started.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"nothing listens on {port}")
        time.sleep(0.05)


async def load(port: int, token: str, requests: int) -> None:
    """Ask `requests` times over kept-alive connections; any answer but 200 is an error."""
    message = (
        f"GET {PATH} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nAccept-Language: zh-CN\r\n"
        f"User-Agent: bench\r\nAuthorization: Bearer {token}\r\n\r\n"
    ).encode()
    each = requests // CONNECTIONS
    await asyncio.gather(*(_connection(port, message, each) for _ in range(CONNECTIONS)))


async def _connection(port: int, message: bytes, requests: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(requests):
        writer.write(message)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
    writer.close()


async def _token(port: int) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = b"grant_type=password&username=manager%40firm.example&password=rapport-demo"
    writer.write(
        b"POST /api/v1/auth/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
        % (len(body), body)
    )
    answer = await reader.read()
    writer.close()
    return str(orjson.loads(answer.partition(b"\r\n\r\n")[2])["access_token"])


async def milliseconds(server: Server, token: str) -> float:
    """Processor milliseconds per request."""
    before = server.cpu_milliseconds()
    await load(server.port, token, REQUESTS)
    return (server.cpu_milliseconds() - before) / (REQUESTS // CONNECTIONS * CONNECTIONS)


async def compare(*servers: Server) -> list[float]:
    """The median of interleaved rounds for each server; the last one is the gateway."""
    token = await _token(servers[-1].port)
    for server in servers:
        await load(server.port, token, REQUESTS // 4)
    rounds = [[await milliseconds(server, token) for server in servers] for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def main() -> int:
    """Print both figures and the ratio; 1 when the goal is missed."""
    if not shutil.which("nginx") and not Path("/usr/sbin/nginx").exists():
        print("gateway hop: no floor (nginx is not installed)")
        return 0
    engines = Engines()
    engines.start()
    body = orjson.dumps({"items": ["x" * 1_000]}).decode()
    try:
        with ExitStack() as stack:
            home = stack.enter_context(TemporaryDirectory())
            dsns = engines.database("gateway")
            asyncio.run(enter(dsns, PEOPLE[:2], {}))
            service = stack.enter_context(nginx(_SERVICE.format(body=body)))
            floor = stack.enter_context(nginx(_PROXY, service.port, log=f"{home}/access.log"))
            ours = stack.enter_context(gateway(dsns, engines.nats.url, service.port, home))
            bare = stack.enter_context(bare_hop(service.port))
            alone = stack.enter_context(bare_hop())
            costs = asyncio.run(compare(alone, floor, bare, ours))
    finally:
        engines.stop()
    return report(*costs)


def report(alone: float, floor: float, bare: float, ours: float) -> int:
    """Print what each costs; 1 when the goal is missed."""
    print(
        f"gateway hop, 1 KB: nginx {floor:.3f} ms, uvicorn answering by itself {alone:.3f} ms"
        f" = {alone / floor:.1f} x, bare hop {bare:.3f} ms = {bare / floor:.1f} x,"
        f" gateway {ours:.3f} ms = {ours / floor:.1f} x nginx:"
        f" goal {GOAL:.0f} {'met' if ours <= GOAL * floor else 'missed'};"
        f" {ours / bare:.1f} x the bare hop:"
        f" goal {GOAL / BARE_HOP:.1f} {'met' if ours * BARE_HOP <= GOAL * bare else 'missed'}"
    )
    return int(ours > GOAL * floor)


if __name__ == "__main__":
    sys.exit(main())
