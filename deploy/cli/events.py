"""`rapport events`: where events wait, which were given up, and how to bring them back."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from deploy.cli.access import Opened, check_service, record_id, with_all, with_services
from deploy.cli.showing import show
from deploy.reconciling import Divergence, as_lines, divergences, lost_events, mend
from deploy.renewing import renew
from deploy.supervisor.topology import PROCESSES
from shared.deadletters import BEFORE_ALL, DeadLetter, dead_letters
from shared.letters import discard as discard_letter
from shared.letters import revive

app = typer.Typer(
    help="Events: lag, dead letters, replay, snapshots, reconciling.", no_args_is_help=True
)

_UNPUBLISHED = "SELECT count(*) FROM outbox WHERE published_at IS NULL"


@app.command()
def lag() -> None:
    """What is not published yet, and what each consumer has not handled yet."""
    table = Table("service", "not published", "follows", "not handled")
    for name, (unpublished, waiting) in with_services(PROCESSES, _lag).items():
        table.add_row(name, str(unpublished), "", "")
        for publisher, count in waiting.items():
            table.add_row("", "", publisher, count)
    Console().print(table)


@app.command()
def dead(service: str = typer.Argument("all", help="one service, or all")) -> None:
    """Events that were given up on and wait for a decision."""
    names = _names(service)
    rows = []
    for name, letters in with_services(names, _dead).items():
        for letter in letters:
            died = letter.died_at.isoformat(timespec="seconds")
            rows.append((name, str(letter.id), letter.type, died, letter.error[:120]))
    if rows:
        show(("service", "id", "type", "died at", "error"), rows)
    else:
        typer.echo("no dead letters")


@app.command()
def replay(
    service: str,
    letter: Annotated[
        UUID | None,
        typer.Argument(parser=record_id, metavar="LETTER", help="one dead letter; none: all"),
    ] = None,
) -> None:
    """Handle dead letters of a service again; what succeeds is gone from the list."""
    revived, failed = with_services((service,), lambda opened: _replay(opened, letter))[service]
    if letter and not revived and not failed:
        typer.echo(f"{service} has no dead letter {letter}")
        raise typer.Exit(1)
    typer.echo(f"handled again: {revived}; still dead: {len(failed)}")
    for reason in failed:
        typer.echo(f"  {reason}")
    if failed:
        raise typer.Exit(1)


@app.command()
def discard(
    service: str,
    letter: Annotated[
        UUID,
        typer.Argument(
            parser=record_id, metavar="LETTER", help="the dead letter's id, from `events dead`"
        ),
    ],
) -> None:
    """Give a dead letter up for good: its effect never happens, the steps behind it go on."""
    found = with_services((service,), lambda opened: _discard(opened, letter))[service]
    typer.echo("discarded" if found else f"{service} has no dead letter {letter}")
    if not found:
        raise typer.Exit(1)


@app.command()
def snapshot(
    service: Annotated[str, typer.Argument(help="one service, or all")],
    aggregate: Annotated[str | None, typer.Option(help="only this kind of record")] = None,
    rebuild_in: Annotated[
        str | None,
        typer.Option("--rebuild", help="rebuild this consumer's projections after, or all"),
    ] = None,
) -> None:
    """Publish the current state of every record of a service again."""
    publishers, consumers = _names(service), _names(rebuild_in) if rebuild_in else ()
    told, changed = with_all(
        tuple(dict.fromkeys((*publishers, *consumers))),
        lambda services: renew(services, publishers, consumers, aggregate),
    )
    for name, count in told.items():
        typer.echo(f"{name}: {count} records published again")
    for table, rows in sorted(changed.items()):
        typer.echo(f"{table}: {rows} rows changed")


def _names(service: str) -> tuple[str, ...]:
    return PROCESSES if service == "all" else (check_service(service),)


@app.command()
def reconcile(
    service: str,
    mend_it: Annotated[
        bool, typer.Option("--mend", help="make this service's database the truth again")
    ] = False,
    lost_file: Annotated[
        Path | None, typer.Option("--lost", help="where to keep events the restore lost")
    ] = None,
) -> None:
    """After a service's database was restored: list all that others remember otherwise.

    Exit code 1 while something diverges. With --mend the lost events are kept in a file first.
    """
    check_service(service)
    found, lost, changed = with_all(
        PROCESSES, lambda all_: _reconcile(service, all_, mend_it, lost_file)
    )
    table = Table("what", "published by", "kept by", "record", "id", "published", "kept")
    for each in found:
        orders = [f"{o[0]}.{o[1]}" if o else "-" for o in (each.published, each.kept)]
        table.add_row(
            each.kind, each.publisher, each.consumer, each.aggregate, str(each.record_id), *orders
        )
    Console().print(table if found else "nothing diverges")
    typer.echo(f"records that diverge: {len(found)}; events lost: {lost}")
    for name, rows in changed.items():
        typer.echo(f"{name}: {rows} rows put right")
    if not mend_it and (found or lost):
        raise typer.Exit(1)


async def _reconcile(
    service: str, services: dict[str, Opened], mend_it: bool, lost_file: Path | None
) -> tuple[list[Divergence], int, dict[str, int]]:
    restored = services[service]
    others = [each for name, each in services.items() if name != service]
    found = await divergences(restored, list(services.values()))
    for other in others:
        found += await divergences(other, [restored])
    lost = await lost_events(restored)
    if not mend_it:
        return found, len(lost), {}
    if lost:
        path = lost_file or restored.home.folder / f"lost-events-{service}-{int(time.time())}.jsonl"
        path.write_bytes(as_lines(lost))
        typer.echo(f"kept {len(lost)} lost events in {path}")
    return found, len(lost), await mend(restored, others, lost)


async def _lag(opened: Opened) -> tuple[int, dict[str, str]]:
    unpublished = await opened.database.worker_pool().fetchval(_UNPUBLISHED)
    subscriptions = opened.service.subscriptions
    waiting = {}
    for publisher in sorted({each.state.publisher for each in subscriptions}):
        info = await opened.bus.consumer_info(publisher, opened.service.name)
        waiting[publisher] = str(info["num_pending"] + info["num_ack_pending"])
    return unpublished, waiting


async def _dead(opened: Opened) -> list[DeadLetter]:
    found: list[DeadLetter] = []
    after = BEFORE_ALL
    async with opened.database.worker_session() as session:
        while lot := await dead_letters(session, after=after):
            found += lot
            after = (lot[-1].died_at, lot[-1].id)
    return found


async def _replay(opened: Opened, letter: UUID | None) -> tuple[int, list[str]]:
    ids = [letter] if letter else [each.id for each in await _dead(opened)]
    revived, failed = 0, []
    for id_ in reversed(ids):
        try:
            revived += await revive(opened.database, opened.service.subscriptions, id_)
        except Exception as error:  # noqa: BLE001 - handlers raise anything; it is reported
            failed.append(f"{id_}: {type(error).__name__}: {error}")
    return revived, failed


async def _discard(opened: Opened, letter: UUID) -> bool:
    return await discard_letter(opened.database, opened.service.subscriptions, letter)
