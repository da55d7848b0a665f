"""`rapport events`: where events wait, which were given up, and how to bring them back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from deploy.cli.access import Opened, check_service, with_services
from deploy.supervisor.topology import PROCESSES
from shared.deadletters import DeadLetter, dead_letters
from shared.snapshot import publish_snapshot, rebuild
from shared.subscriber import Subscriber

app = typer.Typer(help="Events: lag, dead letters, replay, snapshots.", no_args_is_help=True)
console = Console()

_UNPUBLISHED = "SELECT count(*) FROM outbox WHERE published_at IS NULL"


@app.command()
def lag() -> None:
    """What is not published yet, and what each consumer has not handled yet."""
    table = Table("service", "not published", "follows", "not handled")
    for name, (unpublished, waiting) in with_services(PROCESSES, _lag).items():
        table.add_row(name, str(unpublished), "", "")
        for publisher, count in waiting.items():
            table.add_row("", "", publisher, count)
    console.print(table)


@app.command()
def dead(service: str = typer.Argument("all", help="one service, or all")) -> None:
    """Events that were given up on and wait for a decision."""
    names = PROCESSES if service == "all" else (check_service(service),)
    table = Table("service", "id", "type", "died at", "error")
    for name, letters in with_services(names, _dead).items():
        for letter in letters:
            died = letter.died_at.isoformat(timespec="seconds")
            table.add_row(name, str(letter.id), letter.type, died, letter.error[:120])
    console.print(table if table.row_count else "no dead letters")


@app.command()
def replay(
    service: str,
    letter: Annotated[UUID | None, typer.Argument(help="one dead letter; none: all")] = None,
) -> None:
    """Handle dead letters of a service again; what succeeds is gone from the list."""
    revived, failed = with_services((service,), lambda opened: _replay(opened, letter))[service]
    typer.echo(f"handled again: {revived}; still dead: {len(failed)}")
    for reason in failed:
        typer.echo(f"  {reason}")
    if failed or (letter and not revived):
        raise typer.Exit(1)


@app.command()
def snapshot(
    service: str,
    aggregate: Annotated[str | None, typer.Option(help="only this kind of record")] = None,
    rebuild_in: Annotated[
        str | None, typer.Option("--rebuild", help="rebuild this consumer's projections after")
    ] = None,
) -> None:
    """Publish the current state of every record of a service again."""
    count = with_services((service,), lambda opened: _snapshot(opened, aggregate))[service]
    typer.echo(f"{service}: {count} records queued")
    if rebuild_in:
        work = with_services((rebuild_in,), lambda opened: _rebuild(opened, service))
        for table, rows in work[rebuild_in].items():
            typer.echo(f"{rebuild_in}.{table}: {rows} rows")


async def _lag(opened: Opened) -> tuple[int, dict[str, str]]:
    unpublished = await opened.database.worker_pool().fetchval(_UNPUBLISHED)
    subscriptions = opened.service.subscriptions
    waiting = {}
    for publisher in sorted({each.state.publisher for each in subscriptions}):
        info = await opened.bus.consumer_info(publisher, opened.service.name)
        waiting[publisher] = str(info["num_pending"] + info["num_ack_pending"])
    return unpublished, waiting


async def _dead(opened: Opened) -> list[DeadLetter]:
    async with opened.database.worker_session() as session:
        return list(await dead_letters(session))


async def _replay(opened: Opened, letter: UUID | None) -> tuple[int, list[str]]:
    subscriber = Subscriber(
        opened.database,
        opened.bus,
        consumer=opened.service.name,
        subscriptions=opened.service.subscriptions,
    )
    ids = [letter] if letter else [each.id for each in await _dead(opened)]
    revived, failed = 0, []
    for id_ in reversed(ids):
        try:
            revived += await subscriber.revive(id_)
        except Exception as error:  # noqa: BLE001 - handlers raise anything; it is reported
            failed.append(f"{id_}: {type(error).__name__}: {error}")
    return revived, failed


async def _snapshot(opened: Opened, aggregate: str | None) -> int:
    return await publish_snapshot(opened.database, opened.service.snapshots, aggregate=aggregate)


async def _rebuild(opened: Opened, publisher: str) -> dict[str, int]:
    return await rebuild(
        opened.database,
        opened.bus,
        opened.service.subscriptions,
        publisher,
        consumer=opened.service.name,
    )
