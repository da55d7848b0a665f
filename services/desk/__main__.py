"""Runs the desk: `python -m services.desk`."""

from collections.abc import Sequence
from socket import socket

from services.desk.app import create_app
from services.desk.settings import DeskSettings
from shared.serving import serve


def main(sockets: Sequence[socket] | None = None) -> None:
    """Serve until told to stop, on `sockets` where a supervisor opened them."""
    settings = DeskSettings()
    serve(create_app(settings), host=settings.host, port=settings.port, sockets=sockets)


if __name__ == "__main__":
    main()
