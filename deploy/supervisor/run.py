"""`rapport run`: start everything, watch it, stop it in order."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from types import FrameType
from typing import Final

from deploy.supervisor.children import Child, Nursery, settle_memory
from deploy.supervisor.greeting import first_steps
from deploy.supervisor.home import CannotStart, Home
from deploy.supervisor.output import Output
from deploy.supervisor.stores import Stores, open_stores, prepare_database
from deploy.supervisor.topology import (
    PROCESSES,
    environment,
    listen,
    public_url,
    serve_process,
)
from shared.migrating import package_of

READY_SECONDS: Final = 120.0
TELL_SECONDS: Final = 5.0
STOP_SECONDS: Final = 20.0
_PROBE_EVERY: Final = 0.2


class Supervisor:
    """One run of an instance, from start to stop."""

    def __init__(self, home: Home, *, demo: bool, processes: Sequence[str] = PROCESSES) -> None:
        self.home = home
        self.processes = processes
        self.demo = demo
        self.output = Output()
        self.nursery = Nursery(home, self.output)
        self.children: list[Child] = []
        self.stores: Stores | None = None
        self.asked_to_stop = False
        self._helpers: dict[int, str] = {}
        self._endings: dict[int, int] = {}

    def run(self) -> int:
        """Run until told to stop; returns the exit code."""
        started = time.monotonic()
        self._catch_signals()
        try:
            self._start()
            if self._wait_until_ready():
                self._welcome(time.monotonic() - started)
                self._watch()
            return 0 if self.asked_to_stop else 1
        finally:
            self._stop()

    def say(self, line: str) -> None:
        """A line of our own."""
        self.output.say("rapport", line)

    def _start(self) -> None:
        listeners = {name: listen(name) for name in self.processes}
        self.say("starting PostgreSQL and NATS")
        self.stores = open_stores(self.home)
        engines = self.stores.engines
        self.say("loading the services")
        for name in self.processes:
            importlib.import_module(f"{package_of(name)}.app")
            importlib.import_module(f"{package_of(name)}.__main__")
        settle_memory()
        self.say("bringing the databases to the newest schema")
        self._together(
            {name: partial(prepare_database, name, self.home, engines) for name in self.processes}
        )
        ports = {name: listener.getsockname()[1] for name, listener in listeners.items()}
        self.home.remember(
            pid=os.getpid(),
            address=public_url(ports["gateway"]),
            ports=ports,
            postgres_url=engines.postgres_url,
            nats_url=engines.nats_url,
            demo=self.demo,
        )
        for name, listener in listeners.items():
            settings = environment(name, self.home, engines, ports, demo=self.demo)
            work = partial(serve_process, name, listener)
            self.children.append(Child(name, listener, work, settings))
        for child in self.children:
            child.start(self.nursery)

    def _together(self, works: dict[str, Callable[[], None]]) -> None:
        """Run several pieces of work in children of their own and wait for all."""
        pids = {self.nursery.fork(name, work, {}): name for name, work in works.items()}
        self._helpers |= pids
        while not pids.keys() <= self._endings.keys():
            self.output.pump(0.1)
            self._reap()
        self.output.pump(0)
        failed = [name for pid, name in pids.items() if self._endings.pop(pid) != 0]
        if failed:
            raise CannotStart(
                f"the database of {', '.join(failed)} could not be prepared; the reason is above."
            )

    def _wait_until_ready(self) -> bool:
        """Probe until every child is ready; false when a stop was asked for meanwhile."""
        deadline = time.monotonic() + READY_SECONDS
        told = time.monotonic()
        while not self.asked_to_stop:
            self._tick(0.05)
            waiting = [child for child in self.children if not child.ready]
            for child in waiting:
                if child.pid:
                    child.probe()
            if not waiting:
                return True
            reasons = "; ".join(f"{child.name}: {child.reason}" for child in waiting)
            if time.monotonic() > deadline:
                raise CannotStart(f"not ready after {READY_SECONDS:.0f} s: {reasons}")
            if time.monotonic() - told > TELL_SECONDS:
                told = time.monotonic()
                self.say(f"not ready yet: {reasons}")
        return False

    def _welcome(self, seconds: float) -> None:
        address = public_url(self.children[-1].port)
        self.say(f"ready after {seconds:.1f} s")
        work = partial(first_steps, self.home, address, demo=self.demo)
        self._helpers[self.nursery.fork("demo", work, {})] = "demo"

    def _watch(self) -> None:
        probed = time.monotonic()
        while not self.asked_to_stop:
            self._tick(0.25)
            if time.monotonic() - probed > _PROBE_EVERY * 5:
                probed = time.monotonic()
                for child in self.children:
                    if child.pid and not child.ready and child.probe():
                        self.say(f"{child.name} is ready again")

    def _tick(self, seconds: float) -> None:
        """Show output, collect the dead, restart what is due."""
        self.output.pump(seconds)
        self._reap()
        now = time.monotonic()
        for child in self.children:
            if not child.pid and not self.asked_to_stop and now >= child.start_again_at:
                child.start(self.nursery)
        if self.stores is not None and not self.asked_to_stop:
            self.stores.revive(self.say)

    def _reap(self) -> None:
        """Collect ended children of ours by pid: engines are collected by their own handles."""
        for child in self.children:
            ending = _ending(child.pid)
            if ending is None:
                continue
            pause = child.ended(time.monotonic())
            if not self.asked_to_stop:
                self.say(f"{child.name} ended ({_words(ending)}); again in {pause:.1f} s")
        for pid in list(self._helpers):
            ending = _ending(pid)
            if ending is not None:
                del self._helpers[pid]
                self._endings[pid] = ending

    def _stop(self) -> None:
        """The door first, then the services, then the engines; by force after 20 seconds."""
        self.asked_to_stop = True
        deadline = time.monotonic() + STOP_SECONDS
        for pid in self._helpers:
            os.kill(pid, signal.SIGTERM)
        gateway = [child for child in self.children if child.name == "gateway"]
        services = [child for child in self.children if child.name != "gateway"]
        for group in (gateway, services):
            for child in group:
                child.signal(signal.SIGTERM)
            self._wait_for_end(group, deadline)
        for child in self.children:
            child.listener.close()
        if self.stores is not None:
            self.stores.stop()
            self.say("stopped")
        self.output.pump(0)

    def _wait_for_end(self, group: list[Child], deadline: float) -> None:
        while any(child.pid for child in group):
            self.output.pump(0.05)
            self._reap()
            if time.monotonic() > deadline:
                for child in group:
                    if child.pid:
                        self.say(f"{child.name} did not finish in time: ended by force")
                    child.signal(signal.SIGKILL)
                deadline = time.monotonic() + 1

    def _catch_signals(self) -> None:
        reader, writer = os.pipe()
        for end in (reader, writer):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        self.output.watch(reader)
        signal.signal(signal.SIGCHLD, _nothing)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        if not self.asked_to_stop:
            self.asked_to_stop = True
            self.say("stopping: what is in flight finishes first")


def _nothing(number: int, frame: FrameType | None) -> None:
    """SIGCHLD only has to wake the loop."""


def _ending(pid: int) -> int | None:
    """The exit code of a child that has ended, else None."""
    if not pid:
        return None
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 1
    return os.waitstatus_to_exitcode(status) if ended else None


def _words(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def run(*, demo: bool) -> int:
    """Start an instance in RAPPORT_HOME and stay until it is stopped; returns the exit code.

    An instance that was founded empty never turns into a demonstration.
    """
    home = Home()
    try:
        home.take()
        founded_as = home.state().get("founded_as") or ("demo" if demo else "empty")
        home.remember(founded_as=founded_as)
        return Supervisor(home, demo=demo and founded_as == "demo").run()
    except CannotStart as sentence:
        print(f"rapport: {sentence}", file=sys.stderr)
        return 2
    finally:
        home.release()
