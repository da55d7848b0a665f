"""What runs, and with which settings: the whole of a local instance on one page."""

from __future__ import annotations

import importlib
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from deploy.nats_config import NatsUser
from deploy.processes import free_port
from deploy.supervisor.home import CannotStart, Home, Secrets
from shared.bus_rights import rights_of
from shared.database import Dsns
from shared.migrating import package_of
from shared.provision import database_name, dsns_of

SERVICES: Final = ("clients", "engagements", "desk", "surveys")
PROCESSES: Final = (*SERVICES, "gateway")
OPERATOR: Final = "rapport"
"""The NATS user of the command line."""
DEFAULT_PORT: Final = 8080
DEMO_FIRM: Final = "朴石咨询"
ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Engines:
    """Where PostgreSQL (as superuser) and NATS (as its operator) are."""

    postgres_url: str
    nats_url: str


def gateway_port() -> int:
    """The open port: RAPPORT_PORT, or 8080."""
    return _port("RAPPORT_PORT", DEFAULT_PORT)


def listen(process: str) -> socket.socket:
    """The listening socket of a process, opened before it is forked and kept across restarts.

    While a process restarts, its callers wait in the socket's queue instead of being refused.
    """
    host = "127.0.0.1"
    port = gateway_port() if process == "gateway" else _port(f"RAPPORT_{process.upper()}_PORT", 0)
    if process == "gateway":
        host = os.environ.get("RAPPORT_HOST", host)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        name = "RAPPORT_PORT" if process == "gateway" else f"RAPPORT_{process.upper()}_PORT"
        raise CannotStart(
            f"port {port} on {host} cannot be used ({error.strerror}); "
            f"stop what listens there, or choose another: {name}={free_port()}"
        ) from error
    return listener


def engine_port(engine: str) -> int:
    """RAPPORT_POSTGRES_PORT or RAPPORT_NATS_PORT; 0 chooses a free one."""
    return _port(f"RAPPORT_{engine.upper()}_PORT", 0)


def _port(name: str, default: int) -> int:
    given = os.environ.get(name) or str(default)
    if not given.isdecimal() or int(given) > 65535:
        raise CannotStart(f"{name} is {given!r}; set it to a number from 1 to 65535.")
    return int(given)


def dsns(service: str, engines: Engines, secrets: Secrets) -> Dsns:
    """The connection strings of a service's four roles."""
    return dsns_of(engines.postgres_url, service, secrets.service_password, database_name(service))


def nats_users(secrets: Secrets) -> tuple[NatsUser, ...]:
    """Who may use the embedded NATS: every process with the least rights, and the operator."""
    processes = (NatsUser(p, secrets.nats_password(p), rights_of(p)) for p in PROCESSES)
    return (NatsUser(OPERATOR, secrets.nats_password(OPERATOR)), *processes)


def nats_url_of(process: str, engines: Engines, secrets: Secrets) -> str:
    """Where a process connects: as its own user of the embedded NATS, else as the URL says."""
    parts = urlsplit(engines.nats_url)
    if (parts.username, parts.password) != (OPERATOR, secrets.nats_password(OPERATOR)):
        return engines.nats_url
    password = secrets.nats_password(process)
    return f"nats://{process}:{password}@{parts.hostname}:{parts.port}"


def environment(
    process: str, home: Home, engines: Engines, ports: dict[str, int], *, demo: bool
) -> dict[str, str]:
    """The settings of one process, as the environment it is forked with."""
    secrets = home.secrets()
    roles = dsns(process, engines, secrets)
    values = {
        "PORT": str(ports[process]),
        "FIRM_DSN": roles.firm,
        "CLIENT_DSN": roles.client,
        "WORKER_DSN": roles.worker,
        "NATS_URL": nats_url_of(process, engines, secrets),
        "IDENTITY_PUBLIC_KEY": secrets.identity_public_key,
        "FILES_DIR": str(home.folder / "files"),
        "ANCHOR_DIR": str(home.folder / "anchors"),
        "ENVIRONMENT": "local",
        "DEMO": str(demo).lower(),
    }
    if process in {"gateway", "surveys"}:
        values |= {
            "PUBLIC_URL": public_url(ports["gateway"]),
            "MAIL_FOLDER": str(home.folder / "mail"),
        } | ({"FIRM_NAME": DEMO_FIRM} if demo else {})
    if process == "gateway":
        values |= _door(secrets, ports)
    if process == "surveys":
        values["TOKEN_SECRET"] = secrets.derived("survey links")
    prefix = f"RAPPORT_{process.upper()}_"
    # What the operator set explicitly wins: RAPPORT_DESK_POOL_SIZE=16 make run.
    return {f"{prefix}{key}": value for key, value in values.items()} | {
        key: value for key, value in os.environ.items() if key.startswith(prefix)
    }


def _door(secrets: Secrets, ports: dict[str, int]) -> dict[str, str]:
    """What only the gateway is told."""
    addresses = {name: f"http://127.0.0.1:{ports[name]}" for name in SERVICES}
    return {
        "IDENTITY_PRIVATE_KEY": secrets.identity_private_key,
        "SERVICES": json.dumps(addresses),
        "WEB_DIST": str(ROOT / "web" / "dist"),
    }


def public_url(port: int) -> str:
    """The address people open."""
    return os.environ.get("RAPPORT_PUBLIC_URL") or f"http://127.0.0.1:{port}"


def serve_process(process: str, listener: socket.socket) -> None:
    """Run a process's own `main` on the socket that was opened for it; returns when it stops."""
    importlib.import_module(f"{package_of(process)}.__main__").main(sockets=[listener])
