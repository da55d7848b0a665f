"""What belongs to an instance among the processes of this machine, and when it is gone."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import psutil

from tests.support.instances import Instance


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether a condition comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def all_gone(processes: list[psutil.Process], seconds: float = 25) -> bool:
    """Whether all of them end in time."""
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return not alive


def service_processes(instance: Instance) -> list[psutil.Process]:
    """The services and the gateway of an instance."""
    return [each for each in instance.children(deep=False) if "deploy.cli" in command_of(each)]


def listeners(processes: list[psutil.Process]) -> set[tuple[str, int]]:
    """Where they can be reached: addresses with their ports."""
    found = set()
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # a connection's own process of PostgreSQL may end
            found |= set(process.net_connections("inet"))
    return {tuple(each.laddr) for each in found if each.status == psutil.CONN_LISTEN}


def command_of(process: psutil.Process) -> str:
    """Its command line; empty for a short-lived child that has ended meanwhile."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
