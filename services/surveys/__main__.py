"""Runs surveys: `python -m services.surveys`."""

from collections.abc import Sequence
from socket import socket

from services.surveys.app import create_app
from services.surveys.settings import SurveysSettings
from shared.serving import serve


def main(sockets: Sequence[socket] | None = None) -> None:
    """Serve until told to stop, on `sockets` where a supervisor opened them."""
    settings = SurveysSettings()
    serve(create_app(settings), host=settings.host, port=settings.port, sockets=sockets)


if __name__ == "__main__":
    main()
