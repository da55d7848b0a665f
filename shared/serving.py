"""Serves an ASGI application the way every Rapport process does.

uvloop and httptools; on SIGTERM the process stops being ready at once, takes no new connection and
lets what is in flight finish.
"""

from __future__ import annotations

import ctypes
import socket
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any, Final

import uvicorn

FINISH_SECONDS: Final = 15
"""How long requests in flight may take to finish; the supervisor's hard stop is at 20 s."""
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_LARGE_BYTES: Final = 128 * 1024


class _Server(uvicorn.Server):
    """uvicorn that tells the application about a stop before it begins to close."""

    def __init__(self, config: uvicorn.Config, on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_stop = on_stop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._on_stop()
        super().handle_exit(sig, frame)


def serve(
    app: Any,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    sockets: Sequence[socket.socket] | None = None,
    http: Any = "httptools",
    on_stop: Callable[[], None] | None = None,
) -> None:
    """Serve `app` until SIGTERM or SIGINT, on listening `sockets` where given.

    `http` is uvicorn's protocol class or its name; `on_stop` runs first when a stop is asked for
    and defaults to marking the service's runtime as stopping.
    """
    give_back_freed_memory()
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http=http,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    server = _Server(config, on_stop or (lambda: _mark_stopping(app)))
    server.run(sockets=list(sockets) if sockets else None)


def give_back_freed_memory() -> None:
    """Keep glibc's thresholds where they begin: what is large and freed goes to the system at once.

    Left alone, glibc raises both with the largest block it ever freed, to 32 MB, and its heap then
    keeps holes that nothing fits: a gateway rose from 130 to 380 MB in a quarter of an hour while
    its own objects took 18. Without glibc nothing is changed. Source: mallopt(3).
    """
    tune = getattr(ctypes.CDLL(None), "mallopt", None)
    if tune is not None:
        tune(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        tune(_M_TRIM_THRESHOLD, _LARGE_BYTES)


def _mark_stopping(app: Any) -> None:
    runtime = getattr(getattr(app, "state", None), "runtime", None)
    if runtime is not None:
        runtime.stopping = True
