"""`rapport timers`: timers that were given up, and how to fire them again."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import typer

from deploy.cli.access import Opened, check_service, record_id, with_services
from deploy.cli.showing import show
from deploy.supervisor.topology import PROCESSES
from shared.timers import dead_timers
from shared.timers import revive as revive_timer

app = typer.Typer(help="Timers: dead, revive.", no_args_is_help=True)


@app.command()
def dead() -> None:
    """Timers that failed ten times and wait for a decision."""
    rows = []
    for service, timers in with_services(PROCESSES, _dead).items():
        for timer in timers:
            due = timer["due_at"].isoformat(timespec="seconds")
            error = timer["last_error"][:120]
            rows.append((service, str(timer["id"]), timer["kind"], due, error))
    if rows:
        show(("service", "id", "kind", "due", "error"), rows)
    else:
        typer.echo("no dead timers")


@app.command()
def revive(
    service: str, timer: Annotated[UUID, typer.Argument(parser=record_id, metavar="TIMER")]
) -> None:
    """Fire a dead timer again, at once; exit code 1 when it is not dead."""
    work = with_services((check_service(service),), lambda opened: _revive(opened, timer))
    if not work[service]:
        typer.echo("there is no such dead timer")
        raise typer.Exit(1)


async def _dead(opened: Opened) -> list[dict[str, Any]]:
    async with opened.database.worker_session() as session:
        return await dead_timers(session)


async def _revive(opened: Opened, timer: UUID) -> bool:
    async with opened.database.worker_session() as session:
        return await revive_timer(session, timer)
