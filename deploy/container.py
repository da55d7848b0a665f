"""What an image runs: `python -m deploy.container serve|migrate|invite`.

RAPPORT_SERVICE, set by the image, names the one service inside. Every value comes from the
environment or from a file of RAPPORT_SECRETS_DIR (/run/secrets): nothing secret stands in a
compose file.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import sys
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import typer

from deploy.health import PORT
from shared.database import Database, Dsns
from shared.migrating import migrate as migrate_database
from shared.migrating import package_of
from shared.provision import provision

STATE: Final = Path("/var/lib/rapport")
MAIL: Final = Path("/var/lib/rapport-mail")
SECRETS: Final = Path("/run/secrets")
app = typer.Typer(help="One service in a container.", no_args_is_help=True)


class NotGiven(Exception):
    """A value that the command needs is neither a variable nor a secret file."""


@app.command()
def serve() -> None:
    """Serve until told to stop; a stop that was asked for ends with exit code 0."""
    # The server finishes first and then raises the signal again, for whoever waits for it: us.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    service = _service()
    _set_defaults(service)
    importlib.import_module(f"{package_of(service)}.__main__").main()


@app.command()
def migrate() -> None:
    """Create the service's roles and database where missing, then bring it to the newest schema.

    Needs the superuser's address (RAPPORT_POSTGRES_URL) and the owner's, which serving does not.
    """
    service = _service()
    owner = given(f"RAPPORT_{service.upper()}_OWNER_DSN")
    running = given(f"RAPPORT_{service.upper()}_FIRM_DSN")
    asyncio.run(
        provision(
            given("RAPPORT_POSTGRES_URL"),
            service,
            _password(running),
            owner_password=_password(owner),
        )
    )
    migrate_database(service, owner)
    typer.echo(f"{service}: at the newest schema")


@app.command()
def invite() -> None:
    """Print an invitation for the first administrator, while there is none (gateway only)."""
    # Only the gateway's image holds these.
    from deploy.first_administrator import first_invitation
    from gateway.settings import GatewaySettings

    settings = GatewaySettings()
    dsns = Dsns("", settings.firm_dsn, settings.client_dsn, settings.worker_dsn)
    link = asyncio.run(first_invitation(Database(dsns, pool_size=1), settings.public_url))
    typer.echo(link or "There is an administrator already; let them invite you.")


def given(name: str) -> str:
    """A variable, or the secret file of its name in lower case. Raises `NotGiven`."""
    if value := os.environ.get(name):
        return value
    folder = os.environ.get("RAPPORT_SECRETS_DIR")
    file = Path(folder) / name.lower() if folder else None
    if file is None or not file.is_file():
        raise NotGiven(f"{name} is not set and there is no secret file {name.lower()}")
    return file.read_text().strip()


def _service() -> str:
    return given("RAPPORT_SERVICE")


def _set_defaults(service: str) -> None:
    """A container listens on all its addresses and keeps its files on a volume."""
    prefix = f"RAPPORT_{service.upper()}_"
    for name, value in {
        "HOST": "0.0.0.0",
        "PORT": str(PORT),
        "FILES_DIR": str(STATE / "files"),
        "ANCHOR_DIR": str(STATE / "anchors"),
        "MAIL_FOLDER": str(MAIL),
    }.items():
        os.environ.setdefault(prefix + name, value)


def _password(dsn: str) -> str:
    return unquote(urlsplit(dsn).password or "")


def main() -> None:
    """Entry point: what is missing is one sentence and exit code 2."""
    if SECRETS.is_dir():
        os.environ.setdefault("RAPPORT_SECRETS_DIR", str(SECRETS))
    try:
        app()
    except NotGiven as sentence:
        print(f"rapport: {sentence}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
