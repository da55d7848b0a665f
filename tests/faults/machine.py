"""What can happen to the machine an instance runs on: processes die, disks are lost or set back."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psutil

from deploy.supervisor.home import Home
from tests.support.instances import Instance

ENGINES: Final = {"postgres": "postgres", "nats": "nats-server"}


class Machine:
    """One running instance, and the hands that harm it. Only what it started is touched."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.home = Home(instance.home)
        self.older_store = instance.home / "nats-older-store"
        self.agent_id = ""
        """Known once people came in."""

    @property
    def store(self) -> Path:
        """JetStream's files."""
        return self.instance.home / "nats" / "store"

    @property
    def nats_port(self) -> int:
        """Where NATS listens."""
        return urlsplit(str(self.home.state()["nats_url"])).port or 0

    def process(self, name: str) -> psutil.Process:
        """The process of a service or an engine, waiting for one that is being started."""
        wanted = ENGINES.get(name, name)
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            for child in self.instance.children(deep=False):
                with contextlib.suppress(psutil.NoSuchProcess):
                    if child.name() == wanted and child.status() != psutil.STATUS_ZOMBIE:
                        return child
            time.sleep(0.05)
        raise AssertionError(f"{name} does not run")

    def kill(self, name: str) -> None:
        """End a process as a power cut would, and see it gone."""
        victim = self.process(name)
        victim.kill()
        psutil.wait_procs([victim], timeout=10)

    @contextlib.contextmanager
    def without(self, name: str) -> Iterator[None]:
        """A service or an engine is gone for as long as this lasts."""
        with self._unwatched():
            self.process(name).kill()
            yield
        self.wait_until_ready()

    def wipe_nats(self) -> None:
        """Kill NATS and lose all that it stored."""
        with self._unwatched():
            self.process("nats").kill()
            shutil.rmtree(self.store)

    def copy_nats(self) -> None:
        """Keep a copy of NATS's disk as it is at this instant."""
        nats = self.process("nats")
        nats.suspend()
        try:
            shutil.rmtree(self.older_store, ignore_errors=True)
            shutil.copytree(self.store, self.older_store)
        finally:
            nats.resume()

    def set_nats_back(self) -> None:
        """Kill NATS and put the older copy of its disk in place."""
        with self._unwatched():
            self.process("nats").kill()
            shutil.rmtree(self.store)
            shutil.copytree(self.older_store, self.store)

    def pause_nats(self, seconds: float) -> None:
        """NATS hangs: connections stay open and nothing answers."""
        nats = self.process("nats")
        nats.suspend()
        time.sleep(seconds)
        nats.resume()

    def nats_gone(self, seconds: float) -> None:
        """NATS ends and cannot come back before `seconds` have passed: its port is taken."""
        with socket.socket() as squatter:
            squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with self._unwatched():
                port = self.nats_port
                self.process("nats").kill()
                _take(squatter, port)
            _turn_away(squatter, seconds)

    def lose(self) -> None:
        """All of it ends as by a power cut, and its disk is gone."""
        with self._unwatched():
            for child in self.instance.children():
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
            self.instance.kill()
        shutil.rmtree(self.instance.home)

    def ready(self) -> bool:
        """Whether the instance says of itself that it is ready."""
        try:
            return self.instance.get("/readyz")[0] == 200
        except OSError:
            return False

    def alive(self) -> bool:
        """Whether the door says of itself that it lives."""
        return self.instance.get("/healthz")[0] == 200

    def wait_until_ready(self, within: float = 60) -> float:
        """Wait for readiness; the seconds it took."""
        begun = time.monotonic()
        while not self.ready():
            assert time.monotonic() - begun < within, self.instance.last_words
            time.sleep(0.1)
        return time.monotonic() - begun

    @contextlib.contextmanager
    def _unwatched(self) -> Iterator[None]:
        """Hold the supervisor for a moment, so that it revives nothing while harm is done."""
        supervisor = self.instance.process
        assert supervisor is not None
        supervisor.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            supervisor.send_signal(signal.SIGCONT)


def _take(squatter: socket.socket, port: int) -> None:
    """Bind the port as soon as the dead process has let go of it."""
    deadline = time.monotonic() + 10
    while True:
        try:
            squatter.bind(("127.0.0.1", port))
            # A port that is only bound is free for whoever listens first.
            squatter.listen()
            return
        except OSError:
            assert time.monotonic() < deadline, f"port {port} stayed taken"
            time.sleep(0.02)


def _turn_away(squatter: socket.socket, seconds: float) -> None:
    """Close every connection that comes before `seconds` have passed."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        squatter.settimeout(left)
        with contextlib.suppress(TimeoutError):
            squatter.accept()[0].close()
