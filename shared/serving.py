"""Serves an ASGI application the way every Rapport process does.

uvloop and httptools; on SIGTERM the process stops being ready at once, takes no new connection and
lets what is in flight finish.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any, Final

import uvicorn

FINISH_SECONDS: Final = 15
"""How long requests in flight may take to finish; the supervisor's hard stop is at 20 s."""


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


def _mark_stopping(app: Any) -> None:
    runtime = getattr(getattr(app, "state", None), "runtime", None)
    if runtime is not None:
        runtime.stopping = True
