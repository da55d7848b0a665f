"""`rapport`: run, migrate, backup, restore, events, user, timers, audit, calendar, secrets, doctor.

Commands work on the instance in RAPPORT_HOME, running or not: where it does not run, its engines
are started for the time of the command.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli import audit, backups, calendar, events, timers, users
from deploy.supervisor.home import CannotStart

app = typer.Typer(
    help="Rapport on this machine.", no_args_is_help=True, pretty_exceptions_enable=False
)
app.add_typer(events.app, name="events")
app.add_typer(users.app, name="user")
app.add_typer(timers.app, name="timers")
app.add_typer(audit.app, name="audit")
app.add_typer(calendar.app, name="calendar")
app.command()(backups.backup)
app.command()(backups.restore)


@app.command()
def run() -> None:
    """Start everything and stay until stopped (DEMO=0: an empty instance)."""
    from deploy.supervisor.run import run as supervise

    raise typer.Exit(supervise(demo=os.environ.get("DEMO") != "0"))


@app.command()
def migrate() -> None:
    """Bring every database to the newest schema."""
    from deploy.supervisor.home import Home
    from deploy.supervisor.stores import prepare_database, stores_of
    from deploy.supervisor.topology import PROCESSES

    home = Home()
    with stores_of(home) as engines:
        for service in PROCESSES:
            prepare_database(service, home, engines)
            typer.echo(f"{service}: at the newest schema")


@app.command()
def secrets(folder: Annotated[Path, typer.Argument()] = Path("secrets")) -> None:
    """Make up every secret of a deployment in containers, once, one file each."""
    from deploy.secret_files import write_secrets

    written = write_secrets(folder)
    what = f"{len(written)} secrets written to" if written else "secrets are already in"
    typer.echo(f"{what} {folder}; keep a copy where the backup is")


@app.command()
def doctor() -> None:
    """What is wrong with this machine or this instance; exit code 1 when something is."""
    from deploy.cli.doctor import examine

    raise typer.Exit(examine())


def main() -> None:
    """Entry point: a refusal is one sentence and exit code 2."""
    try:
        app()
    except CannotStart as sentence:
        print(f"rapport: {sentence}", file=sys.stderr)
        sys.exit(2)
