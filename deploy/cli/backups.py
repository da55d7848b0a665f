"""`rapport backup`, `rapport restore`: a copy of everything, and the way back to a moment."""

from __future__ import annotations

import asyncio
import shlex
import time
from pathlib import Path
from typing import Annotated, Final

import typer

from deploy.backup.choosing import LATEST, archive_to_read, moment_of, shown, way_to
from deploy.backup.owning import (
    SETTING,
    archive_of,
    holding,
    refuse_external,
    refuse_foreign_nats,
)
from deploy.backup.restoring import bring_up_to_date, lay_out
from deploy.backup.taking import DEFAULT_KEPT, take
from deploy.cli.access import opened
from deploy.cli.showing import people, show
from deploy.engines import Postgres
from deploy.erasing import erase_again
from deploy.supervisor.home import CannotStart, Home
from deploy.supervisor.stores import prepare_database, stores_of
from deploy.supervisor.topology import PROCESSES, Engines

_MEGA: Final = 2**20
_NO_NATS: Final = "nats://127.0.0.1:1"
"""What an erasure tells is published at the first start."""


def backup(
    keep: Annotated[int, typer.Option(min=1, help="how many backups stay")] = DEFAULT_KEPT,
    list_them: Annotated[
        bool, typer.Option("--list", help="show what can be restored, and take none")
    ] = False,
) -> None:
    """Copy all databases and the home's secrets into RAPPORT_BACKUP, and verify it; all goes on."""
    refuse_external()
    home = Home()
    if list_them:
        _show(home)
        return
    began = time.monotonic()
    with stores_of(home) as engines:
        archive = archive_of(home)
        if archive is None:
            raise CannotStart(
                f"{SETTING} names no folder; set it to one on another disk, and start Rapport with"
                " it: a backup leads to later moments by the log that is kept there."
            )
        taken = take(archive, home, engines.postgres_url, keep=keep)
    seconds = time.monotonic() - began
    typer.echo(f"{taken.backup.folder}: {taken.backup.size / _MEGA:.0f} MB in {seconds:.1f} s")
    if taken.removed:
        typer.echo(f"older backups removed: {taken.removed}")
    if archive.reaches(taken.backup) is None:
        typer.echo("the log is not archived at present, no later moment can be restored: doctor")
    first = archive.complete()[0].ended_at
    typer.echo(f"every moment from {shown(first)} on can be restored")
    typer.echo("the secrets of this instance are in it, for its owner alone (0600): keep it so")


def restore(
    to: Annotated[
        str, typer.Option(help=f"2026-11-29T18:30:00+08:00, or {LATEST}: all that was kept")
    ],
    into: Annotated[Path, typer.Option(help="the new home; must not exist yet")],
    archive: Annotated[
        str | None, typer.Option(help="which archive of RAPPORT_BACKUP, where it holds several")
    ] = None,
) -> None:
    """Lay out a new home as this one was at a moment. What is there now stays as it is."""
    refuse_external()
    refuse_foreign_nats()
    began, old, moment = time.monotonic(), Home(), moment_of(to)
    source = archive_to_read(old, archive)
    with holding(source, alone=False):
        bring_up_to_date(old, source)
        way = way_to(source, moment)
        typer.echo(f"from the backup of {shown(way.backup.ended_at)} in {source.folder}")
        replayed = lay_out(way, into.absolute(), old, _erase_again)
    typer.echo(f"{into} is as it was at {shown(moment) if moment else 'the end of the log'}")
    if replayed.last_change is not None:
        typer.echo(f"the last change in it is of {shown(replayed.last_change)}")
    typer.echo(f"restored in {time.monotonic() - began:.1f} s; its secrets are private (0600)")
    here = f"RAPPORT_HOME={shlex.quote(str(into.absolute()))}"
    kept_in = f"{SETTING}={shlex.quote(str(source.folder.parent))}"
    typer.echo(f"Stop what runs from the old home, then: {here} {kept_in} make run")
    typer.echo(f"Then take its first backup: {here} make backup")


def _erase_again(home: Home) -> None:
    """Erase whoever was erased after that moment, before anybody can look.

    On a server of our own: what runs from the old home may hold the ports of this instance.
    """
    secret = home.secrets().postgres_password
    with Postgres(home.folder / "postgres", password=secret) as server:
        engines = Engines(server.admin_dsn, _NO_NATS)
        for service in PROCESSES:
            prepare_database(service, home, engines)
        asyncio.run(_reapply(home, engines))


async def _reapply(home: Home, engines: Engines) -> None:
    for name in PROCESSES:
        async with opened(name, home, engines) as service:
            erased = await erase_again(service)
        typer.echo(f"{name}: {people(erased)} erased again")


def _show(home: Home) -> None:
    archive = archive_to_read(home, None)
    rows = []
    for each in archive.complete():
        reached = archive.reaches(each)
        until = shown(reached) if reached else "-"
        rows.append((each.name, f"{each.size / _MEGA:.0f} MB", shown(each.ended_at), until))
    if rows:
        show(("backup", "size", "restorable from", "to"), rows, title=str(archive.folder))
    else:
        typer.echo("no backup yet")
