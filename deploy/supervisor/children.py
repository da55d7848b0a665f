"""Forked processes: started from one parent that has imported everything, watched, restarted."""

from __future__ import annotations

import contextlib
import gc
import http.client
import json
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from deploy.processes import call_myself, die_with_parent
from deploy.supervisor.home import CannotStart, Home
from deploy.supervisor.output import Output

FIRST_PAUSE: Final = 0.2
LONGEST_PAUSE: Final = 15.0
CALM_SECONDS: Final = 30.0
"""A child that lived this long starts again without a pause."""


@dataclass
class Nursery:
    """The parent's side of forking."""

    home: Home
    output: Output

    def fork(self, name: str, work: Callable[[], None], environment: dict[str, str]) -> int:
        """Run `work` in a child whose words appear under `name`; returns its pid.

        The child ends with 0 when `work` returns, with 1 after showing what it raised.
        """
        reader, writer = os.pipe()
        arrange = die_with_parent(signal.SIGKILL)
        sys.stdout.flush()
        pid = os.fork()
        if pid:
            os.close(writer)
            self.output.attach(name, reader)
            return pid
        code = 1
        try:
            arrange()
            call_myself(name)
            self._become_child(reader, writer)
            os.environ.update(environment)
            work()
            code = 0
        except SystemExit as request:
            code = request.code if isinstance(request.code, int) else 1
        except CannotStart as sentence:
            print(sentence)
            code = 2
        except BaseException:  # noqa: BLE001 - shown, and the exit code tells the parent
            traceback.print_exc()
        finally:
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def _become_child(self, reader: int, writer: int) -> None:
        os.setpgid(0, 0)  # Ctrl-C reaches the supervisor alone, which stops us in order.
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.close(reader)
        self.output.close()
        self.home.release()
        for descriptor in (1, 2):
            os.dup2(writer, descriptor)
        os.close(writer)


def settle_memory() -> None:
    """Keep what was imported shared between parent and children: no later collection touches it."""
    gc.collect()
    gc.freeze()


@dataclass
class Child:
    """One supervised process."""

    name: str
    listener: socket.socket
    work: Callable[[], None]
    environment: dict[str, str]
    pid: int = 0
    ready: bool = False
    restarts: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0
    reason: str = "starting"
    _pause: float = field(default=FIRST_PAUSE)

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.listener.getsockname()[1]
        return port

    def start(self, nursery: Nursery) -> None:
        """Fork it."""
        self.ready, self.started_at, self.start_again_at = False, time.monotonic(), 0.0
        self.pid = nursery.fork(self.name, self.work, self.environment)

    def ended(self, now: float) -> float:
        """Note that it has ended; returns the seconds until it may start again."""
        self.pid, self.ready = 0, False
        self.restarts += 1
        if now - self.started_at > CALM_SECONDS:
            self._pause = FIRST_PAUSE
        pause = self._pause
        self._pause = min(pause * 2, LONGEST_PAUSE)
        self.start_again_at = now + pause
        return pause

    def probe(self) -> bool:
        """Ask it whether it is ready, remembering the reason if not."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1.0)
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            body = answer.read()
        except OSError as error:
            self.reason = f"no answer yet ({type(error).__name__})"
            return False
        finally:
            connection.close()
        self.ready = answer.status == 200
        self.reason = "ready" if self.ready else reasons_of(body)
        return self.ready

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it lives."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)


def reasons_of(body: bytes) -> str:
    """What a /readyz answer complains about, in one line."""
    try:
        checks = json.loads(body).get("checks", {})
    except (ValueError, AttributeError):
        return body[:200].decode(errors="replace")
    bad = {name: reason for name, reason in checks.items() if reason != "ok"}
    return "; ".join(f"{name}: {reason}" for name, reason in bad.items()) or "not ready"
