"""Makes up every secret of a deployment in containers, one file each: `rapport secrets <folder>`.

A container is given only the files that its service needs; compose mounts them one by one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from deploy.nats_config import NatsUser, configuration
from deploy.supervisor.topology import PROCESSES
from shared.bus_rights import rights_of
from shared.identity import generate_keys
from shared.provision import database_name, dsns_of

POSTGRES: Final = "postgres:5432"
NATS: Final = "nats:4222"


def write_secrets(folder: Path) -> list[Path]:
    """Write every secret into a folder that only its owner may enter; returns the files written.

    A folder that has secrets is left as it is. The files themselves are readable: a container's
    user, who is nobody on this machine, reads the one that is mounted for it.
    """
    if (folder / "postgres_password").exists():
        return []
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return [_write(folder / name, value) for name, value in _draw()]


def _draw() -> Iterator[tuple[str, str]]:
    """Every file's name and content."""
    admin = secrets.token_urlsafe(24)
    yield "postgres_password", admin
    admin_dsn = f"postgresql://postgres:{admin}@{POSTGRES}/postgres"
    yield "rapport_postgres_url", admin_dsn
    yield from _nats()
    private, public = generate_keys()
    yield "rapport_gateway_identity_private_key", private
    yield "rapport_surveys_token_secret", secrets.token_urlsafe(32)
    for process in ("gateway", "surveys"):
        # Empty: mail goes to the local mailbox, until somebody writes a server's address here.
        yield f"rapport_{process}_smtp_url", ""
    for process in PROCESSES:
        yield f"rapport_{process}_identity_public_key", public
        running = dsns_of(admin_dsn, process, secrets.token_urlsafe(24), database_name(process))
        owner = dsns_of(admin_dsn, process, secrets.token_urlsafe(24), database_name(process)).owner
        yield f"rapport_{process}_owner_dsn", owner
        yield f"rapport_{process}_firm_dsn", running.firm
        yield f"rapport_{process}_client_dsn", running.client
        yield f"rapport_{process}_worker_dsn", running.worker


def _nats() -> Iterator[tuple[str, str]]:
    """The server's configuration with its users, and each user's address."""
    users = [NatsUser(name, secrets.token_urlsafe(24), rights_of(name)) for name in PROCESSES]
    for user in users:
        yield f"rapport_{user.name}_nats_url", f"nats://{user.name}:{user.password}@{NATS}"
    yield (
        "nats_conf",
        configuration(
            host="0.0.0.0", port=4222, monitor=8222, store=Path("/data/jetstream"), users=users
        ),
    )


def _write(path: Path, value: str) -> Path:
    path.write_text(value)
    path.chmod(0o444)
    return path
