"""Runs the client registry: `python -m services.clients`."""

from collections.abc import Sequence
from socket import socket

from services.clients.app import create_app
from services.clients.settings import ClientsSettings
from shared.serving import serve


def main(sockets: Sequence[socket] | None = None) -> None:
    """Serve until told to stop, on `sockets` where a supervisor opened them."""
    settings = ClientsSettings()
    serve(create_app(settings), host=settings.host, port=settings.port, sockets=sockets)


if __name__ == "__main__":
    main()
