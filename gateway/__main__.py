"""Runs the gateway: `python -m gateway`."""

from __future__ import annotations

import gc
import socket
from collections.abc import Sequence

from gateway.app import create_app
from gateway.forwarding.protocol import DoorProtocol
from gateway.settings import GatewaySettings
from shared.serving import serve


def main(sockets: Sequence[socket.socket] | None = None) -> None:
    """Serve until told to stop, on listening `sockets` where given."""
    settings = GatewaySettings()
    DoorProtocol.arrival_seconds = settings.arrival_seconds
    door = create_app(settings)
    # What was loaded stays for good: collections need not look at it, which the hop would pay for.
    gc.collect()
    gc.freeze()
    serve(
        door,
        host=settings.host,
        port=settings.port,
        sockets=sockets,
        http=DoorProtocol,
        on_stop=door.stop,
    )


if __name__ == "__main__":
    main()
