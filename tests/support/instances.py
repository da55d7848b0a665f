"""Whole instances of Rapport, started the way a person starts them: `rapport run`."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from deploy.processes import free_port
from tests.support.prepared import copy_prepared
from tests.support.scratch import new_folder

READY_SECONDS = 110.0
DEMO_SECONDS = 900.0
"""A demonstration is ready once it is loaded; on a busy machine that takes its time."""


class Instance:
    """One instance in a folder of its own; a context manager starts and stops it."""

    def __init__(
        self, home: Path, port: int = 0, *, demo: bool = False, **environment: str
    ) -> None:
        self.home = home
        self.port = port or free_port()
        self.environment = {
            **os.environ,
            "RAPPORT_HOME": str(home),
            "RAPPORT_PORT": str(self.port),
            "DEMO": "1" if demo else "0",
            **environment,
        }
        self.patience = DEMO_SECONDS if demo else READY_SECONDS
        self.command: Sequence[str] = (sys.executable, "-m", "deploy.cli", "run")
        self.lines: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """Everything it has said so far."""
        return "\n".join(self.lines)

    @property
    def last_words(self) -> str:
        """The end of what it said, long lines cut."""
        return "\n".join(line[:300] for line in self.lines[-30:])

    def launch(self) -> Self:
        """Start it without waiting."""
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        return self

    def start(self) -> Self:
        """Start it and wait for the line that says it is ready to be used."""
        self.launch()
        return self.wait_for("Rapport is ready", self.patience)

    def wait_for(self, words: str, seconds: float = READY_SECONDS, *, after: int = 0) -> Self:
        """Wait until it has said `words` (in a line numbered from `after`)."""
        deadline = time.monotonic() + seconds
        while not any(words in line for line in self.lines[after:]):
            assert time.monotonic() < deadline, f"never said {words!r}:\n{self.last_words}"
            assert self.running(), f"ended before it said {words!r}:\n{self.last_words}"
            time.sleep(0.05)
        return self

    def running(self) -> bool:
        """Whether the supervisor lives."""
        return self.process is not None and self.process.poll() is None

    def wait(self, seconds: float = 40) -> int:
        """Wait for its end; returns the exit code."""
        assert self.process is not None
        code = self.process.wait(seconds)
        if self._listener is not None:
            self._listener.join(5)
        return code

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop and wait; returns the exit code."""
        if self.running():
            assert self.process is not None
            self.process.send_signal(how)
        return self.wait()

    def kill(self) -> None:
        """End the supervisor without warning."""
        assert self.process is not None
        self.process.kill()
        self.wait()

    def children(self, *, deep: bool = True) -> list[psutil.Process]:
        """Every process it started, engines included; `deep`: and what those started."""
        assert self.process is not None
        found: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=deep)
        return found

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of a GET."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _listen(self) -> None:
        assert self.process is not None and self.process.stdout is not None
        with self.process.stdout as stream:
            for line in stream:
                self.lines.append(line.rstrip("\n"))


def open_folder() -> Iterator[Path]:
    """A folder that other accounts can enter, gone afterwards; what a fixture yields from."""
    folder = new_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def empty_home(home: Path) -> Path:
    """Put a home there whose databases stand at the newest schema and hold nothing."""
    return copy_prepared("empty", _migrate, home)


def demo_home(home: Path) -> Path:
    """Put a home there that holds the whole demonstration, loaded once in this run."""
    return copy_prepared("demo", _load_demo, home)


def _migrate(home: Path) -> None:
    command = [sys.executable, "-m", "deploy.cli", "migrate"]
    environment = {**os.environ, "RAPPORT_HOME": str(home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _load_demo(home: Path) -> None:
    with Instance(empty_home(home), demo=True) as instance:
        assert "could not be loaded" not in instance.output, instance.last_words
    assert instance.wait() == 0, instance.last_words


@contextmanager
def empty_instance(kept_in: Path, **environment: str) -> Iterator[Instance]:
    """An instance of its own, ready and empty; what it said is kept where pytest keeps things."""
    with contextmanager(open_folder)() as folder:
        # One driver stands for many callers, who would not share a limit.
        settings = {"RAPPORT_GATEWAY_REQUESTS_PER_SECOND": "100000", **environment}
        instance = Instance(empty_home(folder / "home"), 0, demo=False, **settings)
        try:
            with instance:
                yield instance
        finally:
            (kept_in / "instance.log").write_text(instance.output)


@contextmanager
def demo_instance() -> Iterator[Instance]:
    """An instance of its own, ready, with the whole demonstration."""
    with (
        contextmanager(open_folder)() as folder,
        Instance(demo_home(folder / "home"), demo=True) as instance,
    ):
        yield instance
