"""An engine process: started until it answers, stopped cleanly, or killed as a power cut would."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from deploy.account import RunAs
from deploy.processes import die_with_parent, free_port

START_SECONDS: Final = 30.0
STOP_SECONDS: Final = 20.0


class EngineFailed(Exception):
    """An engine did not start; the message names it and shows the end of its log."""


class Engine(ABC):
    """One engine process: `start`, `stop`, `kill`; a context manager does the first two."""

    name: str
    folder: Path
    port: int
    start_seconds: float = START_SECONDS
    stop_signal: signal.Signals
    orphan_signal: signal.Signals

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def log_file(self) -> Path:
        """Where the engine writes what it has to say."""
        return self.folder.parent / f"{self.name}.log"

    def start(self) -> Self:
        """Start and return once it answers. Raises `EngineFailed`."""
        command = self._prepare()
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Runs after the change of account, which would clear the arrangement.
                preexec_fn=die_with_parent(self.orphan_signal),  # noqa: PLW1509
                start_new_session=True,
                env={**os.environ, **self._environment()},
                **self._account(),
            )
        self._wait_until_ready()
        return self

    def stop(self) -> None:
        """Stop cleanly; after 20 seconds by force. Does nothing when it is not running."""
        if self.process is None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def kill(self) -> None:
        """End it at once, as a power cut would: nothing is flushed."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @abstractmethod
    def _prepare(self) -> list[str]:
        """Set the folder up where needed; the command that starts the engine."""

    @abstractmethod
    def _ready(self) -> bool:
        """Whether it answers."""

    def _account(self) -> RunAs:
        return {}

    def _environment(self) -> dict[str, str]:
        """Variables it is given beside ours."""
        return {}

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + self.start_seconds
        while time.monotonic() < deadline:
            if not self.running():
                raise EngineFailed(f"{self.name} ended while starting.\n{self._last_words()}")
            if self._ready():
                return
            time.sleep(0.02)
        self.kill()
        raise EngineFailed(f"{self.name} did not answer in {self.start_seconds:.0f} s.")

    def _last_words(self) -> str:
        lines = self.log_file.read_text(errors="replace").splitlines()
        return "\n".join(lines[-8:])
