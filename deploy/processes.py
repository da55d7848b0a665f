"""Small facts about processes and ports that engines, supervisor and tests share."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NAME: Final = 15


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def port_taken(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
        return False


def die_with_parent(with_signal: signal.Signals) -> Callable[[], None]:
    """What a child calls first so that the kernel ends it when its parent dies (Linux)."""
    parent = os.getpid()

    def arrange() -> None:
        if sys.platform != "linux":
            return
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, with_signal)
        if os.getppid() != parent:
            os._exit(1)

    return arrange


def call_myself(name: str) -> None:
    """Let `ps` and `top` show this process under a name of at most 15 characters (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode())


def mentions(pid: int, argument: str) -> bool:
    """Whether process `pid` lives and was started with `argument` (needs /proc)."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return argument.encode() in words


def end_leftover(pid: int, argument: str, with_signal: signal.Signals, seconds: float) -> None:
    """End a process that a killed supervisor left behind; by force after `seconds`.

    It is ours only when started with `argument`: the pid may belong to another by now.
    """
    if not mentions(pid, argument):
        return
    os.kill(pid, with_signal)
    deadline = time.monotonic() + seconds
    while mentions(pid, argument):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
